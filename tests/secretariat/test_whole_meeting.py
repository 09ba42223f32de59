"""A meeting is checked as a whole: contradictions are refused, and what is missing is listed.  R-04 R-17 R-31 R-36"""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.urls import reverse

from dialogue.models import Meeting, ProgrammeSlot
from journal.actors import SYSTEM
from journal.models import Entry
from speakers import loading
from speakers.models import SpeakersList
from tests import factories
from tests.days import FIRST, HOUR, SECOND, make_programme, make_two_days
from tests.factories import OPEN
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
FILE = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
WEEK = timedelta(weeks=1)


def load(**options):
    """The dialogue of the founding note: published, and nothing wrong with it."""
    return loading.load(FILE, by=SYSTEM, at=OPEN, **options).meeting


@pytest.fixture
def meeting(at_the_desk):
    return load()


def typed_on(client, meeting):
    return pages.typed(client.get(pages.meeting_page(meeting)))


def slot_page(slot):
    return reverse("admin:dialogue_programmeslot_change", args=[slot.pk])


def errors_of(answer):
    """What a refused page says, by the field at which it stands."""
    forms = [answer.context["adminform"].form]
    forms += [form for each in answer.context["inline_admin_formsets"] for form in each.formset.forms]
    return {form.add_prefix(name): list(words) for form in forms for name, words in form.errors.items()}


CONTRADICTIONS = {
    "a sitting before the meeting": (
        {"sittings-0-starts_at_1": "09:00"},
        {"sittings-0-starts_at": ["A sitting may not start before its meeting."]},
    ),
    "a meeting that another form makes shorter than its sitting": (
        {"ends_at_1": "17:59"},
        {"sittings-1-ends_at": ["A sitting may not end after its meeting."]},
    ),
    "sittings that overlap": (
        {"sittings-1-starts_at_1": "12:30"},
        {"sittings-1-starts_at": ["Two sittings overlap at 12:30 p.m. (New York time)."]},
    ),
    "a floor that opens in the break": (
        {"floor_opens_at_1": "14:00"},
        {"floor_opens_at": ["The floor must open during a sitting."]},
    ),
    "a line in the break": (
        {"slots-7-starts_at_1": "14:30"},
        {"slots-7-starts_at": ["“Interactive dialogue resumes” at 2:30 p.m. is outside all sittings."]},
    ),
    "a line that another form leaves outside": (
        {"sittings-1-ends_at_1": "17:50"},
        {
            "slots-8-starts_at": ["“Closing remarks” at 5:50 p.m. is outside all sittings."],
            "slots-9-starts_at": ["“Interactive dialogue concludes” at 6:00 p.m. is outside all sittings."],
        },
    ),
    "a line out of order": (
        {"slots-3-position": "55"},
        {
            "slots-3-starts_at": [
                "“Introductory remarks” at 10:20 a.m. overlaps with “Remarks by panellists”, the line before it."
            ]
        },
    ),
    "a line without a time": (
        {"slots-4-starts_at_0": "", "slots-4-starts_at_1": ""},
        {"slots-4-starts_at": ["“Remarks by panellists” lacks a time: only a heading and the list of speakers may."]},
    ),
    "a start before the deadline, which the page does not offer": (
        {"starts_at_0": "2016-09-01", "starts_at_1": "13:00"},
        {"lists-0-__all__": ["The deadline must be before the meeting starts."]},
    ),
    "no limit": (
        {"lists-0-national_limit": "0:00:00"},
        {"lists-0-national_limit": ["A limit must be a whole number of seconds from 15 to 3600."]},
    ),
    "a limit of more than an hour": (
        {"lists-0-group_limit": "1:00:01"},
        {"lists-0-group_limit": ["A limit must be a whole number of seconds from 15 to 3600."]},
    ),
}


