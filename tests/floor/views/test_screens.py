"""Screens in two languages in turn, the overlay, and In the room as an app.  R-29 R-39 R-45 R-62"""

import json
import struct
from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import trans_real

import clock
from floor import fragments, standings
from floor.acts import asking, calling, hearing, opening, pausing, replying, switching
from floor.models import Interruption
from tests.factories import STAFF, make_delegation, make_focal_point, make_inscription, make_panel
from tests.floor.room import OPENS, after, last_called, make_room, press
from tests.floor.views.test_public import signed_in, text

pytestmark = pytest.mark.django_db
DISPLAY, OVERLAY = "/meetings/dialogue/display/", "/meetings/dialogue/overlay/"


@pytest.fixture(autouse=True)
def _in_the_room():
    with clock.stopped(OPENS):
        yield


@pytest.fixture
def french(settings, tmp_path):
    """A catalogue in which some words of the screens are French."""
    words = {"Called": "Appelé", "time left": "temps restant", "still to speak": "à entendre"}
    folder = tmp_path / "fr/LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.mo").write_bytes(_compiled({"": "Content-Type: text/plain; charset=utf-8\n"} | words))
    settings.LOCALE_PATHS = [tmp_path]
    _forget_catalogues()
    yield
    _forget_catalogues()


def _compiled(words):
    """The `words` with their translations as the bytes of a compiled catalogue of GNU gettext."""
    pairs = [[each.encode() for each in pair] for pair in sorted(words.items())]
    start, tables, texts = 28 + 16 * len(pairs), [b"", b""], b""
    for number in (0, 1):
        for pair in pairs:
            tables[number] += struct.pack("<2I", len(pair[number]), start + len(texts))
            texts += pair[number] + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0) + b"".join(tables) + texts


def _forget_catalogues():
    trans_real._translations.clear()  # noqa: SLF001  Django has no other way to read a catalogue again


def test_a_screen_shows_the_words_of_both_languages_and_only_the_first_at_first(client, french):
    meeting = make_room()
    press(meeting, calling.call)

    page = text(client.get(f"{DISPLAY}?languages=fr,en"))

    assert '<html lang="fr"' in page
    first, second = page.index('id="display-room-fr"'), page.index('id="display-room-en"')
    assert "Appelé" in page[first:second]
    assert "Called" in page[second:]
    assert 'lang="en" dir="ltr" data-in-turn hidden' in page[first:second]
    assert 'data-stream="/live/dialogue/display/fr,en/"' in page
    assert "temps restant" in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("", ["en"]),
        ("fr", ["fr"]),
        ("FR, ar", ["fr", "ar"]),
        ("en,fr,ar", ["en", "fr", "ar"]),
        ("en,fr,ar,ru", ["en", "fr", "ar"]),
        ("en,en", ["en"]),
        ("xx,../..,fr", ["fr"]),
        ("tlh", ["en"]),
        ("e" * 4000, ["en"]),
    ],
)
def test_a_screen_shows_the_first_three_languages_that_the_site_offers(client, asked, shown):
    make_room()

    answer = client.get(DISPLAY, {"languages": asked})

    page = text(answer)
    assert answer["Content-Language"] == ", ".join(shown)
    assert f'data-stream="/live/dialogue/display/{",".join(shown)}/"' in page
    assert page.count("data-in-turn") == (0 if len(shown) == 1 else 2 * len(shown))


def test_the_stream_of_two_languages_says_the_fragments_of_each_and_no_other_language(french):
    press(make_room(), calling.call)

    said = fragments.in_turn("display", *standings.read_published("dialogue"), ["en", "fr"]).message(OPENS)

    assert "Called" in said["fragments"]["display-room-en"]
    assert "Appelé" in said["fragments"]["display-room-fr"]
    refused = [[], ["tlh"], ["en", "tlh"], ["en", "fr", "ar", "ru"]]
    assert [fragments.are_offered(each) for each in refused] == [False] * 4


def test_a_language_that_the_site_holds_back_is_on_no_screen(client, settings):
    settings.SITE_LANGUAGES = ["en", "ar"]
    make_room()

    page = text(client.get(DISPLAY, {"languages": "fr,ar"}))

    assert 'data-stream="/live/dialogue/display/ar/"' in page
    assert not fragments.are_offered(["fr"])


def test_two_languages_stand_side_by_side_each_in_its_own_direction(client):
    press(make_room(), calling.call)

    page = text(client.get(DISPLAY, {"languages": "ar,en", "side": "1"}))

    assert '<html lang="ar" dir="rtl"' in page
    first, second = page.index('<div class="display" lang="ar" dir="rtl">'), page.index('lang="en" dir="ltr">')
    assert first < page.index('id="display-room-ar"') < second < page.index('id="display-room-en"')
    assert 'data-stream="/live/dialogue/display/ar,en/"' in page
    assert "in-turn" not in page


@pytest.mark.parametrize(
    "asked", [{"languages": "ar", "side": "1"}, {"side": "1"}, {"languages": "ar,en", "side": "0"}]
)
def test_without_two_languages_or_the_switch_nothing_stands_side_by_side(client, asked):
    make_room()

    assert "display-pair" not in text(client.get(DISPLAY, asked))


