"""Making a meeting of another one or of a template, at the desk.  R-31 R-68"""

import pytest
from django.conf import settings
from django.urls import reverse

from dialogue.models import Meeting
from journal.actors import SYSTEM
from journal.models import Entry
from speakers import loading
from tests.factories import OPEN
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
FILE = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
ADD = "/secretariat/dialogue/meeting/add/"
TYPED = {"title_2": "The dialogue of 2017", "slug": "r2p-2017", "starts_on": "2017-09-10"}


@pytest.fixture
def meeting(at_the_desk):
    return loading.load(FILE, by=SYSTEM, at=OPEN).meeting


def errors_of(answer):
    return {name: list(words) for name, words in answer.context["form"].errors.items()}


def begin(name):
    return reverse("admin:dialogue_meeting_begin", args=[name])


def test_a_copy_is_made_once_its_days_were_read(lead, meeting):
    page = pages.meeting_act(meeting, "copy")
    typed = pages.typed(lead.get(page)) | TYPED

    asked = lead.post(page, typed)
    assert "Inscription closes: Tuesday, 5 September 2017, 1:00 p.m. (New York time)" in pages.text(asked)
    assert "Sitting 1: Sunday, 10 September 2017, 10:00 a.m. (New York time) – the weekend" in pages.text(asked)
    assert not Meeting.objects.filter(slug="r2p-2017").exists()
    made = lead.post(page, pages.typed(asked) | {"seen": asked.context["form"].fields["seen"].widget.attrs["value"]})

    copy = Meeting.objects.get(slug="r2p-2017")
    assert made.url == pages.meeting_page(copy)
    assert str(copy.title) == "The dialogue of 2017"
    assert Entry.objects.get(stream=copy.journal_stream).act == "copied"


def test_what_is_typed_wrong_is_refused_at_its_field(lead, meeting):
    page = pages.meeting_act(meeting, "copy")
    typed = pages.typed(lead.get(page)) | TYPED

    assert errors_of(lead.post(page, typed | {"slug": "r2p-2016"})) == {
        "slug": ["Another meeting has this short name in its addresses."]
    }
    assert list(errors_of(lead.post(page, typed | {"slug": "not a name"}))) == ["slug"]
    assert errors_of(lead.post(page, typed | {"title_2": ""})) == {"title": ["This field is required."]}
    assert list(errors_of(lead.post(page, typed | {"title_0": "\u202eon noon"}))) == ["title"]
    assert list(errors_of(lead.post(page, typed | {"starts_on": ""}))) == ["starts_on"]
    assert Meeting.objects.count() == 1


def test_the_page_of_a_new_meeting_offers_templates_and_copies_and_says_what_will_be_asked(lead, meeting):
    page = lead.get(ADD)

    text = pages.text(page)
    assert begin("one-day-dialogue") in page.content.decode()
    assert begin("debate-of-several-days") in page.content.decode()
    assert pages.meeting_act(meeting, "copy") in page.content.decode()
    for words in ("The text of the invitation is missing.", "The programme is missing."):
        assert words in text


@pytest.mark.parametrize("name", ["one-day-dialogue", "debate-of-several-days"])
def test_a_template_makes_a_draft_once_its_days_were_read(lead, at_the_desk, name):
    asked = lead.post(begin(name), pages.typed(lead.get(begin(name))) | TYPED)
    seen = asked.context["form"].fields["seen"].widget.attrs["value"]
    made = lead.post(begin(name), pages.typed(asked) | {"seen": seen})

    assert made.url == pages.meeting_page(Meeting.objects.get(slug="r2p-2017"))


def test_only_who_may_add_a_meeting_may_make_one(officer, meeting):
    assert officer.get(begin("one-day-dialogue")).status_code == 403
    assert officer.get(pages.meeting_act(meeting, "copy")).status_code == 403
    assert officer.post(pages.meeting_act(meeting, "copy"), TYPED).status_code == 403


def test_there_is_no_other_template(lead, at_the_desk):
    assert lead.get(begin("nothing")).status_code == 404


def test_a_folded_part_says_that_nothing_is_written_in_it_yet(lead, meeting):
    Meeting.objects.update(
        invitation="",
        letter_from="",
        letter_dated_on=None,
        letter_salutation="",
        letter_closing="",
        letter_signature="",
        letter_addressees="",
    )

    page = pages.text(lead.get(pages.meeting_page(meeting)))

    assert "The letter nothing yet" in page
