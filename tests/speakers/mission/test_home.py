"""*My mission*: everything of a person's own, nothing of others', in few statements.  R-12 R-22 R-43 R-59 R-62 R-64"""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import clock
from acts.locking import locked
from floor.acts import absence
from floor.acts import calling as floor_calling
from outbox.models import Message
from speakers.entries import calling, joining, opening
from speakers.mission import own_entries
from speakers.models import Inscription, SpeakersList
from speakers.moves import swapping
from tests.days import make_two_days
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    make_panel,
    signed_in,
)
from tests.floor.room import conclude, press

pytestmark = pytest.mark.django_db
HOME = "/mission/"
AT_MOST = 4


@pytest.fixture(autouse=True)
def _clock():
    with clock.stopped(OPEN):
        yield


@pytest.fixture
def meeting():
    return make_meeting()


@pytest.fixture
def delegate(meeting):
    make_focal_point(make_delegation("RWA", "Rwanda"))
    make_focal_point(make_delegation("KEN", "Kenya"))
    return signed_in("rwa@missions.example")


def text(answer):
    assert answer.status_code == 200
    main = answer.content.decode().partition("<main")[2].partition(">")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def make_two_ahead(meeting):
    """Two entries that come before all others, so that these may swap."""
    for code in ("AAA", "BBB"):
        make_inscription(meeting, make_delegation(code), level="HOS")


def waits(client):
    return [each.words for each in client.get(HOME).context["waiting"]]


def sign_in_by_link(client, path):
    """Ask at `path` for a link, press its button, and follow. Returns the answer."""
    client.post(path, {"email": "rwa@missions.example", **dict(re.findall(r"[?&](\w+)=([^&]+)", path))})
    link = re.search(r"https?://[^/\s]+(/\S+)", Message.objects.get(kind="sign-in").body)[1]
    return client.post(link, follow=True)


def test_a_person_who_signs_in_lands_at_home(client, delegate):
    answer = sign_in_by_link(client, "/meetings/dialogue/speakers/sign-in/")

    assert answer.request["PATH_INFO"] == HOME
    assert text(answer).startswith("My mission Rwanda")


def test_one_on_the_way_to_the_form_lands_on_the_form(client, delegate):
    asked = client.get("/meetings/dialogue/speakers/inscribe/")
    answer = sign_in_by_link(client, asked.url)

    assert answer.request["PATH_INFO"] == "/meetings/dialogue/speakers/inscribe/"


def test_a_visitor_is_sent_to_sign_in_at_the_next_meeting_or_where_none_comes_to_all_meetings(client, meeting):
    assert client.get(HOME).url == "/meetings/dialogue/speakers/sign-in/"
    with clock.stopped(meeting.ends_at):
        assert client.get(HOME).url == "/"


def test_each_entry_has_its_place_and_its_likely_turn_in_words_and_as_a_bar(delegate, meeting):
    for _number in range(2):
        make_inscription(meeting, make_delegation(f"AA{_number}"))
    make_inscription(meeting, make_delegation("RWA"))

    answer = delegate.get(HOME)
    [place] = answer.context["mission"].meetings[0].lists[0].places

    assert (place.number, place.before) == (3, 2)
    assert "Place 3 of 3 Likely turn about 10:10 a.m. New York time" in text(answer)
    assert [(each["name"], each["hours"]) for each in place.bar.sittings] == [
        ("Morning", "10:00 a.m.–1:00 p.m."),
        ("Afternoon", "3:00–6:00 p.m."),
    ]
    assert place.bar.words == "Likely turn: about 10:10 a.m. (morning, 10:00 a.m.–1:00 p.m.)."
    assert place.bar.turn["x"] < place.bar.sittings[0]["width"] < place.bar.sittings[1]["x"]
    assert (place.bar.now, place.bar.day) == (None, "")


def test_the_bar_runs_in_the_reading_direction(delegate, meeting):
    make_inscription(meeting, make_delegation("RWA"))

    bars = [_bar(delegate.get(HOME, headers={"accept-language": language})) for language in ("fr", "ar")]

    for french, arabic in zip(*([bar.turn, *bar.sittings] for bar in bars), strict=True):
        assert arabic["x"] == bars[1].width - french["x"] - french["width"]
    assert [bar.sittings[0]["begins_at"] for bar in bars] == [0, bars[1].width]