@pytest.mark.parametrize("is_published", [True, False], ids=["published", "not published"])
@pytest.mark.parametrize(("changes", "said"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_what_contradicts_itself_is_refused_at_its_field(lead, meeting, changes, said, is_published):
    Meeting.objects.update(is_published=is_published)
    before = Entry.objects.count()

    answer = lead.post(pages.meeting_page(meeting), typed_on(lead, meeting) | changes)

    assert errors_of(answer) == said
    assert Entry.objects.count() == before


def test_a_list_beside_the_main_one_is_checked_though_the_page_does_not_show_it(lead, meeting):
    terms = {"opens_at": OPEN, "closes_at": meeting.starts_at - timedelta(minutes=1), "title": {"en": "Panel"}}
    SpeakersList.objects.create(meeting=meeting, slug="panel", **terms)
    moved = {"starts_at_1": "09:59", "sittings-0-starts_at_1": "09:59"}

    answer = lead.post(pages.meeting_page(meeting), typed_on(lead, meeting) | moved)

    assert errors_of(answer) == {"__all__": ["Panel: The deadline must be before the meeting starts."]}


def test_two_bands_of_one_rank_are_refused_at_the_second_and_other_ranks_are_stored(lead, meeting):
    SpeakersList.objects.update(opens_at=OPEN + timedelta(hours=1))
    typed = typed_on(lead, meeting)

    same = lead.post(pages.meeting_page(meeting), typed | {"lists-0-rank_un_system": "20"})
    other = lead.post(pages.meeting_page(meeting), typed | {"lists-0-rank_un_system": "35"})

    assert errors_of(same) == {"lists-0-rank_un_system": ["No two bands may have the same rank."]}
    assert other.status_code == 302
    assert SpeakersList.objects.get().ranks["un_system"] == 35


def test_a_line_is_refused_on_its_own_page_too_even_if_the_next_line_is_what_it_contradicts(lead, meeting):
    first, *_others = meeting.slots.order_by("position")
    typed = pages.typed(lead.get(slot_page(first)))

    outside = lead.post(slot_page(first), typed | {"starts_at_1": "09:00"})
    too_late = lead.post(slot_page(first), typed | {"starts_at_1": "10:15"})

    assert errors_of(outside) == {"starts_at": ["“Opening remarks” at 9:00 a.m. is outside all sittings."]}
    assert errors_of(too_late) == {
        "starts_at": ["“Opening remarks” at 10:10 a.m. overlaps with “Opening remarks”, the line before it."]
    }


def test_a_meeting_is_put_off_in_one_save_with_its_sittings_and_its_programme(lead, meeting):
    typed = typed_on(lead, meeting)
    moved = {name: "2016-09-13" for name, text in typed.items() if name.endswith("_0") and text == "2016-09-06"}

    answer = lead.post(pages.meeting_page(meeting), typed | moved)

    assert answer.status_code == 302, errors_of(answer)
    again = Meeting.objects.get()
    assert {sitting.starts_at for sitting in again.sittings.all()} == {
        sitting.starts_at + WEEK for sitting in load(slug="other").sittings.all()
    }
    assert again.slots.last().starts_at == meeting.ends_at + WEEK


def test_a_sitting_over_midnight_on_a_second_day_is_taken(lead, meeting):
    night = {
        "sittings-TOTAL_FORMS": "3",
        "sittings-2-part": "evening",
        "sittings-2-starts_at_0": "2016-09-07",
        "sittings-2-starts_at_1": "21:00",
        "sittings-2-ends_at_0": "2016-09-08",
        "sittings-2-ends_at_1": "01:00",
        "sittings-2-meeting": meeting.pk,
        "ends_at_0": "2016-09-08",
        "ends_at_1": "01:00",
    }
    typed = typed_on(lead, meeting)

    too_early = lead.post(pages.meeting_page(meeting), typed | night | {"ends_at_1": "00:59"})
    taken = lead.post(pages.meeting_page(meeting), typed | night)

    assert errors_of(too_early) == {"sittings-2-ends_at": ["A sitting may not end after its meeting."]}
    assert taken.status_code == 302, errors_of(taken)


ADDED = {
    "title_2": "A second dialogue",
    "venue_2": "Chamber",
    "slug": "second",
    "time_zone": "America/New_York",
    "starts_at_0": "2016-10-06",
    "starts_at_1": "10:00",
    "ends_at_0": "2016-10-06",
    "ends_at_1": "13:00",
    "floor_opens_at_0": "2016-10-06",
    "floor_opens_at_1": "11:00",
    "lists-0-opens_at_0": "2016-09-20",
    "lists-0-opens_at_1": "09:00",
    "lists-0-closes_at_0": "2016-10-01",
    "lists-0-closes_at_1": "13:00",
}
MISSING = [
    "The text of the invitation is missing.",
    "The sittings are missing: when the meeting is held.",
    "A contact for inscription is missing: delegations need to know whom to write to.",
    "The programme is missing.",
]
ADD = "/secretariat/dialogue/meeting/add/"


def add(client, **changes):
    """Type a new meeting with all that the page of a new one asks for."""
    return client.post(ADD, pages.typed(client.get(ADD)) | ADDED | changes)


@pytest.mark.parametrize("is_rehearsal", [False, True], ids=["a meeting", "a rehearsal"])
def test_a_new_meeting_is_saved_with_much_missing_but_not_published(lead, is_rehearsal):
    rehearsal = {"is_rehearsal": "on"} if is_rehearsal else {}

    public = add(lead, is_published="on", **rehearsal)
    draft = add(lead, **rehearsal)

    assert errors_of(public) == {"is_published": MISSING}
    assert draft.status_code == 302, errors_of(draft)
    added = Meeting.objects.get()
    publish = typed_on(lead, added) | {"is_published": "on"}
    assert errors_of(lead.post(pages.meeting_page(added), publish)) == {"is_published": MISSING}
    assert not Meeting.objects.published().exists()


def test_what_is_missing_is_listed_on_the_page_and_the_front_page_until_it_is_there(lead):
    add(lead)
    meeting = Meeting.objects.get()
    page, front = lead.get(pages.meeting_page(meeting)), lead.get("/secretariat/")

    for words, place in zip(MISSING, ["id_invitation", "sittings-group", "contacts-group", "slots-group"], strict=True):
        assert f'<a href="{pages.meeting_page(meeting)}#{place}">{words}</a>' in page.content.decode()
        assert f'<a href="{pages.meeting_page(meeting)}#{place}">{words}</a>' in front.content.decode()
        assert f'id="{place}"' in page.content.decode()
    assert "Before it can be published" in pages.text(page)
    assert "Action needed: The programme is missing." not in pages.text(front)

    complete(lead, meeting)

    assert "Before it can be published" not in pages.text(lead.get(pages.meeting_page(meeting)))
    assert "missing" not in pages.text(lead.get("/secretariat/"))
    publish = typed_on(lead, meeting) | {"is_published": "on"}
    assert lead.post(pages.meeting_page(meeting), publish).status_code == 302
    assert Meeting.objects.published().get() == meeting


def complete(client, meeting):
    """Type on the page of `meeting` all that is missing, in one save."""
    typed = typed_on(client, meeting) | {"invitation_2": "You are invited."}
    rows = {
        "sittings": {"part": "morning", "starts_at_0": "2016-10-06", "starts_at_1": "10:00"},
        "contacts": {
            "role": "inscription",
            "name": "Officer",
            "email": "officer@un.example",
            "position": "0",
            "notices": "each",
        },
        "slots": {"position": "10", "kind": "floor", "title_2": "The floor opens"},
    }
    rows["sittings"] |= {"ends_at_0": "2016-10-06", "ends_at_1": "13:00"}
    for name, row in rows.items():
        typed |= {f"{name}-TOTAL_FORMS": "1", **{f"{name}-0-{field}": text for field, text in row.items()}}
    answer = client.post(pages.meeting_page(meeting), typed)
    assert answer.status_code == 302, errors_of(answer)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"contacts-0-role": "civil_society"}, MISSING[2]),
        ({f"invitation_{number}": "" for number in range(6)}, MISSING[0]),
        ({"slots-5-kind": "heading"}, "The line of the programme at which the list of speakers begins is missing."),
    ],
    ids=["contact", "invitation", "floor"],
)
def test_what_a_published_meeting_needs_is_not_taken_away_while_it_is_published(lead, meeting, changes, words):
    typed = typed_on(lead, meeting) | changes

    public = lead.post(pages.meeting_page(meeting), typed)
    taken_back = lead.post(pages.meeting_page(meeting), {key: typed[key] for key in typed if key != "is_published"})

    assert errors_of(public) == {"is_published": [words]}
    assert taken_back.status_code == 302, errors_of(taken_back)


