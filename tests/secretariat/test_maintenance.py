"""During maintenance every page says NOT recorded and whom to call, keeps what was typed, and records nothing.  R-09"""

import os
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import translation

from secretariat.maintenance import announcing
from speakers.models import Inscription
from speakers.views import outage
from tests.factories import make_meeting
from tests.registration.factories import make_ticketing
from tests.speakers.entries.test_inscription_form import PATH, typed
from tests.speakers.test_outage import browser, database_down  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
WHOM_TO_CALL = ["inscription@office.example", "+1 212-963-5063"]


@pytest.fixture
def switch(settings, tmp_path):
    """A function that calls the command with words; the state is in a folder of this test."""
    settings.VAR_DIR = tmp_path

    def call(*words):
        call_command("maintenance", *words)

    return call


def test_a_form_is_not_recorded_and_can_be_sent_again_afterwards(browser, switch):  # noqa: F811
    switch("on", "--until", "14:00", "--zone", "America/New_York")
    outage.forget()

    with database_down():
        answer = browser.post(PATH, typed(note="as I typed it"))
    page = answer.content.decode()
    kept = Inscription.objects.count()
    switch("off")
    again = browser.post(PATH, typed(note="as I typed it"))

    assert (answer.status_code, kept) == (503, 0)
    assert "<h1>NOT recorded</h1>" in page
    assert "2:00 p.m. (New York time)" in page
    assert all(words in page for words in WHOM_TO_CALL)
    assert "as I typed it</textarea>" in page
    assert 60 <= int(answer["Retry-After"]) <= 24 * 60 * 60
    assert again.status_code == 302


@pytest.mark.parametrize("path", ["/", PATH, "/secretariat/", "/no/such/page/"])
def test_every_page_says_so_without_a_statement_to_the_database(
    browser,  # noqa: F811
    switch,
    path,
    django_assert_num_queries,
):
    switch("on")

    with django_assert_num_queries(0):
        answer = browser.get(path)

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "NOT recorded" in page
    assert all(words in page for words in WHOM_TO_CALL)
    assert "It is expected back" not in page
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_what_another_site_sent_is_not_offered_again(browser, switch):  # noqa: F811
    switch("on")

    answer = Client(enforce_csrf_checks=True).post(PATH, typed(note="what they put in"))

    assert answer.status_code == 403
    assert "what they put in" not in answer.content.decode()


def test_programs_get_it_as_data_and_monitoring_sees_the_machinery_all_the_same(browser, switch):  # noqa: F811
    before = browser.get("/healthz")
    switch("on", "--until", "14:00")

    api, health = browser.get("/api/v1/meetings"), browser.get("/healthz")

    assert (api.status_code, api.json()["detail"]) == (503, "The site is under maintenance. Nothing is recorded.")
    assert [each["telephone"] for each in api.json()["call"]] == [WHOM_TO_CALL[1]]
    assert health.status_code == before.status_code
    assert health.json()["maintenance"] is True
    assert "maintenance" not in before.json()


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/api/v1/meetings", None),
        ("/meetings/dialogue/now.json", None),
        ("/meetings/dialogue/speakers/journal.json", None),
        ("/meetings/dialogue/speakers/draw.json", None),
        ("/meetings/dialogue/microphones/", {"data": "{", "content_type": "application/json"}),
        ("/meetings/dialogue/microphones/", {"headers": {"Authorization": "Bearer k"}}),
    ],
)
def test_whatever_a_program_asks_says_whom_to_call_and_when_to_ask_again(
    browser,  # noqa: F811
    switch,
    settings,
    path,
    sent,
):
    settings.SECRETARIAT_CONTACT = "General Assembly Affairs Branch"
    switch("on", "--until", "14:00")
    program = Client(enforce_csrf_checks=True)

    answer = program.get(path) if sent is None else program.post(path, **sent)

    said = answer.json()
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert int(answer["Retry-After"]) >= 60
    assert [each["email"] for each in said["call"]] == [WHOM_TO_CALL[0]]
    assert (said["status"], said["secretariat"]) == (503, "General Assembly Affairs Branch")
    assert datetime.fromisoformat(said["until"]) > datetime.now(UTC)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/verify/", 503), ("/meetings/dialogue/microphones/", 503), (PATH, 403), ("/secretariat/login/", 403)],
)
def test_a_page_asks_for_the_mark_of_its_form_just_as_without_maintenance(browser, switch, path, status):  # noqa: F811
    switch("on")

    answer = Client(enforce_csrf_checks=True).post(path, {"witness": "0" * 64})

    assert answer.status_code == status
    assert "NOT recorded" in answer.content.decode()