def _bar(answer):
    return answer.context["mission"].meetings[0].lists[0].places[0].bar


def test_a_line_of_the_programme_takes_its_time_and_one_without_an_hour_takes_none(delegate, meeting):
    make_inscription(meeting, make_delegation("RWA"))
    slots = [("heading", "Dialogue", None), ("opening", "Opening", meeting.starts_at), ("floor", "Floor", None)]
    for position, (kind, title, at) in enumerate(slots):
        meeting.slots.create(position=position, kind=kind, title={"en": title}, starts_at=at)
    meeting.floor_opens_at = meeting.starts_at + timedelta(hours=1)
    meeting.save()

    assert "Likely turn about 11:00 a.m." in text(delegate.get(HOME))


def test_at_a_meeting_of_several_days_the_bar_is_that_of_the_day_which_it_names(delegate):
    meeting = make_two_days(slug="two-days")
    SpeakersList.objects.filter(meeting=meeting).update(heard_in=[meeting.hours[-1].pk])
    meeting.refresh_from_db()
    make_inscription(meeting, make_delegation("RWA"), at=meeting.speakers_list.opens_at)
    with clock.stopped(meeting.speakers_list.opens_at):
        found = {each.meeting: each for each in delegate.get(HOME).context["mission"].meetings}

    [place] = found[meeting].lists[0].places
    assert place.bar.day
    assert place.bar.day in place.turn
    assert place.bar.day in place.bar.words


def test_during_the_meeting_the_page_says_where_the_room_is(delegate, meeting):
    first, *_others = [make_inscription(meeting, make_delegation(code)) for code in ("AAA", "BBB", "RWA")]
    at = meeting.starts_at + timedelta(minutes=30)
    with locked(meeting.speakers_list) as speakers_list:
        calling.call(first, speakers_list, by=STAFF, at=at)

    with clock.stopped(at):
        answer = delegate.get(HOME)
    [place] = answer.context["mission"].meetings[0].lists[0].places

    assert "In the room Place 1 was called last. 1 comes before you." in text(answer)
    assert 0 < place.bar.now < place.bar.sittings[0]["width"]


def test_what_waits_is_named_and_a_swap_first(delegate, meeting):
    make_two_ahead(meeting)
    own = make_inscription(meeting, make_delegation("RWA"), speaker_name="")
    other = make_inscription(meeting, make_delegation("KEN"))
    assert waits(delegate) == ["The speaker of Rwanda is to be confirmed."]

    swapping.propose(other, partner=own, by=STAFF, at=OPEN)
    joining.ask(other, [make_delegation("RWA")], by=STAFF, at=OPEN)

    assert waits(delegate)[:2] == [
        "Kenya proposes to Rwanda to exchange places.",
        "Kenya asks Rwanda to join its statement.",
    ]
    assert "You have proposed to Rwanda" in text(signed_in("ken@missions.example").get(HOME))
    with clock.stopped(OPEN + timedelta(hours=24)):
        assert "Kenya proposes to Rwanda to exchange places." not in waits(delegate)


def test_a_text_waits_from_a_day_before_the_turn_is_likely_and_not_from_a_day_before_the_meeting():
    meeting = make_two_days()
    for code in ("AAA", "BBB", "CCC", "DDD", "EEE", "FFF", "GGG", "HHH", "III", "RWA"):
        make_focal_point(make_inscription(meeting, make_delegation(code)).delegation)
    first, second = signed_in("aaa@missions.example"), signed_in("rwa@missions.example")
    found = []
    for before in (timedelta(hours=26), timedelta(hours=23), timedelta(minutes=1)):
        with clock.stopped(meeting.starts_at - before):
            found.append([len(waits(first)), len(waits(second))])

    assert found == [[0, 0], [1, 0], [1, 0]]
    assert _turn(second).day == meeting.starts_at.day + 1


def _turn(client):
    return client.get(HOME).context["mission"].meetings[0].lists[0].places[0].speaks_at


def test_after_closing_an_inscribed_delegation_sees_its_entry_and_is_offered_a_late_request(delegate, meeting):
    make_inscription(meeting, make_delegation("RWA"))
    with clock.stopped(DEADLINE):
        shown = text(delegate.get(HOME))

    assert "Place 1 of 1" in shown
    assert "The list was closed on Thursday, 1 September 2016" in shown
    assert "File a late request" in shown


