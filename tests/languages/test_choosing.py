"""The language of a page: what its address asks for, the choice on the bar, the browser's wish, English."""

import re

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import caches
from django.test import Client
from django.utils.translation import get_language

import clock
from languages import remembering
from languages.models import Choice
from outbox.models import Message
from tests.factories import OPEN, make_delegation, make_focal_point, make_inscription, make_meeting

pytestmark = pytest.mark.django_db
ALL = ["ar", "zh-hans", "en", "fr", "ru", "es"]


PASSWORD = "a long word of staff"


@pytest.fixture(autouse=True)
def _six_languages(settings):
    settings.SITE_LANGUAGES = ALL
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def point():
    make_meeting()
    return make_focal_point()


def sign_in(client, email):
    """Ask for a link and press its button. Returns the mail."""
    client.post("/meetings/dialogue/speakers/sign-in/", {"email": email})
    mail = Message.objects.latest("pk")
    client.post(re.search(r"https?://[^/\s]+(/\S+)", mail.body)[1])
    return mail


def language_of(page):
    return page["Content-Language"]


def choose(client, language, **more):
    return client.post("/language/", {"language": language, "back": "/privacy/?a=b"}, **more)


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("ar", "ar"),
        ("fr-CA,fr;q=0.9,en;q=0.8", "fr"),
        ("zh-CN", "zh-hans"),
        ("zh-TW,en;q=0.5", "zh-hans"),
        ("de-AT,ru;q=0.7,en;q=0.3", "ru"),
        ("de, *;q=0.5", "en"),
        ("", "en"),
        ("x" * 3000, "en"),
    ],
)
def test_the_browser_says_what_its_reader_prefers(client, asked, shown):
    page = client.get("/accessibility/", headers={"accept-language": asked})

    assert language_of(page) == shown
    assert f'<html lang="{shown}" dir="{"rtl" if shown == "ar" else "ltr"}">' in page.content.decode()
    assert {"Accept-Language", "Cookie"} <= {each.strip() for each in page["Vary"].split(",")}
    assert get_language() == "en"


def test_the_choice_on_the_bar_comes_before_the_browser_and_stays(client):
    answer = choose(client, "ar")
    page = client.get("/accessibility/", headers={"accept-language": "fr"})

    assert answer["Location"] == "/privacy/?a=b"
    assert language_of(page) == "ar"
    assert 'value="ar" lang="ar" dir="rtl" aria-current="true">العربية</button>' in page.content.decode()
    assert page.content.decode().count("aria-current") == 1


def test_the_bar_has_the_languages_in_their_order_and_no_page_of_it_sets_a_cookie(client):
    page = client.get("/accessibility/")
    text = page.content.decode()

    assert sorted(text.index(f'name="language" value="{code}"') for code in ALL) == [
        text.index(f'name="language" value="{code}"') for code in ALL
    ]
    assert not page.cookies


def test_an_address_may_ask_for_a_language_and_changes_nothing_by_it(client):
    page = client.get("/accessibility/?lang=ru&x=1")
    text = page.content.decode()

    assert language_of(page) == "ru"
    assert not page.cookies
    assert language_of(client.get("/accessibility/")) == "en"
    assert language_of(client.get("/accessibility/?lang=xx")) == "en"
    assert '<link rel="alternate" hreflang="fr" href="http://localhost:8000/accessibility/?lang=fr">' in text
    assert '<link rel="alternate" hreflang="x-default" href="http://localhost:8000/accessibility/">' in text
    assert 'name="back" value="/accessibility/?x=1"' in text


def test_a_language_that_the_site_holds_back_is_neither_offered_nor_shown(client, settings):
    choose(client, "ar")
    settings.SITE_LANGUAGES = ["en", "fr"]
    page = client.get("/accessibility/?lang=ar", headers={"accept-language": "ar,fr;q=0.5"})

    assert language_of(page) == "fr"
    assert "العربية" not in page.content.decode()
    assert language_of(choose(client, "ru")) == "en"


