"""The list of a meeting of several days: wherever an hour is shown, its day is named.  R-64"""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

import clock
from journal.models import Entry
from outbox.models import Message
from registration.manifests import sheet
from speakers import chronicle
from speakers.entries import changing, correcting
from speakers.forecast import advice, list_forecast
from speakers.forecast.plot import plot_of
from speakers.forms.statement import StatementFields
from speakers.mail import samples
from speakers.models import Inscription
from speakers.order import precedence
from speakers.publishing import documents
from speakers.publishing.exports import as_pdf, as_text, with_contacts
from tests.days import (
    FIRST,
    HOUR,
    SECOND,
    fill,
    local,
    make_longest_night,
    make_night,
    make_sittings,
    make_two_days,
    make_two_mornings,
    words_of,
)
from tests.factories import (
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    signed_in,
    written,
)

pytestmark = pytest.mark.django_db
TYPED = {
    "key": "6f6a6a1e-7b43-4f1f-8a4e-0a9d8d4c1a11",
    "capacity": "national",
    "is_to_be_confirmed": "on",
    "level": "PR",
    "language": "en",
    "preferred_sitting": "2016-09-07 afternoon",
    "contact_name": "First Secretary",
    "contact_email": "rwa@missions.example",
}


def ahead_of(meeting, at=OPEN):
    return list_forecast.forecast_list(meeting.speakers_list, precedence.bare_order(meeting.speakers_list), at=at)


def test_each_turn_is_named_with_its_day():
    meeting = make_two_days()
    entries = fill(meeting, 9)
    ahead = ahead_of(meeting)

    assert ahead.turn_in_words(entries[0]) == "Tuesday, 6 September, about 10:00 a.m."
    assert ahead.turn_in_words(entries[8]).startswith("Wednesday, 7 September, about 10:")
    assert list_forecast.turn_in_short(ahead.turn_of(entries[0]), meeting) == "Tuesday, 6 September, 10:00 a.m."


def test_the_range_of_a_turn_that_reaches_into_the_next_day_names_both():
    meeting = make_two_days()
    entries = fill(meeting, 10)

    words = ahead_of(meeting).turn_in_words(entries[7])

    assert re.fullmatch(
        r"Tuesday, 6 September, about \d:\d\d p\.m\. "
        r"\(Tuesday, 6 September, \d:\d\d p\.m\. – Wednesday, 7 September, 1\d:\d\d a\.m\.\)",
        words,
    )


def test_a_turn_in_the_night_over_midnight_has_its_own_day():
    meeting = make_night()
    entries = fill(meeting, 8)

    words = [ahead_of(meeting).turn_in_words(entry) for entry in entries]

    assert words[0] == "Tuesday, 6 September, about 8:00 p.m."
    assert words[6].startswith("Wednesday, 7 September, about 12:10 a.m. (Tuesday, 6 September, 11:")


def test_turns_in_the_hour_that_comes_twice_are_told_apart():
    meeting = make_longest_night()
    entries = fill(meeting, 6)

    words = [ahead_of(meeting).turn_in_words(entry).partition(" (")[0] for entry in entries]

    assert words[3:6] == [
        "Sunday, 6 November, about 1:05 a.m. EDT",
        "Sunday, 6 November, about 1:50 a.m. EDT",
        "Sunday, 6 November, about 1:30 a.m. EST",
    ]


def test_the_advice_names_the_day_on_which_the_list_ends():
    meeting = make_two_days()
    fill(meeting, 9)

    assert re.fullmatch(
        r"The list is likely to end at about Wednesday, 7 September, 1\d:\d\d a\.m\., at the latest at "
        r"Wednesday, 7 September, .*; after Wednesday, 7 September, 6:00 p\.m\. it has no time left\.",
        advice.sentences(ahead_of(meeting))[-1],
    )


def test_a_list_of_one_day_that_ends_after_midnight_says_so():
    meeting = make_sittings(("evening", FIRST + 20 * HOUR, SECOND - HOUR), national_limit=timedelta(minutes=30))
    fill(meeting, 6)

    assert "at about Wednesday, 7 September 2016, 12:10 a.m." in advice.sentences(ahead_of(meeting))[-1]


def test_the_plot_has_a_day_above_the_sittings_of_each_day():
    meeting = make_two_days()
    fill(meeting, 9)

    plot = plot_of(ahead_of(meeting))

    assert [(each["day"], each["label"]) for each in plot.sittings] == [
        ("Tue 6 Sep", "1st sitting"),
        ("", "2nd sitting"),
        ("Wed 7 Sep", "3rd sitting"),
        ("", "4th sitting"),
    ]
    assert [each["name"] for each in plot.sittings][2] == "3rd sitting, Wednesday morning"
    assert [row["sitting"] for row in plot.rows][2] == "3rd sitting, Wednesday morning"
    assert (plot.rows[2]["from"], plot.rows[2]["to"]) == ("Wednesday, 7 September, 10:00 a.m.", "1:00 p.m.")


