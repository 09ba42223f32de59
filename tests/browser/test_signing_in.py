"""Staff sign in with a password and a second factor, in a real browser with a passkey of its own.  R-78"""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from secretariat.signing_in import sessions
from tests.browser.desk import PASSWORD
from tests.browser.visitor import NARROW, WIDE
from tests.factories import make_meeting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = pytest.mark.parametrize(("viewport", "colours"), [(WIDE, "light"), (NARROW, "dark")])
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture
def officer():
    user = User.objects.create_user("officer", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="List officer")[0])
    return user


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def type_password(page, site, password=PASSWORD):
    page.goto(f"{site}secretariat/")
    page.get_by_label("Username").fill("officer")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def give_a_passkey(page):
    """An authenticator inside the browser, which says yes at once."""
    browser = page.context.new_cdp_session(page)
    browser.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    options |= {"hasResidentKey": True, "automaticPresenceSimulation": True}
    browser.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@SIZES
def test_the_first_sign_in_leads_through_the_app_and_the_recovery_codes_to_the_front_page(
    visit, site, officer, viewport, colours
):
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = visitor.page
    page.goto(f"{site}secretariat/")
    visitor.finds_nothing_wrong()

    type_password(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Second factor")
    visitor.finds_nothing_wrong()
    page.get_by_role("link", name="Set up an app").click()
    visitor.finds_nothing_wrong()
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Set up the app").click()
    expect(page.get_by_text("This code is wrong.")).to_be_visible()
    visitor.finds_nothing_wrong()
    page.get_by_label("Code").fill(code_of(page.locator(".totp-key").text_content()))
    page.get_by_role("button", name="Set up the app").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    visitor.finds_nothing_wrong()
    page.get_by_role("link", name="I have kept them: go on").click()
    expect(page).to_have_url(f"{site}secretariat/")
    for name in ("", "recovery-codes/new/", "app/remove/", "passkeys/add/", "password/"):
        page.goto(f"{site}secretariat/second-factor/{name}")
        visitor.finds_nothing_wrong()


@SIZES
def test_after_the_password_the_code_of_the_app_signs_in(visit, site, officer, viewport, colours):
    TOTP.activate(officer, SECRET)
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = visitor.page
    type_password(page, site)
    visitor.finds_nothing_wrong()

    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_text("This code is wrong or was used before.")).to_be_visible()
    visitor.finds_nothing_wrong()
    page.get_by_label("Code").fill(code_of(SECRET))
    page.get_by_role("button", name="Log in").click()

    expect(page).to_have_url(f"{site}secretariat/")
    expect(page.locator("#user-tools")).to_contain_text("officer")


def test_a_passkey_is_added_and_then_signs_in(visit, site, officer):
    visitor = visit(viewport=WIDE)
    page = visitor.page
    give_a_passkey(page)
    type_password(page, site)

    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name:").fill("The laptop of the branch")
    page.get_by_role("button", name="Add the passkey").click()
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    assert Authenticator.objects.get(type="webauthn").wrap().name == "The laptop of the branch"
    page.get_by_role("link", name="I have kept them: go on").click()
    page.get_by_role("button", name="Log out").click()
    type_password(page, site)
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{site}secretariat/")

    page.goto(f"{site}secretariat/second-factor/")
    page.get_by_role("link", name="Remove The laptop of the branch").click()
    visitor.finds_nothing_wrong()
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("None yet.")).to_be_visible()
    assert not Authenticator.objects.exists()


def test_a_passkey_that_the_browser_does_not_give_leaves_the_code_to_be_typed(visit, site, officer):
    TOTP.activate(officer, SECRET)
    visitor = visit(viewport=NARROW)
    page = visitor.page
    give_a_passkey(page)
    type_password(page, site)

    expect(page.get_by_role("alert")).to_be_hidden()
    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("alert")).to_have_text("The passkey was not used. Try again, or type a code.")


def test_without_scripts_the_code_is_typed(visit, site, officer):
    TOTP.activate(officer, SECRET)
    page = visit(viewport=WIDE, java_script_enabled=False).page
    type_password(page, site)

    expect(page.get_by_role("button", name="Use a passkey")).to_be_hidden()
    page.get_by_label("Code").fill(code_of(SECRET))
    page.get_by_role("button", name="Log in").click()

    expect(page).to_have_url(f"{site}secretariat/")


def test_too_many_passwords_are_refused_in_words(visit, site, officer):
    visitor = visit(viewport=NARROW, color_scheme="dark")
    page = visitor.page
    for number in range(11):
        type_password(page, site, f"wrong {number}")

    expect(page.get_by_text("There were too many attempts to sign in.")).to_be_visible()
    visitor.wrong = [words for words in visitor.wrong if not words.endswith("status of 429 (Too Many Requests)")]
    visitor.finds_nothing_wrong()


def make_old(seconds):
    """Let every session be without activity for so many seconds."""
    for each in Session.objects.all():
        kept = Session.get_session_store_class()(each.session_key)
        kept[sessions.SEEN] = kept[sessions.SEEN] - seconds
        kept.save()


def seen():
    """The last activity of the one session, as the server keeps it."""
    return Session.objects.get().get_decoded()[sessions.SEEN]


def test_a_board_that_keeps_asking_is_no_activity_and_a_look_at_a_page_is(visit, site, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    User.objects.create_superuser("officer", password=PASSWORD)
    make_meeting()
    page = visit(viewport=WIDE).page
    type_password(page, site)
    page.goto(f"{site}secretariat/speakers/inscription/board/dialogue/")
    make_old(30 * 60)
    before = seen()

    for _ in range(2):
        with page.expect_response(lambda answer: "/news/" in answer.url) as heard:
            pass
        assert heard.value.status == 200
    after_asking = seen()
    page.reload()

    assert after_asking == before
    assert seen() >= before + 30 * 60


def test_at_the_end_of_the_session_the_board_asks_in_vain_and_the_person_reads_why(visit, site, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    User.objects.create_superuser("officer", password=PASSWORD)
    make_meeting()
    page = visit(viewport=WIDE).page
    type_password(page, site)
    page.goto(f"{site}secretariat/speakers/inscription/board/dialogue/")
    make_old(60 * 60)

    with page.expect_response(lambda answer: "/login/" in answer.url):
        pass
    page.reload()

    expect(page.get_by_role("status")).to_contain_text("You were signed out after 60 minutes without activity.")


@SIZES
def test_what_was_typed_before_the_session_ended_is_still_to_be_read(visit, site, settings, viewport, colours):
    settings.REQUIRE_SECOND_FACTOR = False
    User.objects.create_superuser("officer", password=PASSWORD)
    visitor = visit(viewport=viewport, color_scheme=colours)
    page = visitor.page
    type_password(page, site)
    page.goto(f"{site}secretariat/speakers/delegation/add/")
    page.get_by_label("Code").first.fill("RWA")
    make_old(60 * 60)

    page.get_by_role("button", name=re.compile("^Save$")).click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was recorded: you were signed out")
    expect(page.locator("dl.typed")).to_contain_text("RWA")
    visitor.wrong = [words for words in visitor.wrong if not words.endswith("status of 403 (Forbidden)")]
    visitor.finds_nothing_wrong()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Log in again").click()
    expect(opened.value.get_by_role("status")).to_contain_text("You were signed out after 60 minutes")
