"""The secret key is replaced: with the former one kept nothing ends, without it each page says in words what did.

`docs/operations/what-to-do.md` says the same. Of draws see also `tests/speakers/moves/test_drawing.py`.
"""

import base64
import hmac
import re
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.exceptions import InvalidSignature
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

import clock
from floor.booths import linking
from floor.microphones import keys
from journal import chain
from outbox.models import Message
from registration.door import hand_over_list, scanning
from secretariat import attention
from speakers.mission import subscribing
from speakers.models import SignIn
from speakers.moves import drawing
from tests.factories import OPEN, STAFF, make_delegation, make_focal_point, make_inscription, make_meeting, signed_in
from tests.registration.door.test_hand_over_list import check
from tests.registration.factories import make_representative, make_ticketing
from tests.registration.requests.test_vouchers import approved
from tests.secretariat.signing_in.test_second_factor import SECRET, code_of
from tests.speakers.moves import test_drawing as draws
from webhooks import signing
from webhooks.models import Webhook

pytestmark = pytest.mark.django_db
SIGN_IN = "/meetings/dialogue/speakers/sign-in/"
ADDRESS = "rwa-1@missions.example"
NEW = "another-secret-key-of-the-site-which-is-long-enough-for-every-check"


@pytest.fixture
def replace(settings):
    """A function that replaces the key, and keeps the former one if it `is_kept`."""

    def replaced(is_kept):
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY] if is_kept else []
        settings.SECRET_KEY = NEW
        hand_over_list.private_key.cache_clear()

    yield replaced
    hand_over_list.private_key.cache_clear()


@pytest.fixture
def delegation():
    delegation = make_delegation("RWA")
    make_focal_point(delegation, ADDRESS)
    return delegation


def mailed(client):
    """Ask for a sign-in; the code and the path of the link that were mailed."""
    client.post(SIGN_IN, {"email": ADDRESS})
    body = Message.objects.get(kind="sign-in").body
    return re.search(r"\b\d{8}\b", body)[0], re.search(r"https?://[^/]+(\S+)", body)[1]


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_mailed_link_signs_in_with_the_former_key_kept_and_otherwise_says_why_not(delegation, replace, is_kept):
    make_meeting()
    client = Client()
    with clock.stopped(OPEN):
        _code, link = mailed(client)
        replace(is_kept)
        page = client.get(link).content.decode()
        client.post(link)

    assert ("or the site has replaced its secret key since" in page) != is_kept
    assert SignIn.objects.filter(used_at=OPEN).exists() == is_kept


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_mailed_code_signs_in_with_the_former_key_kept_and_otherwise_another_is_asked_for(
    delegation, replace, is_kept
):
    make_meeting()
    client = Client()
    with clock.stopped(OPEN):
        code, _link = mailed(client)
        replace(is_kept)
        answer = client.post(f"{SIGN_IN}code/", {"code": code}, follow=True)

    assert answer.redirect_chain[0][0] == (reverse("speakers:home") if is_kept else SIGN_IN)


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_session_of_a_delegation_goes_on_or_ends_and_a_form_sent_in_it_is_kept(delegation, replace, is_kept):
    make_meeting()
    client, path = signed_in(ADDRESS), reverse("speakers:inscribe", args=["dialogue"])
    with clock.stopped(OPEN):
        replace(is_kept)
        answer = client.post(path, {"speaker_name": "Name of the Speaker"})

    words = answer.content.decode()
    assert ("NOT recorded" in words) != is_kept
    assert "Name of the Speaker" in words


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_session_of_staff_goes_on_or_leads_to_the_sign_in_which_needs_the_same_second_factor(
    replace, settings, is_kept
):
    settings.REQUIRE_SECOND_FACTOR = False
    user = User.objects.create_user("officer", password="a long word", is_staff=True, is_superuser=True)
    app = TOTP.activate(user, SECRET)
    client = Client()
    client.force_login(user)

    replace(is_kept)
    answer = client.get("/secretariat/")

    assert answer.status_code == (200 if is_kept else 302)
    assert app.validate_code(code_of(SECRET))
    assert user.check_password("a long word")


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_link_to_a_voucher_opens_or_leads_to_a_new_one(client, replace, is_kept):
    _person, path = approved(make_ticketing().meeting)

    replace(is_kept)
    with clock.stopped(OPEN):
        page = client.get(path).content.decode()

    assert ("or the site has replaced its secret key since" in page) != is_kept
    assert is_kept or "Get a new link by mail" in page