def test_nor_is_it_taken_away_on_the_page_of_a_line(lead, meeting):
    floor = meeting.slots.get(kind="floor")
    typed = pages.typed(lead.get(slot_page(floor))) | {"kind": "heading"}

    public = lead.post(slot_page(floor), typed)
    Meeting.objects.update(is_published=False)
    draft = lead.post(slot_page(floor), typed)

    words = "The line of the programme at which the list of speakers begins is missing."
    assert errors_of(public) == {"__all__": [words]}
    assert draft.status_code == 302


def test_a_published_meeting_that_lacks_something_already_is_listed_as_urgent_and_can_be_changed(lead, at_the_desk):
    meeting = factories.make_meeting()  # published, without invitation and programme
    typed = typed_on(lead, meeting)

    other = lead.post(pages.meeting_page(meeting), typed | {"venue_2": "Another chamber"})
    worse = lead.post(pages.meeting_page(meeting), typed | {"contacts-0-role": "civil_society"})

    assert other.status_code == 302
    assert errors_of(worse) == {"is_published": [MISSING[2]]}
    assert "Action needed: The programme is missing." in pages.text(lead.get("/secretariat/"))
    assert "Still to be mended" in pages.text(lead.get(pages.meeting_page(meeting)))


def test_a_stored_contradiction_is_listed_and_mended_step_by_step(lead, meeting):
    outside = datetime(2016, 9, 6, 18, 30, tzinfo=UTC)  # 2:30 p.m. in New York, in the break
    meeting.slots.filter(kind__in=["resumption", "suspension"]).delete()
    for number in (71, 72):
        moment = outside + timedelta(minutes=number)
        ProgrammeSlot.objects.filter(meeting=meeting, position=number).delete()
        ProgrammeSlot.objects.create(
            meeting=meeting,
            position=number,
            kind="panel",
            title={"en": f"Panel {number}"},
            starts_at=moment - timedelta(hours=1),
        )
    listed = pages.text(lead.get(pages.meeting_page(meeting)))
    second = meeting.slots.get(position=72)
    typed = pages.typed(lead.get(slot_page(second)))

    still_outside = lead.post(slot_page(second), typed | {"starts_at_1": "14:45"})
    inside = lead.post(slot_page(second), typed | {"starts_at_1": "15:00"})

    assert "“Panel 71” at 2:41 p.m. is outside all sittings." in listed
    assert errors_of(still_outside) == {"starts_at": ["“Panel 72” at 2:45 p.m. is outside all sittings."]}
    assert inside.status_code == 302


