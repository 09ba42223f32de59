"""The forecast from the room: factor, turns, alerts, end of the sitting, planned against done.  R-37 R-42 to R-45

R-43 R-44
"""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clock
from dialogue.models import Sitting
from floor import standings
from floor.acts import absence, calling, pausing, suspending, undoing
from floor.acts.acting import FloorRefused
from floor.forecast import live_advice, live_forecast, live_plot, own_turns
from floor.mail import alerting
from outbox.models import Message
from speakers.entries import withdrawing
from speakers.forecast.turns import FACTOR_AT_FIRST, factor_of
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting, subject_of
from tests.floor.room import OPENS, after, conclude, entry, make_room, press, speak

pytestmark = pytest.mark.django_db
CODES = [f"D{number:02d}" for number in range(1, 16)]
MINUTE = 60


def foresee(meeting, at=OPENS):
    floor = standings.read(meeting)
    return floor, live_forecast.of(floor, at)


def about(meeting, code, at=OPENS):
    floor, foreseen = foresee(meeting, at)
    return live_forecast.about(floor, foreseen, floor.find(entry(meeting, code).public_id).turn)


def alerts():
    """The subjects of all alerts, in the order in which they were posted."""
    return [subject_of(each) for each in Message.objects.filter(kind="floor.alert").order_by("pk")]


def alerted_by(act, *arguments, **facts):
    """Do `act`, and return the subjects of the alerts that it caused."""
    before = len(alerts())
    act(*arguments, **facts)
    return alerts()[before:]


def test_until_eight_have_spoken_a_slot_costs_as_guessed_and_then_what_they_took():
    meeting = make_room(*CODES)
    for number in range(7):
        speak(meeting, number * 4 * MINUTE, number * 4 * MINUTE + 200)
    assert factor_of(live_forecast.delivered(standings.read(meeting))) == FACTOR_AT_FIRST

    speak(meeting, 7 * 4 * MINUTE, 7 * 4 * MINUTE + 240)
    foreseen = foresee(meeting, after(32 * MINUTE))[1]

    assert foreseen.forecast.factor == pytest.approx(240 / 180)


def test_time_between_two_sittings_counts_for_no_one():
    meeting = make_room(*CODES)
    lunch = int((Sitting.objects.get(part="morning").ends_at - OPENS).total_seconds())
    speak(meeting, lunch - 200, lunch - 10)
    speak(meeting, lunch + 2 * 3600, lunch + 2 * 3600 + 180)

    took = [each.took for each in live_forecast.delivered(standings.read(meeting))]

    assert took == [timedelta(seconds=190), timedelta(seconds=180)]


def test_a_suspension_between_two_statements_counts_for_no_one():
    meeting = make_room(*CODES)
    speak(meeting, 0, 180)
    suspending.suspend(meeting, by=STAFF, at=after(190))
    suspending.resume(meeting, by=STAFF, at=after(190 + 20 * MINUTE))
    speak(meeting, 200 + 20 * MINUTE, 380 + 20 * MINUTE)

    took = [each.took for each in live_forecast.delivered(standings.read(meeting))]

    assert took == [timedelta(seconds=200), timedelta(seconds=180)]


def test_a_suspension_in_the_middle_of_a_statement_is_left_out_once():
    meeting = make_room(*CODES)
    press(meeting, calling.call)
    press(meeting, calling.begin)
    suspending.suspend(meeting, by=STAFF, at=after(60))
    suspending.resume(meeting, by=STAFF, at=after(60 + 20 * MINUTE))
    press(meeting, pausing.go_on, after(70 + 20 * MINUTE))
    press(meeting, calling.end, after(190 + 20 * MINUTE))
    speak(meeting, 230 + 20 * MINUTE, 300 + 20 * MINUTE)

    took = [each.took for each in live_forecast.delivered(standings.read(meeting))]

    assert took == [timedelta(seconds=180 + 40), timedelta(seconds=70)]


def test_a_turn_moves_with_what_happens_in_the_room():
    meeting = make_room(*CODES)
    press(meeting, calling.call, after(0))
    press(meeting, calling.begin, after(0))

    assert about(meeting, "D03", after(0)) == "about 11:10 a.m."
    assert about(meeting, "D03", after(20 * MINUTE)) == "about 11:25 a.m."


