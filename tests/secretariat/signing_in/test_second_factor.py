"""A second factor is demanded of all staff but the door: setting it up, signing in with it, losing it.  R-78"""

import re
import time

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext

from journal.models import Entry, Payload
from tests.secretariat import pages
from tests.secretariat.signing_in.conftest import FRONT, PASSWORD, SIGN_IN, sign_in

pytestmark = pytest.mark.django_db
SETUP = "/secretariat/second-factor/"
APP, CODE, CODES = f"{SETUP}app/", f"{SETUP}code/", f"{SETUP}recovery-codes/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


def code_of(secret, at=None):
    """The six digits that an app shows for `secret` now."""
    return format_hotp_value(hotp_value(secret, int(at or time.time()) // 30))


@pytest.fixture
def with_app(make_staff):
    """An officer who has an app and recovery codes."""
    user = make_staff("officer", "List officer")
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def set_up_an_app(client):
    secret = re.search(r'class="totp-key">(\w+)<', client.get(APP).content.decode())[1]
    return secret, client.post(APP, {"code": code_of(secret)})


def test_the_first_sign_in_leads_to_the_setup_and_every_other_page_does_too(make_staff):
    make_staff("officer", "List officer")
    client = Client()

    sign_in(client)
    pages_tried = ["/secretariat/", "/secretariat/speakers/inscription/", "/secretariat/password_change/"]
    led = [client.get(address, follow=True).redirect_chain[-1][0] for address in pages_tried]

    assert led == [SETUP] * 3
    assert "Set up an app or a passkey" in pages.text(client.get(SETUP))


def test_a_form_sent_without_a_second_factor_changes_nothing(make_staff):
    user = make_staff("officer", None)
    client = Client()
    sign_in(client)

    answer = client.post(f"/secretariat/auth/user/{user.pk}/change/", {"username": "changed"})
    user.refresh_from_db()

    assert answer.status_code == 302
    assert user.username == "officer"


def test_a_person_sets_up_an_app_keeps_the_recovery_codes_and_goes_on(make_staff):
    user = make_staff("officer", "List officer")
    client = Client()
    sign_in(client)

    _secret, answer = set_up_an_app(client)
    codes = client.get(answer["Location"])
    again = client.get(CODES)

    shown = re.findall(r"<li><code>(\w+)</code>", codes.content.decode())
    assert len(shown) == 10
    assert "are not shown again" in pages.text(again)
    assert client.get(FRONT).status_code == 200
    assert {each.type for each in Authenticator.objects.filter(user=user)} == {"totp", "recovery_codes"}


def test_after_the_setup_the_way_leads_to_the_page_that_was_asked_for(make_staff):
    make_staff("officer", "List officer")
    client, asked_for = Client(), "/secretariat/speakers/inscription/?state=unverified"
    sign_in(client, next_page=asked_for)
    client.get(asked_for, follow=True)

    _secret, answer = set_up_an_app(client)
    codes, index = client.get(answer["Location"]).content.decode(), client.get(SETUP).content.decode()
    arrived = client.get(asked_for)

    assert f'href="{asked_for}">I have kept them' in codes
    assert f'href="{asked_for}">Go on to the page that you asked for' in index
    assert arrived.status_code == 200
    assert f'href="{FRONT}">Go on to the front page' in client.get(SETUP).content.decode()


def test_after_the_setup_the_way_leads_to_no_other_site(make_staff):
    make_staff("officer", "List officer")
    client = Client()
    sign_in(client)
    client.get(f"{SIGN_IN}?next=https://elsewhere.example/")

    _secret, answer = set_up_an_app(client)

    assert f'href="{FRONT}">I have kept them' in client.get(answer["Location"]).content.decode()


def test_a_wrong_code_sets_up_nothing_and_is_refused_at_its_field(make_staff):
    make_staff("officer", "List officer")
    client = Client()
    sign_in(client)
    client.get(APP)

    page = client.post(APP, {"code": "000000"}).content.decode()

    assert "This code is wrong." in page
    assert 'aria-invalid="true"' in page
    assert not Authenticator.objects.exists()


def test_with_an_app_the_password_alone_opens_nothing(with_app):
    client = Client()

    answer = sign_in(client, next_page="/secretariat/speakers/inscription/")

    assert answer["Location"] == CODE
    assert client.get(FRONT)["Location"] == f"{SIGN_IN}?next={FRONT}"
    assert client.get(SETUP).status_code == 302


def test_the_code_of_the_app_signs_in_and_leads_to_where_the_person_was_going(with_app):
    client = Client()
    sign_in(client, next_page="/secretariat/speakers/inscription/")

    answer = client.post(CODE, {"code": code_of(SECRET)})

    assert answer["Location"] == "/secretariat/speakers/inscription/"
    assert client.get(FRONT).status_code == 200


def test_a_code_works_once(with_app):
    first, second = Client(), Client()
    sign_in(first)
    sign_in(second)
    code = code_of(SECRET)

    answers = [client.post(CODE, {"code": code}) for client in (first, second)]

    assert [answer.status_code for answer in answers] == [302, 200]
    assert "This code is wrong or was used before." in pages.text(answers[1])


def test_a_recovery_code_signs_in_once(with_app):
    recovery = Authenticator.objects.get(user=with_app, type="recovery_codes").wrap().get_unused_codes()[0]
    answers = []
    for client in (Client(), Client()):
        sign_in(client)
        answers.append(client.post(CODE, {"code": recovery}).status_code)

    assert answers == [302, 200]


def test_after_ten_wrong_codes_even_the_right_one_is_refused_and_a_lead_is_told(with_app, make_staff):
    client = Client()
    sign_in(client)
    for number in range(10):
        client.post(CODE, {"code": f"{number:06}"})

    answer = client.post(CODE, {"code": code_of(SECRET)})

    assert "There were too many attempts to sign in. Try again in 15 minutes" in pages.text(answer)
    entry = Entry.objects.get(act="code limit reached")
    assert entry.subject == f"user/{with_app.pk}"


def test_the_door_needs_no_second_factor_unless_a_person_is_in_another_group_too(make_staff):
    user = make_staff("door", "Door")
    client = Client()

    sign_in(client, "door")
    alone = client.get(FRONT).status_code
    user.groups.add(Group.objects.get(name="List officer"))
    other = Client()
    sign_in(other, "door")

    assert alone == 200
    assert other.get(FRONT).status_code == 302


def test_who_leaves_the_door_is_asked_for_a_second_factor_at_the_next_request(make_staff):
    user = make_staff("door", "Door")
    client = Client()
    sign_in(client, "door")
    before = [client.get(FRONT).status_code for _ in range(2)]

    user.groups.set(Group.objects.filter(name="List officer"))
    after = client.get(FRONT, follow=True).redirect_chain[-1][0]

    assert before == [200, 200]
    assert after == SETUP


def test_of_the_door_the_groups_are_asked_at_each_request_by_one_statement(make_staff):
    make_staff("door", "Door")
    client = Client()
    sign_in(client, "door")
    client.get("/secretariat/password_change/")

    with CaptureQueriesContext(connection) as statements:
        client.get("/secretariat/password_change/")

    assert len(statements) == 3


def test_where_the_setting_is_off_the_password_is_enough(make_staff, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    make_staff("officer", "List officer")
    client = Client()

    sign_in(client)

    assert client.get(FRONT).status_code == 200


def test_who_has_a_second_factor_is_asked_of_the_database_once_in_a_session(with_app):
    client = Client()
    sign_in(client)
    client.post(CODE, {"code": code_of(SECRET)})
    client.get("/secretariat/password_change/")

    with CaptureQueriesContext(connection) as statements:
        client.get("/secretariat/password_change/")

    assert len(statements) == 2


def test_the_last_factor_removed_is_demanded_again_at_once(with_app):
    client = Client()
    sign_in(client)
    client.post(CODE, {"code": code_of(SECRET)})
    client.get(FRONT)

    client.post(f"{APP}remove/")

    assert client.get(FRONT).status_code == 302
    assert not Authenticator.objects.exists()


def test_after_a_while_the_password_is_asked_again_before_a_factor_is_changed(with_app):
    client = Client()
    with time_machine.travel(time.time(), tick=False) as machine:
        sign_in(client)
        client.post(CODE, {"code": code_of(SECRET)})
        machine.shift(16 * 60)
        answer = client.get(f"{APP}remove/")
        wrong = client.post(answer["Location"], {"password": "no"})
        right = client.post(answer["Location"], {"password": PASSWORD})

    assert answer["Location"].startswith(f"{SETUP}password/")
    assert "correct what is marked" in pages.text(wrong)
    assert right["Location"] == f"{APP}remove/"


def test_guesses_of_the_password_in_an_open_session_are_limited(with_app):
    client = Client()
    sign_in(client)
    client.post(CODE, {"code": code_of(SECRET)})

    answers = [client.post(f"{SETUP}password/", {"password": f"wrong {number}"}) for number in range(11)]

    assert [answer.status_code for answer in answers] == [200] * 10 + [429]
    assert "Wait a quarter of an hour" in pages.text(answers[-1])


def test_new_recovery_codes_end_the_former_ones(with_app):
    former = Authenticator.objects.get(user=with_app, type="recovery_codes").wrap().get_unused_codes()
    client = Client()
    sign_in(client)
    client.post(CODE, {"code": code_of(SECRET)})

    page = client.post(f"{CODES}new/", follow=True)

    shown = re.findall(r"<li><code>(\w+)</code>", page.content.decode())
    assert len(shown) == 10
    assert not set(shown) & set(former)


def test_what_a_person_does_to_their_second_factor_is_journalled_under_their_name(make_staff):
    user = make_staff("officer", "List officer")
    client = Client()
    sign_in(client)

    for act in [
        lambda: set_up_an_app(client),
        lambda: client.post(f"{CODES}new/"),
        lambda: client.post(f"{APP}remove/"),
    ]:
        with TestCase.captureOnCommitCallbacks(execute=True):
            act()

    entries = Entry.objects.filter(subject=f"user/{user.pk}").order_by("sequence")
    assert [entry.act for entry in entries] == ["second factor set up", "recovery codes made", "second factor removed"]
    assert {entry.payload.actor_name for entry in entries} == {"officer"}


def test_no_browser_keeps_a_page_that_shows_secrets(with_app):
    client = Client()
    sign_in(client)

    assert "no-store" in client.get(CODE)["Cache-Control"]


def lost(user):
    return f"/secretariat/auth/user/{user.pk}/acts/take-away-second-factor/"


@pytest.fixture
def lead(make_staff):
    TOTP.activate(make_staff("lead", "Secretariat lead"), SECRET)
    client = Client()
    sign_in(client, "lead")
    client.post(CODE, {"code": code_of(SECRET)})
    return client


def test_a_lead_takes_the_factor_of_a_lost_device_away_with_a_reason_for_the_journal(lead, with_app):
    own = Client()
    own.force_login(with_app)
    button = f'href="{lost(with_app)}"'
    offered = button in lead.get(f"/secretariat/auth/user/{with_app.pk}/change/").content.decode()

    lead.post(lost(with_app), {"reason": "Seen at the desk, badge shown."})

    entry = Entry.objects.get(act="second factor taken away")
    assert offered
    assert not Authenticator.objects.filter(user=with_app).exists()
    assert entry.subject == f"user/{with_app.pk}"
    assert Payload.objects.get(entry=entry).reason == "Seen at the desk, badge shown."
    assert "_auth_user_id" not in own.session
    assert button not in lead.get(f"/secretariat/auth/user/{with_app.pk}/change/").content.decode()
    assert lead.get(FRONT).status_code == 200


def test_the_person_then_signs_in_with_the_password_and_sets_up_another(lead, with_app):
    lead.post(lost(with_app), {"reason": "Seen at the desk."})
    client = Client()

    sign_in(client)

    assert client.get(FRONT, follow=True).redirect_chain[-1][0] == SETUP


def test_without_a_reason_nothing_is_taken_away(lead, with_app):
    lead.post(lost(with_app), {"reason": ""})

    assert Authenticator.objects.filter(user=with_app, type="totp").exists()


def test_only_a_lead_takes_it_away_and_not_from_a_superuser(lead, with_app, make_staff):
    superuser = make_staff("root", None)
    TOTP.activate(superuser, SECRET)
    officer = Client()
    officer.force_login(with_app)

    answers = [lead.get(lost(superuser)).status_code, officer.get(lost(superuser)).status_code]

    assert answers == [403, 403]


def test_where_no_lead_can_sign_in_a_command_on_the_server_takes_it_away(with_app, capsys):
    call_command("take_away_second_factor", "officer")

    assert not Authenticator.objects.filter(user=with_app).exists()
    assert Entry.objects.get(act="second factor taken away").actor_role == "system"
    with pytest.raises(CommandError, match="There is no account of that name"):
        call_command("take_away_second_factor", "stranger")


def test_secrets_of_factors_have_no_page_of_the_admin(make_staff):
    client = Client()
    client.force_login(make_staff("root", "Door"))
    make_staff("boss", None)
    sign_in(client, "boss")
    set_up_an_app(client)

    page = client.get(FRONT)

    assert "/secretariat/mfa/" not in page.content.decode()
    assert client.get("/secretariat/mfa/authenticator/").status_code == 404
    assert client.get("/secretariat/socialaccount/socialapp/").status_code == 404


RUBBISH = [
    "[]",
    "1",
    "null",
    "{}",
    "{",
    '"x"',
    '{"id": 1}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
]
RUBBISH += [
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA", "attestationObject": "AA"}}'
]
RUBBISH += [
    '{"rawId": "AA", "response": {"clientDataJSON": "AA", "authenticatorData": "AA", "signature": "AA"}}',
    '{"rawId": [], "response": 1}',
]
RUBBISH += [
    '{"id": "é", "rawId": "é", "response": {"clientDataJSON": "e30", "authenticatorData": "'
    + "A" * 80
    + '", "signature": "AA"}}'
]


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_a_passkey_that_cannot_be_read_is_refused_in_words(with_app, rubbish):
    client = Client()
    sign_in(client)
    client.get(CODE)

    used = client.post(CODE, {"credential": rubbish})
    client.post(CODE, {"code": code_of(SECRET)})
    client.get(f"{SETUP}passkeys/add/")
    added = client.post(f"{SETUP}passkeys/add/", {"credential": rubbish, "name": "key"})

    assert "The passkey was not recognized." in pages.text(used)
    assert "The passkey was not added. Try again." in pages.text(added)
    assert not Authenticator.objects.filter(type="webauthn").exists()


@pytest.mark.parametrize("address", [SETUP, APP, CODES, f"{SETUP}passkeys/add/", f"{CODES}new/", f"{APP}remove/"])
def test_each_page_costs_few_statements(with_app, address):
    client = Client()
    sign_in(client)
    client.post(CODE, {"code": code_of(SECRET)})
    client.get(FRONT)

    with CaptureQueriesContext(connection) as statements:
        client.get(address)

    assert len([each for each in statements if "SAVEPOINT" not in each["sql"]]) <= 4