def test_the_plot_of_many_days_has_the_numbers_of_sittings_alone_and_fewer_hours():
    days = [FIRST + timedelta(days=number) for number in range(8)]
    parts = (("morning", 10), ("afternoon", 15))
    meeting = make_sittings(
        *((part, day + begin * HOUR, day + (begin + 3) * HOUR) for day in days for part, begin in parts)
    )
    fill(meeting, 2)

    plot = plot_of(ahead_of(meeting))

    assert [each["day"] for each in plot.sittings if each["day"]][:2] == ["Tue 6 Sep", "Wed 7 Sep"]
    assert [each["label"] for each in plot.sittings][1:4] == ["2nd", "3rd", "4th"]
    assert len(plot.hours) <= 2 * len(plot.sittings)


def test_the_plot_of_one_day_has_the_parts_of_the_day_or_the_numbers_of_its_sittings():
    two = make_meeting(slug="two")
    hours = [("morning", 9), ("afternoon", 13), ("evening", 18)]
    three = make_sittings(*((part, FIRST + hour * HOUR, FIRST + (hour + 3) * HOUR) for part, hour in hours))
    fill(two, 1)
    fill(three, 1)

    assert [each["label"] for each in plot_of(ahead_of(two)).sittings] == ["Morning", "Afternoon"]
    assert [each["label"] for each in plot_of(ahead_of(three)).sittings] == [
        "1st sitting, morning",
        "2nd sitting, afternoon",
        "3rd sitting, evening",
    ]


@pytest.mark.parametrize(
    ("make", "names"),
    [
        (
            make_two_days,
            ["1st sitting, Tuesday morning", "2nd sitting, Tuesday afternoon", "3rd sitting, Wednesday morning"],
        ),
        (make_night, []),
        (make_meeting, []),
    ],
)
def test_the_page_of_a_meeting_names_its_sittings_beside_their_hours_where_they_are_numbered(client, make, names):
    make()

    page = client.get("/meetings/dialogue/").content.decode()

    assert re.findall(r'<span class="sitting-name">(.*?)</span>', page)[:3] == names


def test_the_plot_of_the_longest_night_has_each_hour_once():
    meeting = make_longest_night()
    fill(meeting, 2)

    assert [each["label"] for each in plot_of(ahead_of(meeting)).hours] == [
        *("11 p.m.", "12 a.m.", "1 a.m.", "1 a.m.", "2 a.m.", "3 a.m.")
    ]


def test_the_receipt_and_the_mail_name_the_day_of_the_turn():
    meeting = make_two_days()
    fill(meeting, 8)
    with clock.stopped(OPEN):
        entry = make_inscription(meeting, make_delegation("RWA"), preferred_sitting="2016-09-07 morning")
        page = words_of(signed_in("rwa@missions.example").get(entry.get_absolute_url()))
        mails = Message.objects.filter(kind="speakers.acknowledgement")
        mail = next(written(mail).body for mail in mails if mail.to == ["rwa@missions.example"])

    assert "Likely turn Wednesday, 7 September, about 10:" in page
    assert "Preferred sitting 3rd sitting, Wednesday morning" in page
    assert "Likely time of the turn: Wednesday, 7 September, about 10:" in mail
    assert "Preferred sitting: 3rd sitting, Wednesday morning" in mail


def offered(meeting, **initial):
    form = StatementFields(initial=initial)
    form.offer_sittings(meeting)
    return list(form.fields["preferred_sitting"].choices)


def test_each_sitting_of_each_day_can_be_preferred():
    assert offered(make_two_days()) == [
        ("", "no preference"),
        ("2016-09-06 morning", "1st sitting, Tuesday morning"),
        ("2016-09-06 afternoon", "2nd sitting, Tuesday afternoon"),
        ("2016-09-07 morning", "3rd sitting, Wednesday morning"),
        ("2016-09-07 afternoon", "4th sitting, Wednesday afternoon"),
    ]


def test_a_meeting_of_one_day_offers_parts_of_it():
    assert offered(make_meeting()) == [("", "no preference"), ("morning", "morning"), ("afternoon", "afternoon")]


def test_two_sittings_in_one_part_of_a_day_can_each_be_preferred():
    assert offered(make_two_mornings()) == [
        ("", "no preference"),
        ("morning 1", "1st sitting, morning"),
        ("morning 2", "2nd sitting, morning"),
    ]
    assert offered(make_two_mornings(FIRST, SECOND, slug="two"))[3:] == [
        ("2016-09-07 morning 1", "3rd sitting, Wednesday morning"),
        ("2016-09-07 morning 2", "4th sitting, Wednesday morning"),
    ]