NEAR_THE_FIRST = [
    "D02: you are next",
    "D03: 1 speaker before you",
    *[f"D{number:02d}: {number - 2} speakers before you" for number in range(4, 13)],
]


def test_each_waiting_entry_is_alerted_once_at_ten_five_and_one_before_it_by_the_act_itself():
    meeting = make_room(*CODES)

    assert alerted_by(press, meeting, calling.call) == NEAR_THE_FIRST
    assert alerted_by(press, meeting, calling.begin) == []
    assert alerted_by(press, meeting, calling.end, after(180)) == []
    assert alerted_by(press, meeting, calling.call, after(200)) == [
        "D04: 1 speaker before you",
        "D08: 5 speakers before you",
        "D13: 10 speakers before you",
    ]
    assert alerted_by(alerting.alert_rooms, at=after(200)) == []


def test_an_alert_says_about_when_the_turn_comes():
    meeting = make_room(*CODES)

    press(meeting, calling.call)

    assert (
        "Likely time of your turn: about 11:25 a.m. (11:25–11:30 a.m.)"
        in Message.objects.get(subject__startswith="D07").body
    )


def test_an_act_that_is_refused_alerts_no_one():
    meeting = make_room(*CODES)

    with pytest.raises(FloorRefused):
        calling.call(meeting, expected_current="somebody", by=STAFF, at=OPENS)

    assert alerts() == []


def test_an_entry_moved_back_is_alerted_again_when_it_comes_near_again():
    meeting = make_room(*CODES)
    speak(meeting, 0, 180)
    press(meeting, calling.call, after(200))

    assert alerted_by(press, meeting, undoing.undo, after(210)) == []
    assert "D04: 1 speaker before you" in alerted_by(press, meeting, calling.call, after(220))


def test_an_absent_entry_at_the_end_brings_no_one_nearer_and_is_alerted_of_its_new_place():
    meeting = make_room("D01", "D02", "D03")
    press(meeting, calling.call)

    assert alerted_by(press, meeting, absence.note_absence) == ["D01: 2 speakers before you"]


def test_a_withdrawal_brings_others_nearer_and_they_are_alerted_within_seconds():
    meeting = make_room(*CODES)
    press(meeting, calling.call)
    withdrawing.withdraw(entry(meeting, "D02"), by=STAFF, at=OPENS)

    assert alerted_by(alerting.alert_rooms, at=OPENS) == [
        "D04: 1 speaker before you",
        "D08: 5 speakers before you",
        "D13: 10 speakers before you",
    ]


def test_alerting_takes_the_same_few_queries_whether_one_is_near_or_eleven():
    few, many = make_room("E01", "E02", slug="few"), make_room(*CODES)
    spent = []
    for meeting in (few, many):
        with CaptureQueriesContext(connection) as statements:
            press(meeting, calling.call)
        spent.append([each["sql"] for each in statements])

    assert len(spent[0]) == len(spent[1])


def test_five_minutes_before_the_sitting_ends_the_officer_is_shown_how_many_can_still_be_heard():
    meeting = make_room(*CODES)
    hour = Sitting.objects.get(part="morning").ends_at
    speak(meeting, 0, 180)

    def lines(minutes):
        at = hour - timedelta(minutes=minutes)
        return live_advice.of(*foresee(meeting, at), at).lines

    assert lines(5)[0] == "The sitting ends at 1:00 p.m.: 1 more statement can be heard before then."
    assert lines(4)[0] == "The sitting ends at 1:00 p.m.: 0 more statements can be heard before then."
    assert "The sitting ends" not in " ".join(lines(6))


def test_the_console_shows_it_even_if_no_one_acts(officer):
    meeting = make_room(*CODES)
    hour = Sitting.objects.get(part="morning").ends_at
    speak(meeting, 0, 180)

    def told(minutes):
        with clock.stopped(hour - timedelta(minutes=minutes)):
            page = officer.get("/meetings/dialogue/floor/").content.decode()
            return officer.get("/meetings/dialogue/floor/state.json").json()["advice"], page

    news, page = told(6)
    assert (news, 'data-advice=""' in page) == ("", True)
    news, page = told(5)
    assert news.startswith("The sitting ends at 1:00 p.m.: 1 more statement can be heard before then.")
    assert f'data-advice="{news}"' in page