def test_the_page_lies_there_as_a_file_for_a_proxy_until_the_end(browser, switch, tmp_path):  # noqa: F811
    before = os.umask(0o077)
    switch("on", "--until", "14:00")
    os.umask(before)
    page = (tmp_path / "maintenance.html").read_text()
    modes = {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
    switch("off")
    switch("off")

    assert all(words in page for words in ["NOT recorded", "2:00 p.m. (UTC)", *WHOM_TO_CALL])
    assert modes == {0o644}
    assert list(tmp_path.iterdir()) == []
    assert browser.get("/").status_code == 200


def test_it_begins_while_the_database_is_down_and_names_the_contact_of_the_setting(browser, switch, settings):  # noqa: F811
    settings.SECRETARIAT_CONTACT = "General Assembly Affairs Branch, telephone 5063"
    outage.forget()

    with database_down():
        switch("on", "--until", "14:00")
        page = browser.get(PATH).content.decode()

    assert "General Assembly Affairs Branch, telephone 5063" in page


def test_once_the_time_is_past_the_page_names_none(switch):
    now = datetime(2016, 8, 30, 12, tzinfo=UTC)

    found = announcing.begin(now - timedelta(seconds=1), "UTC")

    assert (found.in_words(now), found.seconds_left(now)) == ("", 60)
    assert found.in_words(now - timedelta(hours=1)) == "Tuesday, 30 August 2016, 11:59 a.m. (UTC)"
    assert found.seconds_left(now - timedelta(hours=1)) == 3599


@pytest.mark.parametrize("words", [("--until", "soon"), ("--until", "14:00", "--zone", "Nowhere")])
def test_a_time_that_is_none_is_refused_in_words(switch, words):
    with pytest.raises(CommandError, match="--until 14:00 --zone America/New_York"):
        switch("on", *words)

    assert announcing.announced() is None


def test_a_list_that_closes_meanwhile_is_named(switch, capsys):
    closes_at = datetime.now(UTC) + timedelta(minutes=1)
    days = {"opens_at": closes_at - timedelta(days=1), "closes_at": closes_at}
    make_meeting(starts_at=closes_at + timedelta(days=5), ends_at=closes_at + timedelta(days=5, hours=8), **days)

    switch("on", "--until", f"{closes_at + timedelta(hours=1):%H:%M}")

    assert "The list of dialogue closes meanwhile" in capsys.readouterr().err


def test_deadlines_of_requests_for_tickets_that_pass_meanwhile_are_named_each_once(switch, capsys):
    soon = datetime.now(UTC) + timedelta(minutes=1)
    later = {"starts_at": soon + timedelta(days=5), "ends_at": soon + timedelta(days=5, hours=8)}
    days = {"opens_at": soon - timedelta(days=2), "closes_at": soon - timedelta(hours=1)}
    passed = make_meeting("passed", **later, **days)
    once, twice = (make_meeting(slug, **later, **days) for slug in ("once", "twice"))
    make_ticketing(passed, opens_at=days["opens_at"], closes_at=days["closes_at"], pass_closes_at=days["closes_at"])
    make_ticketing(once, opens_at=days["opens_at"], closes_at=soon, pass_closes_at=soon)
    make_ticketing(twice, opens_at=days["opens_at"], closes_at=soon, pass_closes_at=soon + timedelta(minutes=2))

    switch("on", "--until", f"{soon + timedelta(hours=1):%H:%M}")

    said = capsys.readouterr().err
    named = [said.count(f"A deadline for requests of tickets of {slug} passes") for slug in ("passed", "once", "twice")]
    assert named == [0, 1, 2]


def test_the_file_can_be_read_in_each_language_of_the_site(switch, settings, tmp_path):
    make_meeting()
    settings.SITE_LANGUAGES = ["ar", "zh-hans", "en", "fr", "ru", "es"]
    headings = {}
    for code in settings.SITE_LANGUAGES:
        with translation.override(code):
            headings[code] = str(translation.gettext("Under maintenance"))

    with translation.override("fr"):
        switch("on", "--until", "14:00")

    page = (tmp_path / "maintenance.html").read_text()
    read = re.findall(r'<div class="frame[^"]*" id="[\w-]+" lang="([\w-]+)" dir="(\w+)">\s*<h1>(.+?)</h1>', page)
    assert read == [(code, "rtl" if code == "ar" else "ltr", words) for code, words in headings.items()]
    assert page.count("mailto:inscription@office.example") == len(headings)
    assert "2:00 p.m. (UTC)" in page
    assert "<script" not in page
    assert "<form" not in page
