"""The mail desk in a real browser: a wrong address corrected, a text previewed before it is used, drafts to many."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from dialogue import mailing
from outbox.models import Message
from outbox.posting import post
from tests.browser.desk import sign_in
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_delegation, make_inscription, make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])


@pytest.fixture
def meeting():
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=3),
        closes_at=now + timedelta(days=3),
        starts_at=now + timedelta(days=8),
        ends_at=now + timedelta(days=8, hours=8),
    )
    for code, name in [("GHA", "Ghana"), ("JPN", "Japan")]:
        make_inscription(meeting, make_delegation(code, name), at=now - timedelta(days=1))
    return meeting


@SIZES
def test_a_wrong_address_is_corrected_and_the_mail_goes_again(visit, site, meeting, viewport, colours):
    post(key="one", kind="speakers.bulk", to=["wrong@mision.example"], subject="Your place", body="It is 3.\n")
    mail = Message.objects.get(key="one")
    Message.objects.filter(pk=mail.pk).update(state="failed", next_attempt_at=None, last_error="550 no such user")
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site, to=f"/secretariat/outbox/message/{mail.pk}/change/")

    page.get_by_role("link", name="Correct the addresses").click()
    visitor.finds_nothing_wrong()
    page.get_by_label("To").fill("right@mission.example")
    page.get_by_role("button", name="Correct the addresses").click()

    expect(page.locator(".messagelist")).to_contain_text("The addresses are corrected.")
    mail.refresh_from_db()
    assert (mail.to, mail.state) == (["right@mission.example"], "queued")


def test_thirty_mails_are_seen_at_once(visit, site, meeting):
    for number in range(40):
        words = f"Inscribed on the list of speakers: Saint Vincent and the Grenadines, receipt {number}"
        subject = mailing.subject_of(meeting, words, "en")
        to = [f"permanent.mission.of.a.delegation.{number}@missions.example", "second@missions.example"]
        post(key=f"{number}", kind="speakers.acknowledgement", to=to, subject=subject, body="It is.\n")
    Message.objects.update(
        created_at=datetime.now(UTC) - timedelta(days=2, hours=5), last_error="550 no such user " * 5
    )
    visitor = visit(viewport=WIDE)
    page = sign_in(visitor, site, to="/secretariat/outbox/message/")

    bottoms = page.locator("#result_list tbody tr").evaluate_all(
        "rows => rows.map(row => row.getBoundingClientRect().bottom)"
    )

    assert sum(bottom <= WIDE["height"] for bottom in bottoms) >= 30
    assert page.locator("#result_list tbody tr").first.locator(".field-age").inner_text() == "2\xa0days"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    visitor.finds_nothing_wrong()


@SIZES
def test_a_text_of_the_secretariat_is_previewed_and_then_used(visit, site, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site, to="/secretariat/dialogue/mailtext/")
    visitor.finds_nothing_wrong()

    page.get_by_role("link", name="Acknowledgement of an inscription").click()
    page.get_by_label("Subject").fill("Received: {delegation}")
    page.get_by_role("textbox", name="Text").fill(
        "Welcome, {delegation}. {place} {recorded} {how_to_change} {nonsense}"
    )
    page.get_by_role("button", name="Preview").click()
    expect(page.locator(".errorlist")).to_have_text("Unknown here: {nonsense}.")
    visitor.finds_nothing_wrong()
    page.get_by_role("textbox", name="Text").fill("Welcome, {delegation}.\n\n{place}\n\n{recorded}\n\n{how_to_change}")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("region", name="This is how the mail will read")).to_contain_text("Welcome, Ghana.")
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Use this text").click()

    expect(page.get_by_role("row", name="Acknowledgement of an inscription")).to_contain_text("English")
    assert meeting.own_mail_texts["speakers.acknowledgement", "en"].subject == "Received: {delegation}"


@SIZES
def test_a_text_in_arabic_is_written_and_read_from_the_right(visit, site, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site, to="/secretariat/dialogue/mailtext/dialogue/acknowledgement/en/")

    page.get_by_role("link", name="العربية").click()
    page.get_by_label("Subject").fill("{delegation}: تم التسجيل")
    page.get_by_role("textbox", name="Text").fill("تم التسجيل. {place} {recorded} {how_to_change}")
    page.get_by_role("button", name="Preview").click()

    expect(page.locator(".compose-preview pre").first).to_have_attribute("dir", "rtl")
    expect(page.get_by_role("textbox", name="Text")).to_have_attribute("dir", "rtl")
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Use this text").click()
    expect(page.get_by_role("row", name="Acknowledgement of an inscription")).to_contain_text("العربية")


@SIZES
def test_the_chosen_delegations_get_drafts_that_staff_release(visit, site, meeting, viewport, colours):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = sign_in(visitor, site, to="/secretariat/speakers/inscription/")

    page.locator("input.action-select").first.check()
    page.locator("input.action-select").nth(1).check()
    page.locator("select[name=action]").select_option(label="Write to the chosen delegations")
    page.get_by_role("button", name="Run").or_(page.get_by_role("button", name="Go")).click()
    page.get_by_role("textbox", name="Subject").first.fill("A word to {delegation}")
    page.get_by_role("textbox", name="Text").first.fill("You speak {likely_turn}.")
    page.get_by_role("button", name="Preview").click()
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Write 2 drafts").click()

    expect(page.locator(".messagelist")).to_contain_text("2 drafts are written.")
    about = mailing.subject_of(meeting, "", "en")
    assert list(Message.objects.filter(state="held").order_by("pk").values_list("subject", flat=True)) == [
        f"A word to Ghana{about}",
        f"A word to Japan{about}",
    ]