def test_a_voucher_on_paper_is_good_at_the_door_whatever_the_key(replace):
    meeting = make_ticketing().meeting
    code = make_representative(meeting, "approved").vouchers.get().code

    replace(False)
    attempt = scanning.Attempt("once", code=code, mode="hand_over", desk="Desk 1")
    scanned = scanning.scan(meeting, attempt, by=STAFF, at=OPEN + timedelta(days=6))

    assert scanned.outcome == "handed_over"


def test_the_list_of_a_desk_is_signed_with_the_new_key_so_that_its_page_is_to_be_loaded_again(replace):
    meeting = make_ticketing().meeting
    before = hand_over_list.signed(meeting, at=OPEN)

    replace(True)
    after = hand_over_list.signed(meeting, at=OPEN)

    check(before)
    check(after)
    assert base64.b64decode(after["key"]) != base64.b64decode(before["key"])
    with pytest.raises(InvalidSignature):
        check(after | {"key": before["key"]})


def test_the_witness_of_a_receipt_needs_no_key(delegation, replace):
    meeting = make_meeting()
    entry = make_inscription(meeting, delegation)

    replace(False)

    assert chain.holds(meeting.journal_stream, entry.witness)
    assert chain.problems(meeting.journal_stream) == []


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_receiver_of_a_webhook_takes_its_events_or_needs_the_new_secret(replace, is_kept):
    webhook = Webhook(secret_half=signing.new_half())
    known = signing.secret_of(webhook.secret_half)
    key = base64.b64decode(known.removeprefix("whsec_"))

    replace(is_kept)
    headers = signing.headers(webhook, "1", b"{}", at=OPEN)

    content = b".".join([b"1", headers["webhook-timestamp"].encode(), b"{}"])
    signature = base64.b64encode(hmac.digest(key, content, "sha256")).decode()
    assert (f"v1,{signature}" in headers["webhook-signature"].split()) == is_kept
    assert signing.secret_of(webhook.secret_half) != known


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_key_of_microphones_works_or_is_to_be_renewed(client, replace, is_kept):
    meeting = make_meeting()
    _system, key = keys.make(meeting, "Room 4", by=STAFF, at=OPEN)

    replace(is_kept)
    with clock.stopped(OPEN):
        answer = client.post(reverse("floor:signals", args=[meeting.slug]), headers={"Authorization": f"Bearer {key}"})

    assert answer.status_code == (422 if is_kept else 401)


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_link_of_a_booth_opens_or_is_to_be_renewed(client, replace, is_kept):
    _booth, url = linking.make(make_meeting(), "English booth", by=STAFF, at=OPEN)

    replace(is_kept)
    with clock.stopped(OPEN):
        answer = client.get(url)

    assert answer.status_code == (200 if is_kept else 410)


@pytest.mark.parametrize("is_kept", [True, False])
def test_the_address_of_a_calendar_works_or_its_page_shows_another(client, delegation, replace, is_kept):
    make_meeting()
    with clock.stopped(OPEN):
        subscription = subscribing.subscribe(ADDRESS, at=OPEN)
        url = subscribing.url_of(subscription)

        replace(is_kept)
        answers = [client.get(each).status_code for each in (url, subscribing.url_of(subscription))]

    assert answers == [200 if is_kept else 404, 200]


@pytest.mark.parametrize("is_kept", [True, False])
def test_that_a_draw_cannot_be_held_is_said_on_the_front_page_before_its_day(replace, is_kept):
    meeting = make_meeting(policy="opening_window")
    draws.commit(meeting)

    replace(is_kept)
    lines = [line.words for block in attention.survey(draws.OPENS - draws.MINUTE) for line in block.lines]

    words = "The draw at the opening cannot be held: the site’s secret key was replaced."
    assert any(line.startswith(words) for line in lines) != is_kept
    assert drawing.has_lost_its_secret(meeting.speakers_list) != is_kept