def test_the_front_page_says_what_a_second_list_contradicts_at_that_list_alone(reader, meeting):
    terms = {"opens_at": OPEN, "closes_at": meeting.starts_at, "title": {"en": "Panel"}}
    SpeakersList.objects.create(meeting=meeting, slug="panel", **terms)
    meeting.contacts.all().delete()

    shown = pages.text(reader.get("/secretariat/"))

    assert shown.count("Panel: The deadline must be before the meeting starts.") == 1
    assert shown.count(MISSING[2]) == 1


def test_an_hour_that_clocks_show_twice_or_not_at_all_is_refused_in_words(lead, meeting):
    page = pages.meeting_act(meeting, "change-deadline")
    typed = {"reason": "The invitation went out late.", "closes_at_0": "2016-11-06", "closes_at_1": "01:30"}

    twice = lead.post(page, typed)
    never = lead.post(page, typed | {"closes_at_0": "2016-03-13", "closes_at_1": "02:30"})

    assert "Clocks in America/New_York show 2016-11-06 01:30 twice." in pages.text(twice)
    assert "2016-03-13 02:30 is not a time that clocks show in America/New_York." in pages.text(never)


def test_lines_take_each_others_places_and_hours_in_one_save(lead, meeting):
    first, second, *_others = meeting.slots.order_by("position")
    ProgrammeSlot.objects.filter(pk=second.pk).update(title="Second")
    typed = typed_on(lead, meeting)
    before = Entry.objects.count()
    swapped = {f"slots-0-{name}": typed[f"slots-1-{name}"] for name in ("position", "starts_at_0", "starts_at_1")}
    swapped |= {f"slots-1-{name}": typed[f"slots-0-{name}"] for name in ("position", "starts_at_0", "starts_at_1")}

    answer = lead.post(pages.meeting_page(meeting), typed | swapped)

    assert answer.status_code == 302, errors_of(answer)
    lines = meeting.slots.order_by("position").values_list("pk", "position", "starts_at")
    assert list(lines)[:2] == [(second.pk, 10, first.starts_at), (first.pk, 20, second.starts_at)]
    assert Entry.objects.count() == before + 1


def test_a_meeting_of_days_that_follow_each_other_is_put_off_by_one_day_in_one_save(lead, at_the_desk):
    meeting = make_two_days()
    make_programme(meeting, ("opening", "Day 1", FIRST + 10 * HOUR), ("opening", "Day 2", SECOND + 10 * HOUR))
    typed = typed_on(lead, meeting)
    days = {"2016-09-06": "2016-09-07", "2016-09-07": "2016-09-08"}
    moved = {name: days[text] for name, text in typed.items() if name.endswith("_0") and text in days}

    answer = lead.post(pages.meeting_page(meeting), typed | moved)

    assert answer.status_code == 302, errors_of(answer)
    before = [FIRST + 10 * HOUR, FIRST + 15 * HOUR, SECOND + 10 * HOUR, SECOND + 15 * HOUR]
    assert [each.starts_at for each in meeting.sittings.all()] == [
        (each + timedelta(days=1)).replace(tzinfo=meeting.zone) for each in before
    ]


def test_two_lines_at_one_hour_or_place_are_refused(lead, meeting):
    typed = typed_on(lead, meeting)

    hour = lead.post(pages.meeting_page(meeting), typed | {"slots-1-starts_at_1": "10:00"})
    place = lead.post(pages.meeting_page(meeting), typed | {"slots-1-position": "10"})

    assert errors_of(hour) == {"slots-1-starts_at": ["Another one on this page starts at the same time."]}
    assert place.status_code == 200
    assert list(meeting.slots.values_list("position", flat=True))[:2] == [10, 20]


def test_a_line_that_someone_else_added_meanwhile_keeps_its_place(lead, meeting):
    typed = typed_on(lead, meeting)
    ProgrammeSlot.objects.create(meeting=meeting, position=15, kind="heading", title={"en": "Meanwhile"})

    answer = lead.post(pages.meeting_page(meeting), typed | {"slots-0-position": "15"})

    assert "Another line of the programme has this position." in str(errors_of(answer))
