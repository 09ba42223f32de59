"""During maintenance every page says NOT recorded and whom to call, keeps what was typed, and records nothing.  R-09"""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from secretariat.maintenance import announcing
from speakers.models import Inscription
from speakers.views import outage
from tests.factories import make_meeting
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
    assert health.status_code == before.status_code
    assert health.json()["maintenance"] is True
    assert "maintenance" not in before.json()


def test_the_page_lies_there_as_a_file_for_a_proxy_until_the_end(browser, switch, tmp_path):  # noqa: F811
    switch("on", "--until", "14:00")
    page = (tmp_path / "maintenance.html").read_text()
    switch("off")
    switch("off")

    assert all(words in page for words in ["NOT recorded", "2:00 p.m. (UTC)", *WHOM_TO_CALL])
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
