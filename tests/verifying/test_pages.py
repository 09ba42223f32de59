"""The page of checks, its saved copy, and what a stranger learns of a witness.  R-07 R-58 R-59 R-77"""

import base64
import hashlib
import re
from datetime import timedelta

import pytest
from django.db import transaction

import clock
from journal import recording
from secretariat import tasks
from speakers.models import SpeakersList, WitnessAsked
from speakers.publishing import witness
from speakers.views import verifying
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def ask(client, typed):
    answer = client.post("/verify/", {"witness": typed})
    main = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1].split("</main>")[0])
    return answer.status_code, " ".join(main.split())


def test_a_witness_is_found_as_it_is_pasted_with_its_position_and_its_day(client, django_assert_max_num_queries):
    meeting = make_meeting()
    entry = make_inscription(meeting, make_delegation("RWA", "Rwanda"), at=OPEN)
    make_inscription(meeting, make_delegation("KEN", "Kenya"), at=OPEN)

    with django_assert_max_num_queries(9):
        status, words = ask(client, f" {entry.witness[:32].upper()} - {entry.witness[32:]}.")

    assert status == 200
    stands = "The witness stands in the public chain of “Informal interactive dialogue” as entry 2 of 3, recorded on"
    assert f"{stands} Wednesday, 31 August 2016." in words
    assert "Rwanda" not in words
    assert "p.m." not in words


def test_a_witness_of_the_second_list_names_that_list(client):
    meeting = make_meeting()
    panel = SpeakersList.objects.create(
        meeting=meeting,
        slug="panel",
        title={"en": "Panel"},
        opens_at=meeting.speakers_list.opens_at,
        closes_at=meeting.speakers_list.closes_at,
    )
    meeting.speakers_list = panel
    entry = make_inscription(meeting, make_delegation("RWA"))

    status, words = ask(client, entry.witness)

    assert status == 200
    assert "Panel" in words
    assert '/lists/panel/speakers/revisions/"' in client.post("/verify/", {"witness": entry.witness}).content.decode()


@pytest.mark.parametrize("is_published", [True, False])
def test_of_what_is_not_public_nothing_is_said(client, is_published):
    meeting = make_meeting(is_published=is_published)
    entry = make_inscription(meeting)
    with transaction.atomic():
        of_staff = recording.record("noted", stream="secretariat", subject="mail/1", by=STAFF, at=OPEN)

    status, words = ask(client, of_staff.hash if is_published else entry.witness)

    assert status == 422
    assert "This witness stands in no public chain of this site." in words
    assert ask(client, "0" * 64)[1] == words


@pytest.mark.parametrize("typed", ["12", "g" * 64, "<script>", "9" * 300, ""])
def test_what_cannot_be_a_witness_is_refused_in_words(client, typed):
    status, words = ask(client, typed)

    assert status == 422
    assert "stands in the public chain" not in words
    assert "<script>" not in client.post("/verify/", {"witness": typed}).content.decode()


def test_asking_sets_no_cookie_and_no_witness_stands_in_an_address(client):
    assert not client.post("/verify/", {"witness": "0" * 64}).cookies
    assert "stands in" not in ask(client, "0" * 64)[1].replace("stands in no public chain", "")
    assert client.get("/verify/", {"witness": "0" * 64}).status_code == 200


def test_a_network_that_asks_too_often_is_told_when_to_ask_again_and_keeps_what_it_typed(client, settings):
    settings.LANGUAGE_CODE = "en"
    entry = make_inscription(make_meeting())
    with clock.stopped(OPEN):
        for _time in range(witness.PER_NETWORK):
            status, _words = ask(client, entry.witness)

    with clock.stopped(OPEN + 3 * MINUTE):
        refused = client.post("/verify/", {"witness": entry.witness})
        elsewhere = client.post("/verify/", {"witness": entry.witness}, REMOTE_ADDR="192.0.2.7")
        read = client.get("/verify/")
    with clock.stopped(OPEN + witness.WINDOW):
        later, _words = ask(client, entry.witness)

    assert (status, refused.status_code, elsewhere.status_code, read.status_code, later) == (200, 429, 200, 200, 200)
    assert refused["Retry-After"] == "420"
    page = refused.content.decode()
    assert "Your network has asked very often. Ask again in 7 minutes, or drop the chain on this page." in page
    assert f'value="{entry.witness}"' in page
    assert "stands in the public chain" not in page


def test_of_a_network_a_keyed_hash_is_kept_for_a_day_at_most(client):
    with clock.stopped(OPEN):
        ask(client, "0" * 64)
    assert "127.0.0.1" not in str(list(WitnessAsked.objects.values_list()))

    with clock.stopped(OPEN + timedelta(days=1)):
        tasks.erase_personal_data()

    assert WitnessAsked.objects.count() == 0


def test_the_saved_page_allows_its_own_style_and_script_alone(client, settings):
    settings.SITE_URL = "https://speakers.example.org"
    with clock.stopped(OPEN):
        page = client.get("/verify/verify.html").content.decode()

    inline = re.findall(r"<(style|script type=\"module\")>(.*?)</(?:style|script)>", page, re.DOTALL)
    sources = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for _tag, text in inline]
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1].replace("&#x27;", "'")
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{sources[0]}'; script-src 'sha256-{sources[1]}'; base-uri 'none'; "
        "form-action 'none'"
    )
    assert not re.search(r"(?m)^(import|export) |url\(|(src|href)=", page)
    assert "Saved from https://speakers.example.org on 2016-08-31" in page


def test_a_text_that_would_end_its_element_is_not_put_into_one():
    with pytest.raises(ValueError, match="its end"):
        verifying.element("style", "a {} </style> b {}")


def test_a_draw_is_handed_out_as_a_file(client):
    from tests.speakers.moves.test_drawing import AFTER, commit  # noqa: PLC0415

    meeting = make_meeting(policy="opening_window")
    commit(meeting)

    with clock.stopped(AFTER):
        answer = client.get("/meetings/dialogue/speakers/draw.json")

    assert answer["Content-Disposition"] == 'attachment; filename="dialogue-draw.json"'