def test_with_one_language_there_is_no_bar(client, settings):
    settings.SITE_LANGUAGES = ["en"]

    page = client.get("/accessibility/").content.decode()

    assert 'class="language-bar"' not in page
    assert "hreflang" not in page


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "", "Words"]
)
def test_the_bar_leads_to_no_other_site(client, back):
    assert client.post("/language/", {"language": "fr", "back": back})["Location"] == "/"


def test_another_site_cannot_choose(client):
    answer = choose(client, "ar", headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert "language" not in answer.cookies


def test_the_bar_is_pressed_and_never_visited(client):
    assert client.get("/language/?language=ar").status_code == 405
    assert choose(client, "xx")["Location"] == "/"


def test_programs_read_english(client):
    page = client.get("/api/v1/meetings/nowhere", headers={"accept-language": "ar"})

    assert language_of(page) == "en"
    assert "Cookie" not in page.get("Vary", "")


def test_a_page_kept_for_a_second_is_kept_in_each_language(client, settings):
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": backend, "LOCATION": "kept in languages"}}
    caches["pages"].clear()
    address = make_meeting().get_absolute_url()

    pages = [client.get(address, headers={"accept-language": each}).content.decode() for each in ("ar", "en", "ar")]

    assert ['<html lang="ar" dir="rtl">' in page for page in pages] == [True, False, True]


def test_what_a_delegation_chooses_while_it_is_signed_in_is_remembered_and_comes_along(client, point):
    sign_in(client, point.email)
    choose(client, "fr")

    other = Client()
    sign_in(other, point.email)

    assert remembering.language_of(point.email.upper()) == "fr"
    assert language_of(other.get("/accessibility/")) == "fr"


def test_a_choice_made_before_the_sign_in_is_remembered_with_it_and_wins(client, point):
    remembering.remember("fr", [point.email])
    choose(client, "ru")

    sign_in(client, point.email)

    assert remembering.language_of(point.email) == "ru"
    assert language_of(client.get("/accessibility/")) == "ru"


def test_english_that_no_one_chose_is_not_remembered(client, point):

    sign_in(client, point.email)
    assert not Choice.objects.exists()

    client.get("/accessibility/")
    sign_in(Client(headers={"accept-language": "es"}), point.email)
    assert remembering.language_of(point.email) == "es"


def test_staff_bring_their_language_along(client):
    officer = User.objects.create_user("officer", "officer@un.example.org", PASSWORD, is_staff=True)
    officer.groups.add(Group.objects.get(name="List officer"))
    client.force_login(officer)
    choose(client, "zh-hans")

    other = Client()
    other.post("/secretariat/login/", {"username": "officer", "password": PASSWORD})

    assert language_of(other.get("/accessibility/")) == "zh-hans"


OFFERED = re.compile(r'<link rel="alternate" type="(?!application/json)[^>]* href="([^"]*)"')


@pytest.mark.parametrize("language", ["fr", "en"])
def test_feeds_and_calendars_are_offered_in_the_language_of_the_page(language):
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("RWA"))
    offered = set()
    for page in ("", "programme/", "speakers/", "speakers/revisions/"):
        answer = Client().get(f"/meetings/dialogue/{page}", headers={"accept-language": language})
        found = OFFERED.findall(answer.content.decode())
        assert all(f"<{each}>" in answer["Link"] for each in found)
        offered |= {*found}

    assert len(offered) == 4
    for address in offered:
        assert address.endswith("?lang=fr") == (language == "fr")
        assert Client().get(address)["Content-Language"] == language


def test_a_feed_names_itself_in_its_language():
    feed = Client().get("/revisions.atom?lang=fr").content.decode()

    assert 'xml:lang="fr"' in feed
    assert 'revisions.atom?lang=fr" rel="self"' in feed