def test_a_delegation_to_which_a_list_is_not_open_is_not_offered_to_inscribe_there(delegate, meeting):
    panel = make_panel(meeting, open_to="member_states")
    make_focal_point(make_delegation("VAT", band="observers", category="observer_state"), "vat@missions.example")
    opening.fix_terms(SpeakersList.objects.with_places().get(pk=panel.pk), at=OPEN)
    offered = f"{meeting.get_absolute_url()}lists/panel/speakers/inscribe/"

    pages = [each.get(HOME).content.decode() for each in (delegate, signed_in("vat@missions.example"))]

    assert [offered in page for page in pages] == [True, False]
    assert [f'{meeting.get_absolute_url()}speakers/inscribe/"' in page for page in pages] == [True, True]


def test_a_focal_point_of_several_delegations_sees_all_of_theirs_and_none_of_others(delegate, meeting):
    make_focal_point(make_delegation("UGA", "Uganda"), "rwa@missions.example")
    make_focal_point(make_delegation("UGA"), "second@missions.example")
    for code in ("RWA", "KEN", "UGA"):
        make_inscription(meeting, make_delegation(code))

    shown = text(delegate.get(HOME))

    assert "Rwanda, receipt 1" in shown
    assert "Uganda, receipt 3" in shown
    assert "Kenya" not in shown
    assert "second@missions.example" in shown
    assert "ken@missions.example" not in shown


def test_who_is_no_longer_a_focal_point_sees_neither_entries_nor_colleagues(delegate, meeting):
    make_inscription(meeting, make_delegation("RWA"))
    make_delegation("RWA").focal_points.update(is_active=False)

    answer = delegate.get(HOME)

    assert answer.context["mission"].meetings[0].lists[0].places == []
    assert answer.context["mission"].colleagues == {}


def test_an_unpublished_meeting_and_one_that_is_over_are_not_there(delegate, meeting):
    make_meeting("hidden", is_published=False)
    with clock.stopped(meeting.ends_at):
        assert delegate.get(HOME).context["mission"].meetings == []
        assert len(delegate.get("/meetings/dialogue/speakers/own/").context["mission"].meetings) == 1
    assert delegate.get("/meetings/hidden/speakers/own/").status_code == 404
    assert [each.meeting.slug for each in delegate.get(HOME).context["mission"].meetings] == ["dialogue"]


def test_while_a_debate_overruns_its_entries_stay_until_the_room_is_concluded(client, delegate, meeting):
    make_inscription(meeting, make_delegation("AAA"), level="HOS")
    make_inscription(meeting, make_delegation("RWA"))
    press(meeting, floor_calling.call)
    late = meeting.ends_at + timedelta(hours=1)

    with clock.stopped(late), CaptureQueriesContext(connection) as queries:
        answer = delegate.get(HOME)
    [own] = answer.context["mission"].meetings

    assert (own.lists[0].places[0].number, len(queries) <= AT_MOST) == (2, True)
    assert "Place 2 of 2" in text(answer)
    with clock.stopped(late):
        assert client.get(HOME).url == "/meetings/dialogue/speakers/sign-in/"
    with clock.stopped(meeting.ends_at + own_entries.OVERRUN):
        assert delegate.get(HOME).context["mission"].meetings == []

    press(meeting, absence.note_absence, late)
    conclude(meeting, late)

    with clock.stopped(late):
        assert delegate.get(HOME).context["mission"].meetings == []


@pytest.mark.parametrize("many", [1, 4])
def test_the_page_costs_four_statements_however_many_meetings_lists_and_entries(delegate, meeting, many):
    for number in range(many):
        another = make_meeting(f"another-{number}")
        panel = make_panel(another)
        for entry_of in (another, panel.meeting_at_hand):
            make_two_ahead(entry_of)
            own = make_inscription(entry_of, make_delegation("RWA"))
            other = make_inscription(entry_of, make_delegation("KEN"))
            swapping.propose(other, partner=own, by=STAFF, at=OPEN)

    with CaptureQueriesContext(connection) as queries:
        answer = delegate.get(HOME)

    assert len([each for each in answer.context["waiting"] if each.is_asked]) == 2 * many
    assert len(queries) <= AT_MOST, [each["sql"][:120] for each in queries]
    assert Inscription.objects.count() == 8 * many
