"""The page of checks, its saved copy, and what a stranger learns of a witness.  R-07 R-58 R-59 R-77"""

import base64
import hashlib
import re

import pytest
from django.db import transaction

import clock
from journal import recording
from speakers.models import SpeakersList
from speakers.views import verifying
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db


def ask(client, witness):
    answer = client.get("/verify/", {"witness": witness})
    main = re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1].split("</main>")[0])
    return answer.status_code, " ".join(main.split())


def test_a_witness_is_found_as_it_is_pasted_with_its_position_and_its_day(client, django_assert_num_queries):
    meeting = make_meeting()
    entry = make_inscription(meeting, make_delegation("RWA", "Rwanda"), at=OPEN)
    make_inscription(meeting, make_delegation("KEN", "Kenya"), at=OPEN)

    with django_assert_num_queries(3):
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
    assert '/lists/panel/speakers/revisions/"' in client.get("/verify/", {"witness": entry.witness}).content.decode()


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
    assert "<script>" not in client.get("/verify/", {"witness": typed}).content.decode()


def test_asking_sets_no_cookie_and_is_only_read(client):
    assert not client.get("/verify/", {"witness": "0" * 64}).cookies
    assert client.post("/verify/", {"witness": "0" * 64}).status_code == 405


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