def test_each_language_is_rendered_once_for_all_screens_that_show_it(monkeypatch):
    make_room()
    floor, at = standings.read_shared("dialogue")
    rendered, render = [], fragments.render_to_string

    def counted(template, context):
        rendered.append((template, translation.get_language()))
        return render(template, context)

    monkeypatch.setattr(fragments, "render_to_string", counted)
    for languages in (["en"], ["en", "fr"], ["fr", "en"], ["fr", "ar"]):
        fragments.in_turn("display", floor, at, languages)

    assert sorted(rendered) == sorted(product(fragments.PAGES["display"].values(), ["ar", "en", "fr"]))


def test_the_overlay_says_name_and_clock_alone_and_follows_the_list_that_is_heard(client):
    meeting = make_room()
    panel = make_panel(meeting, heard_in=[meeting.hours[1].pk])
    make_inscription(panel.meeting_at_hand, make_delegation("PPP"))
    press(meeting, calling.call)
    press(meeting, calling.begin)
    assert "Aaa" in text(client.get(OVERLAY))
    assert "Bbb" not in text(client.get(OVERLAY))
    press(meeting, calling.end)
    assert 'class="overlay-name"' not in text(client.get(OVERLAY))

    afternoon = OPENS + timedelta(hours=4)
    hearing.hear(meeting, "panel", expected_current=last_called(meeting), by=STAFF, at=afternoon)
    press(meeting, calling.call, afternoon)

    page = text(client.get(OVERLAY))
    assert '<p class="overlay-name">Ppp<' in page
    assert not client.get(OVERLAY).cookies


def test_what_a_speaker_has_the_floor_for_is_named_on_every_screen(client):
    meeting = make_room("AAA")
    switching.switch(meeting, allows_points_of_order=True, allows_replies=True, by=STAFF, at=OPENS)
    for _number in range(2):
        replying.ask_to_reply(meeting, make_delegation("BBB"), by=STAFF, at=OPENS)
    press(meeting, calling.call)
    press(meeting, calling.begin)
    press(meeting, pausing.pause, ground=Interruption.Ground.POINT_OF_ORDER, raised_by=make_delegation("CCC"))

    for page in (DISPLAY, "/meetings/dialogue/now/"):
        assert "Point of order: Ccc" in text(client.get(page))
    press(meeting, pausing.go_on, after(5))
    for words in ("right of reply", "right of reply, second"):
        press(meeting, calling.advance, after(10))
        press(meeting, calling.begin, after(10))
        for page in (DISPLAY, "/meetings/dialogue/now/"):
            assert f"> {words} <" in text(client.get(page))
            assert "Point of order" not in text(client.get(page))


def test_the_manifest_and_the_worker_are_of_this_site_and_hold_nothing_personal(client):
    make_room()

    manifest = client.get("/meetings/dialogue/now/app.webmanifest")
    worker = client.get("/meetings/dialogue/now/worker.js")

    said = json.loads(manifest.content)
    assert manifest["Content-Type"] == "application/manifest+json"
    assert (said["start_url"], said["scope"]) == ("/meetings/dialogue/now/", "/meetings/dialogue/")
    assert all(icon["src"].startswith("/static/img/icon-") for icon in said["icons"])
    assert {icon["purpose"] for icon in said["icons"]} == {"any", "maskable"}
    assert worker["Content-Type"] == "text/javascript"
    assert worker.content.decode().startswith('importScripts("/static/js/room-worker')
    assert not manifest.cookies
    assert not worker.cookies


def test_a_turn_says_its_mark_on_the_list_that_is_heard_and_one_of_the_open_floor_counts_all_before_it():
    meeting = make_room("AAA", "BBB", "CCC")
    make_focal_point(make_delegation("CCC"))
    make_focal_point(make_delegation("DDD"), "ccc@missions.example")
    opening.open_floor(meeting, by=STAFF, at=OPENS)
    asking.ask(meeting, make_delegation("DDD"), by=STAFF, at=OPENS)
    browser = signed_in("CCC")

    def marks():
        return [part.split('"')[1] for part in text(browser.get("/meetings/dialogue/now/")).split("data-mark=")[1:]]

    assert marks() == ["5", "5"]
    press(meeting, calling.call)
    assert marks() == ["1", "5"]


def test_what_is_of_one_who_is_signed_in_is_not_shown_to_others(client):
    make_room()

    page = text(client.get("/meetings/dialogue/now/"))

    assert "alerts.js" not in page
    assert "data-mark" not in page


def test_a_page_that_is_not_published_has_no_overlay_and_no_app():
    make_room(is_published=False)

    for page in ("overlay/", "now/app.webmanifest", "now/worker.js"):
        assert Client().get(f"/meetings/dialogue/{page}").status_code == 404


def test_the_overlay_takes_three_queries(client, django_assert_num_queries):
    press(make_room(), calling.call)
    standings.forget()
    client.get(OVERLAY)

    with django_assert_num_queries(1):
        client.get(OVERLAY)