def test_a_preference_from_before_a_part_of_the_day_had_two_sittings_means_either():
    meeting = make_two_mornings(FIRST, SECOND)
    recorded = "2016-09-07 morning"

    assert (recorded, "Wednesday, 7 September, morning") in offered(meeting, preferred_sitting=recorded)
    assert [each.is_meant_by(recorded) for each in meeting.hours] == [False, False, True, True]


def test_a_preference_for_one_of_two_sittings_is_still_said_when_there_is_one_or_none():
    assert ("morning 2", "morning") in offered(make_meeting(), preferred_sitting="morning 2")
    recorded = "2016-09-08 morning 2"
    assert (recorded, "Thursday, 8 September, morning") in offered(
        make_two_days(slug="two"), preferred_sitting=recorded
    )


def test_a_preference_from_before_the_days_were_known_stays_on_offer():
    assert ("morning", "morning") in offered(make_two_days(), preferred_sitting="morning")


@pytest.mark.parametrize(
    ("code", "is_taken"), [("2016-09-07 morning", True), ("2016-09-08 morning", False), ("morning", True)]
)
def test_only_a_sitting_of_the_meeting_is_taken(code, is_taken):
    form = StatementFields({"language": "en", "preferred_sitting": code})
    form.offer_sittings(make_two_days())

    assert form.is_valid() is is_taken


def test_the_calendar_of_an_entry_without_a_place_has_the_sitting_of_the_day_it_prefers():
    meeting = make_two_days()
    with clock.stopped(OPEN):
        entry = make_inscription(
            meeting, make_delegation("GHA"), is_verified=False, preferred_sitting="2016-09-07 afternoon"
        )
        answer = signed_in("gha@missions.example").get(f"{entry.get_absolute_url().rstrip('/')}.ics")

    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt == local(SECOND + 15 * HOUR)


def test_the_calendar_of_a_place_names_the_day_of_the_turn():
    meeting = make_two_days()
    entry = fill(meeting, 1)[0]
    with clock.stopped(OPEN):
        answer = signed_in("a01@missions.example").get(f"{entry.get_absolute_url().rstrip('/')}.ics")

    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["summary"].startswith("A01 speaks Tuesday, 6 September, about 10:00 a.m.")


def test_samples_of_mail_name_the_day():
    assert samples.context(make_two_days())["turn"].startswith("Tuesday, 6 September, about 3:40 p.m.")


def test_the_list_on_paper_and_as_text_names_the_first_day_and_the_last():
    meeting = make_two_days()
    fill(meeting, 2)
    document = documents.live(meeting.speakers_list, at=OPEN)

    days = "Tuesday, 6 September – Wednesday, 7 September 2016"
    assert days in as_text.write(document, meeting.speakers_list).decode()
    assert days in as_pdf.page(document, meeting.speakers_list)


def test_the_sheet_for_security_names_the_days():
    manifest_facts = (sheet._date(meeting := make_two_days()), sheet._hours(meeting))  # noqa: SLF001

    assert manifest_facts == (
        "Tuesday, 6 September – Wednesday, 7 September 2016",
        "Tuesday, 6 September, 10:00 a.m.–Wednesday, 7 September, 6:00 p.m. (New York time)",
    )


def test_the_journal_of_the_list_names_days():
    meeting = make_two_days()
    fill(meeting, 1)

    entry = Entry.objects.of_stream(meeting.speakers_list.journal_stream).latest("sequence")
    assert chronicle.sentences([entry], meeting)[0].startswith("Wednesday, 31 August, 1:00 p.m., ")


def test_a_correction_that_others_have_overtaken_names_the_day_of_what_is_recorded():
    entry = make_inscription(make_two_days(), preferred_sitting="2016-09-07 morning")
    facts = {name: getattr(entry, name) for name in correcting.OWN} | {"preferred_sitting": ""}

    with pytest.raises(changing.ChangeRefused) as refused:
        correcting.correct(entry, facts, seen="of another page", by=STAFF, at=OPEN)

    assert refused.value.details == ["Preferred sitting: 3rd sitting, Wednesday morning"]


def test_the_page_of_an_entry_and_the_export_for_staff_name_the_preferred_sitting(admin_client):
    entry = make_inscription(make_two_days(), preferred_sitting="2016-09-07 afternoon")

    page = admin_client.get(f"/secretariat/speakers/inscription/{entry.pk}/change/").content.decode()
    export = with_contacts.take_out([(entry.speakers_list, [(entry, 1)])], "csv", by=STAFF, at=OPEN).decode()

    assert "4th sitting, Wednesday afternoon" in page
    assert "4th sitting, Wednesday afternoon" in export


def test_a_delegation_inscribes_with_the_sitting_of_a_day():
    make_focal_point()
    with clock.stopped(OPEN):
        address = f"{make_two_days().get_absolute_url()}speakers/inscribe/"
        answer = signed_in("rwa@missions.example").post(address, TYPED)

    assert answer.status_code == 302
    assert Inscription.objects.get().preferred_sitting == "2016-09-07 afternoon"
