"""A cookie lost between form and answer loses nothing that was typed, and nothing is recorded twice.  R-09 R-59"""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

import clock
from speakers.delegations import access
from speakers.models import Inscription
from tests.factories import (
    OPEN,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_level,
    make_meeting,
    signed_in,
)
from tests.speakers.entries import test_inscription_form
from tests.speakers.entries.test_inscription_form import PATH

pytestmark = pytest.mark.django_db
ADDRESS = "rwa@missions.example"
SIGN_IN = "/meetings/dialogue/speakers/sign-in/"


@pytest.fixture
def meeting():
    with clock.stopped(OPEN):
        made = make_meeting()
        make_focal_point()
        make_level("PR")
        yield made


def sign_in(browser, address=ADDRESS):
    """What signing in does to this browser."""
    session = browser.session
    session[access.ADDRESS] = address
    session.save()


def typist(path, address=ADDRESS):
    """What the form at `path` says of the person it was made for."""
    return re.search(r'name="typed_by" value="(\w+)"', signed_in(address).get(path).content.decode())[1]


def typed(**changes):
    return test_inscription_form.typed(typed_by=typist(PATH), **changes)


def test_after_signing_in_again_the_form_is_filled_as_it_was_and_sent_it_is_recorded_once(meeting):
    browser, sent = Client(), typed(speaker_name="Ada <Example>")

    answer = browser.post(PATH, sent)
    assert answer.status_code == 403
    assert f'href="{SIGN_IN}?back={PATH}"' in answer.content.decode()
    sign_in(browser)
    form = browser.get(PATH)
    page = form.content.decode()

    assert (form.status_code, Inscription.objects.count()) == (200, 0)
    assert "What you typed was kept. It is not recorded yet." in page
    assert 'value="Ada &lt;Example&gt;"' in page
    assert re.search(f'name="key" value="{sent["key"]}"', page)

    assert [browser.post(PATH, sent).status_code for _ in range(2)] == [302, 302]
    assert Inscription.objects.count() == 1
    assert "What you typed was kept." not in browser.get(PATH).content.decode()


def test_a_form_that_was_recorded_before_the_cookie_was_lost_is_not_recorded_again(meeting):
    sent = typed()
    assert signed_in(ADDRESS).post(PATH, sent).status_code == 302
    browser = Client()

    browser.post(PATH, sent)
    sign_in(browser)

    assert browser.post(PATH, sent)["Location"] == Inscription.objects.get().get_absolute_url()


def test_a_draft_is_kept_for_an_hour_ends_with_the_sign_out_and_is_never_longer_than_a_form(meeting):
    browser = Client()
    browser.post(PATH, typed())
    sign_in(browser)
    with clock.stopped(OPEN + timedelta(minutes=61)):
        assert "What you typed was kept." not in browser.get(PATH).content.decode()
    assert "What you typed was kept." in browser.get(PATH).content.decode()

    browser.post("/meetings/dialogue/speakers/sign-out/")
    sign_in(browser)
    assert "What you typed was kept." not in browser.get(PATH).content.decode()

    long = Client()
    assert "Send the same form again" in long.post(PATH, typed(note="a" * 30_000)).content.decode()
    assert "speakers_draft" not in long.session


def test_a_change_typed_while_signed_out_comes_back_and_is_not_done_by_opening_it(meeting):
    entry = make_inscription(meeting)
    path, browser = f"{entry.get_absolute_url()}speaker/", Client()

    sent = {"speaker_name": "New Speaker", "speaker_title": "Minister", "typed_by": typist(path)}
    answer = browser.post(path, sent)
    assert answer["Location"].endswith(f"back={path}")
    sign_in(browser)
    page = browser.get(path).content.decode()

    entry.refresh_from_db()
    assert 'value="New Speaker"' in page
    assert entry.speaker_name == "Speaker of Rwa"


def test_the_next_person_at_a_shared_browser_does_not_see_what_was_typed(meeting):
    browser = Client()
    browser.post(PATH, typed(speaker_name="Ada Example"))
    for address in ["ken@missions.example", "someone@elsewhere.example"]:
        sign_in(browser, address)
        page = browser.get(PATH).content.decode()
        assert "Ada Example" not in page
        assert "What you typed was kept." not in page

    sign_in(browser)
    assert "Ada Example" in browser.get(PATH).content.decode()


def test_a_form_that_does_not_say_for_whom_it_was_made_is_kept_for_no_one(meeting):
    browser = Client()
    browser.post(PATH, test_inscription_form.typed(typed_by=""))

    assert "speakers_draft" not in browser.session


def test_no_form_tells_another_person_s_mark_and_none_of_those_signed_out_has_one(meeting):
    assert typist(PATH) != typist(PATH, "ken@missions.example")
    assert 'name="typed_by"' not in Client().get(SIGN_IN).content.decode()


@pytest.mark.parametrize("form", ["speaker", "level", "correction", "swap"])
def test_each_form_of_a_receipt_says_for_whom_it_was_made(meeting, form):
    for code in ("KEN", "GHA"):
        make_inscription(meeting, make_delegation(code))
    entry = make_inscription(meeting)
    make_inscription(meeting, make_delegation("FRA"))

    assert typist(f"{entry.get_absolute_url()}{form}/") == typist(PATH)


def test_a_draft_ends_with_the_sign_out_from_my_mission(meeting):
    browser = Client()
    browser.post(PATH, typed())
    sign_in(browser)
    browser.post("/mission/sign-out/")

    assert "speakers_draft" not in browser.session


def with_checks(**headers):
    return Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"} | headers)


def test_without_the_cookie_of_the_page_what_was_typed_is_offered_to_be_sent_again(meeting):
    browser = with_checks()
    answer = browser.post(SIGN_IN, {"email": "Doe, Jane <jane@mission.example>", "csrfmiddlewaretoken": "a" * 64})
    page = answer.content.decode()

    assert answer.status_code == 403
    assert "Doe, Jane &lt;jane@mission.example&gt;</textarea>" in page
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    again = browser.post(SIGN_IN, {"email": "jane@mission.example", "csrfmiddlewaretoken": token})
    assert (again.status_code, settings.CSRF_COOKIE_NAME in answer.cookies) == (302, True)


def test_a_form_of_another_site_is_not_offered_to_be_sent_again(meeting):
    browser = Client(enforce_csrf_checks=True, headers={"origin": "https://elsewhere.example"})
    for each in (browser, Client(enforce_csrf_checks=True)):
        answer = each.post(SIGN_IN, {"email": "typed@elsewhere.example"})

        assert answer.status_code == 403
        assert "typed@elsewhere.example" not in answer.content.decode()


def test_a_code_typed_in_a_browser_that_lost_its_session_keeps_where_to_go_and_says_why(meeting):
    answer = Client().post(f"{SIGN_IN}code/", {"code": "1234 5678", "back": PATH}, follow=True)

    assert answer.redirect_chain == [(f"{SIGN_IN}?back={PATH}", 302)]
    assert "no longer knows to which address" in answer.content.decode()
