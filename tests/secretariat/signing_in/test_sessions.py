"""A session of staff ends after 60 minutes without activity, and after 12 hours at most.  R-78"""

import time
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.shortcuts import redirect
from django.test import Client
from django.test.utils import CaptureQueriesContext

from secretariat.signing_in import sessions
from tests import factories
from tests.secretariat import pages
from tests.secretariat.signing_in.conftest import FRONT, SIGN_IN, START, sign_in

pytestmark = pytest.mark.django_db
IN_A_BROWSER = {"headers": {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}}
MINUTE = timedelta(minutes=1)
IDLE = "You were signed out after 60 minutes without activity."
LONGEST = "You were signed out, as a session lasts 12 hours at most."


@pytest.fixture
def moved():
    """The machine's time, which the test moves on."""
    with time_machine.travel(time.time(), tick=False) as machine:
        yield machine


@pytest.fixture
def officer(make_staff, moved):
    make_staff("officer", None)
    client = Client()
    sign_in(client)
    return client


def is_signed_in(client, **more):
    return client.get(FRONT, **more).status_code == 200


def test_after_sixty_minutes_without_activity_the_person_signs_in_again_and_reads_why(officer, moved):
    moved.shift(60 * MINUTE)

    answer = officer.get(FRONT, **IN_A_BROWSER)
    page = officer.get(answer["Location"], **IN_A_BROWSER)

    assert answer.status_code == 302
    assert answer["Location"] == f"{SIGN_IN}?next={FRONT}"
    assert IDLE in pages.text(page)


def test_a_minute_before_that_the_session_goes_on_for_another_hour(officer, moved):
    moved.shift(59 * MINUTE)
    before = is_signed_in(officer, **IN_A_BROWSER)
    moved.shift(59 * MINUTE)

    assert before
    assert is_signed_in(officer, **IN_A_BROWSER)


def test_a_page_that_keeps_itself_up_to_date_keeps_no_session_alive(officer, moved):
    for _ in range(6):
        moved.shift(10 * MINUTE)
        answered = officer.get("/secretariat/jsi18n/"), officer.get(f"{FRONT}?renewed", **IN_A_BROWSER)

    assert [answer.status_code for answer in answered] == [302, 302]
    assert not is_signed_in(officer, **IN_A_BROWSER)


@pytest.mark.parametrize("file", ["static/js/print-itself.js", "templates/floor/paper.html"])
def test_the_page_that_prints_itself_says_that_it_renews_itself(settings, file):
    assert f"?{sessions.BY_ITSELF}" in (settings.BASE_DIR / file).read_text()


def test_what_a_script_sends_is_something_that_the_person_did(officer, moved):
    for _ in range(3):
        moved.shift(50 * MINUTE)
        officer.post("/secretariat/password_change/", {"old_password": "no"})

    assert is_signed_in(officer, **IN_A_BROWSER)


def test_after_twelve_hours_of_work_the_session_ends_all_the_same(officer, moved):
    for _ in range(14):
        moved.shift(50 * MINUTE)
        assert is_signed_in(officer, **IN_A_BROWSER)
    moved.shift(20 * MINUTE)

    answer = officer.get(FRONT, follow=True, **IN_A_BROWSER)

    assert LONGEST in pages.text(answer)


def test_after_the_new_sign_in_nothing_is_said_of_the_end_of_the_former_session(officer, moved):
    moved.shift(61 * MINUTE)
    officer.get(FRONT, **IN_A_BROWSER)

    sign_in(officer)
    officer.post("/secretariat/logout/")

    assert IDLE not in pages.text(officer.get(SIGN_IN))


def test_what_was_typed_into_a_form_that_came_too_late_is_shown_to_be_copied(officer, moved):
    address = f"/secretariat/auth/user/{officer.session['_auth_user_id']}/change/"
    moved.shift(2 * 60 * MINUTE)

    fields = {
        "first_name": "Valentine",
        "password1": "not-to-be-shown",
        "_save": "Save",
        "places-TOTAL_FORMS": "0",
        "csrfmiddlewaretoken": "t",
        "email": " ",
    }
    answer = officer.post(address, fields, **IN_A_BROWSER)

    words = pages.text(answer)
    assert answer.status_code == 403
    assert f"{IDLE} Your form was sent after that, so nothing was changed." in words
    assert "First name Valentine" in words
    assert "not-to-be-shown" not in answer.content.decode()
    assert "Secretariat of the list of speakers" in words
    assert not {"Email", "Save", "Places-TOTAL"} & set(words.split())
    assert f'href="{SIGN_IN}?next={address}"' in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_a_form_that_needs_no_sign_in_is_answered_as_ever(officer, moved, rf):
    moved.shift(61 * MINUTE)
    request = rf.post("/", {"typed": "words"}, **IN_A_BROWSER)
    request.session = officer.session

    answer = sessions.of_staff(lambda asked: redirect("/receipt/" if asked.user.is_anonymous else "/staff/"))(request)

    assert (answer.status_code, answer["Location"]) == (302, "/receipt/")


def test_a_script_that_sends_too_late_is_led_to_the_sign_in_as_before(officer, moved):
    moved.shift(61 * MINUTE)

    answer = officer.post("/secretariat/password_change/", {"old_password": "typed"})

    assert answer.status_code == 302


def test_within_a_minute_a_request_writes_nothing_of_its_moment(officer, moved):
    officer.get("/secretariat/password_change/", **IN_A_BROWSER)
    moved.shift(MINUTE - timedelta(seconds=1))
    with CaptureQueriesContext(connection) as soon:
        officer.get("/secretariat/password_change/", **IN_A_BROWSER)
    moved.shift(timedelta(seconds=1))
    with CaptureQueriesContext(connection) as later:
        officer.get("/secretariat/password_change/", **IN_A_BROWSER)

    assert len(soon) == 2
    assert any("UPDATE" in each["sql"] for each in later)


def test_a_session_from_before_this_version_is_as_old_as_its_first_request(officer, moved):
    session = officer.session
    del session[sessions.BEGAN], session[sessions.SEEN]
    session.save()

    first = is_signed_in(officer)
    moved.shift(60 * MINUTE)

    assert first
    assert not is_signed_in(officer)


def test_public_pages_read_no_session(officer):
    factories.make_meeting()

    with CaptureQueriesContext(connection) as statements:
        officer.get("/")

    assert not [each for each in statements if "django_session" in each["sql"]]


def test_a_person_who_is_signed_in_is_led_from_the_sign_in_to_the_front_page(officer):
    assert officer.get(SIGN_IN)["Location"] == FRONT


def test_another_person_who_signs_in_in_the_same_browser_gets_a_session_of_their_own(officer, make_staff):
    make_staff("lead", "Secretariat lead")
    before = officer.session.session_key

    sign_in(officer, "lead")

    assert officer.session.session_key != before
    assert "lead" in pages.text(officer.get(FRONT))


@pytest.mark.parametrize("foreign", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_foreign_next_leads_home(make_staff, foreign):
    make_staff("officer", "List officer")

    answer = sign_in(Client(), next_page=foreign)

    assert answer["Location"] == START