def test_the_console_says_about_when_each_waiting_entry_speaks(officer):
    make_room(*CODES)

    with clock.stopped(OPENS):
        page = officer.get("/meetings/dialogue/floor/").content.decode()

    assert page.count('class="upcoming-likely"') == len(CODES)
    assert '<p class="upcoming-likely">about 11:05 a.m.</p>' in page


def test_nothing_is_advised_once_the_meeting_is_concluded():
    meeting = make_room(*CODES)
    hour = Sitting.objects.get(part="morning").ends_at
    conclude(meeting, OPENS)

    assert live_advice.of(*foresee(meeting, hour), hour).lines == []


def test_an_overrun_is_shown_with_the_limit_that_would_still_fit_all():
    meeting = make_room(*CODES)
    late = Sitting.objects.get(part="afternoon").ends_at - timedelta(minutes=50)
    speak(meeting, 0, 180)

    advice = live_advice.of(*foresee(meeting, late), late)

    assert advice.is_urgent
    assert "The time allows 11 of 14 statements: 3 are too many." in advice.lines
    assert "All can speak with this limit: 153 seconds. Suggested limit: 150 seconds." in advice.lines
    assert advice.shorter == "national_limit=2%3A30&group_limit=2%3A30&civil_society_limit=2%3A30"


def test_the_suggested_limit_is_filled_in_where_the_officer_may_set_it(officer):
    meeting = make_room(*CODES)
    meeting.speakers_list.group_limit = timedelta(minutes=2)
    meeting.speakers_list.save()
    late = Sitting.objects.get(part="afternoon").ends_at - timedelta(minutes=50)
    speak(meeting, 0, 180)

    with clock.stopped(late):
        page = officer.get("/meetings/dialogue/floor/").content.decode()
        asked = re.search(r'href="([^"]*limits/\?[^"]*)"', page)[1]
        form = officer.get(unescape(asked)).context["form"]

    assert (form["national_limit"].value(), form["group_limit"].value()) == ("2:30", "2:00")


def test_planned_done_and_likely_are_drawn_and_said_in_a_table():
    meeting = make_room(*CODES)
    speak(meeting, 0, 180)
    speak(meeting, 252, 432)
    at = after(504)

    floor, foreseen = foresee(meeting, at)
    picture = live_plot.of(floor, foreseen, at)

    assert picture.rows[0] == {"at": "1:00 p.m.", "sitting": "morning", "planned": 15, "done": 2, "likely": 15}
    assert len(picture.done.split()) == 4
    assert len(picture.planned.split()) == 16
    assert len(picture.likely.split()) == 14


def test_without_an_entry_or_an_hour_for_it_nothing_is_drawn():
    assert live_plot.of(*foresee(make_meeting("empty")), OPENS) is None

    meeting = make_room("AAA")
    Sitting.objects.filter(meeting=meeting).delete()
    assert live_plot.of(*foresee(meeting), OPENS) is None


def test_the_page_of_the_officer_costs_the_same_whatever_the_number_of_entries(officer):
    meeting = make_room("AAA")
    with clock.stopped(OPENS):
        with CaptureQueriesContext(connection) as one:
            assert officer.get("/meetings/dialogue/floor/forecast/").status_code == 200
        for code in ["BBB", "CCC", "DDD"]:
            make_inscription(meeting, make_delegation(code))
        with CaptureQueriesContext(connection) as more:
            page = officer.get("/meetings/dialogue/floor/forecast/").content.decode()

    assert len(one) == len(more)
    assert "about 11:05 a.m." in page


def test_a_delegation_reads_on_its_telephone_about_when_it_speaks(client):
    meeting = make_room(*CODES)
    (own,) = own_turns.of(standings.read(meeting), [entry(meeting, "D05").public_id], OPENS)

    assert own.about == "about 11:15 a.m. (11:15–11:20 a.m.)"


def test_only_officers_see_the_forecast_of_the_room(client, sign_in):
    make_room()

    assert client.get("/meetings/dialogue/floor/forecast/").status_code == 302
    assert sign_in("Read only").get("/meetings/dialogue/floor/forecast/").status_code == 403


def test_a_delegation_that_is_not_on_the_list_has_no_turn_of_its_own():
    assert own_turns.of(standings.read(make_room(*CODES)), [uuid4()], OPENS) == []
