"""Lists beside the main one at the desk: made, opened, closed and changed as the main one is.  R-61 R-62"""

from datetime import timedelta

import pytest
from django.urls import reverse

import clock
from dialogue.models import Meeting
from journal.models import Entry
from outbox.models import Message
from speakers.entries import opening
from speakers.models import Level, SpeakersList
from speakers.order import replaying
from tests.confirming import seen_in, twice
from tests.factories import (
    DEADLINE,
    OPEN,
    make_delegation,
    make_inscription,
    make_level,
    make_meeting,
    make_panel,
    subject_of,
)
from tests.secretariat import pages

BEFORE = OPEN - timedelta(days=30)
ADD = "/secretariat/speakers/speakerslist/add/"


def page_of(speakers_list):
    return reverse("admin:speakers_speakerslist_change", args=[speakers_list.pk])


def act_on(speakers_list, name):
    return reverse("admin:speakers_speakerslist_act", args=[speakers_list.pk, name])


@pytest.fixture
def meeting(at_the_desk, db):
    return make_meeting()


@pytest.fixture
def panel(meeting):
    return make_panel(meeting)


def new_list(client, meeting, **changes):
    """What the page of a new list would send, with a name and dates, and with `changes`."""
    typed = pages.typed(client.get(ADD, {"meeting": meeting.pk}))
    dates = {"opens_at_0": "2016-09-01", "opens_at_1": "09:00", "closes_at_0": "2016-09-02", "closes_at_1": "13:00"}
    return typed | dates | {"slug": "round-table", "title_0": "Round table"} | changes


def named(typed, english="Round table"):
    """The fields of a title in six languages, of which the English one is typed."""
    return {name: english if name.endswith("_2") else "" for name in typed if name.startswith("title_")}


def test_a_list_is_added_to_a_meeting(lead, meeting):
    _morning, afternoon = meeting.hours
    typed = new_list(lead, meeting, open_to="member_states", heard_in=str(afternoon.pk))

    answer = lead.post(f"{ADD}?meeting={meeting.pk}", typed | named(typed))

    assert answer.status_code == 302, pages.text(answer)
    made = SpeakersList.objects.get(slug="round-table")
    assert (str(made.title), made.meeting, made.open_to) == ("Round table", meeting, "member_states")
    assert made.hours == [afternoon]
    assert made.opens_at.astimezone(meeting.zone).strftime("%d %H:%M") == "01 09:00"
    entry = Entry.objects.get(stream=made.journal_stream)
    assert (entry.act, entry.subject) == ("added", f"speakerslist/{made.pk}")
    assert lead.get(f"/meetings/{meeting.slug}/lists/round-table/speakers/").status_code == 200


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"slug": ""}, "slug"),
        ({"closes_at_0": "2016-09-07"}, "closes_at"),
        ({"national_limit": "0:00:00"}, "national_limit"),
        ({"rank_groups": "20"}, "rank_member_states"),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(lead, meeting, changes, field):
    typed = new_list(lead, meeting)

    answer = lead.post(f"{ADD}?meeting={meeting.pk}", typed | named(typed) | changes)

    assert list(answer.context["adminform"].form.errors) == [field]
    assert not SpeakersList.objects.exclude(slug="").exists()


def test_a_list_needs_a_title_and_a_short_name_of_its_own(lead, meeting, panel):
    typed = new_list(lead, meeting)

    untitled = lead.post(f"{ADD}?meeting={meeting.pk}", typed | named(typed, english=""))
    again = lead.post(f"{ADD}?meeting={meeting.pk}", typed | named(typed) | {"slug": "panel"})

    assert list(untitled.context["adminform"].form.errors) == ["title"]
    assert again.context["adminform"].form.errors == {"slug": ["Another list of this meeting has this short name."]}


def test_only_those_who_lead_add_a_list(officer, reader, meeting):
    assert [client.get(ADD).status_code for client in (officer, reader)] == [403, 403]


def test_the_page_of_the_meeting_leads_to_its_other_lists_and_back(lead, meeting, panel):
    html = lead.get(pages.meeting_page(meeting)).content.decode()

    assert page_of(panel) in html
    assert f"{ADD}?meeting={meeting.pk}" in html
    assert pages.meeting_page(meeting) in lead.get(page_of(panel)).content.decode()
    assert lead.get(page_of(meeting.speakers_list)).url == pages.meeting_page(meeting)


def test_the_page_of_a_list_that_has_opened_keeps_what_is_fixed(lead, meeting, panel):
    typed = pages.typed(lead.get(page_of(panel)))

    assert not {"slug", "opens_at_0", "policy", "open_to", "heard_in", "rank_groups", "closes_at_0"} & typed.keys()
    answer = lead.post(page_of(panel), typed | {"national_limit": "0:02:00"})

    assert answer.status_code == 302, pages.text(answer)
    panel.refresh_from_db()
    assert panel.national_limit == timedelta(minutes=2)


def test_a_list_that_has_an_entry_before_it_opens_keeps_what_is_fixed_but_not_its_opening(lead, meeting, panel):
    """As when a speaker of civil society is selected early."""
    SpeakersList.objects.filter(pk=panel.pk).update(opens_at=OPEN + timedelta(days=1))
    panel.refresh_from_db()
    opening.fix_terms(panel, at=OPEN)
    typed = pages.typed(lead.get(page_of(panel)))

    moved = {"opens_at_0": "2016-09-01", "opens_at_1": "09:30", "policy": "lots", "rank_groups": "70"}
    answer = lead.post(page_of(panel), typed | moved)

    assert not {"policy", "open_to", "heard_in", "rank_groups", "level_before_band"} & typed.keys()
    assert answer.status_code == 302, pages.text(answer)
    stored = SpeakersList.objects.get(pk=panel.pk)
    assert stored.opens_at.astimezone(meeting.zone).strftime("%d %H:%M") == "01 09:30"
    assert (stored.policy, stored.ranks) == (panel.policy, panel.ranks)
    assert replaying.differences(stored) == []


def test_a_page_that_is_saved_counts_no_receipt_again(lead, meeting, panel):
    """While the page was open, and while it is saved, others inscribe: the counters are theirs."""
    typed = pages.typed(lead.get(page_of(panel)))
    make_inscription(panel.meeting_at_hand, make_delegation("RWA"))

    lead.post(page_of(panel), typed | {"national_limit": "0:02:00"})

    panel.refresh_from_db()
    assert (panel.last_receipt_no, panel.national_limit) == (1, timedelta(minutes=2))


def test_the_page_of_a_list_that_has_not_opened_changes_all_its_terms(lead, meeting):
    panel = make_panel(meeting, opens_at=OPEN + timedelta(hours=1))
    morning, _afternoon = meeting.hours
    typed = pages.typed(lead.get(page_of(panel)))

    changes = {"open_to": "members_and_observers", "heard_in": str(morning.pk), "rank_un_system": "65"}
    answer = lead.post(page_of(panel), typed | changes)

    assert answer.status_code == 302, pages.text(answer)
    panel.refresh_from_db()
    assert (panel.open_to, panel.heard_in, panel.ranks["un_system"]) == ("members_and_observers", [morning.pk], 65)


def test_another_list_has_limits_and_levels_of_its_own(lead, meeting):
    for code in ("HOS", "PR"):
        make_level(code)
    panel = make_panel(meeting, opens_at=OPEN + timedelta(hours=1))
    typed = pages.typed(lead.get(page_of(panel)))

    limit = {"limits-0-band": "observers", "limits-0-level": "HOS", "limits-0-limit": "0:01:30"}
    answer = lead.post(page_of(panel), typed | limit | {"own_levels-0-code": "HOS", "own_levels-0-class": "7"})

    assert answer.status_code == 302, pages.text(answer)
    panel.refresh_from_db()
    assert panel.limits == [{"band": "observers", "level": "HOS", "seconds": 90}]
    assert panel.own_levels == [{"code": "HOS", "class": 7}]
    assert [level.code for level in Level.of_list(panel)] == ["HOS"]
    main = SpeakersList.objects.get(slug="")
    assert (main.limits, main.own_levels) == ([], [])


def test_the_limits_of_an_open_list_change_and_its_levels_do_not(lead, meeting, panel):
    make_level("HOS")
    typed = pages.typed(lead.get(page_of(panel)))

    lead.post(page_of(panel), typed | {"limits-0-level": "HOS", "limits-0-limit": "0:04:00"})
    refused = lead.post(page_of(panel), typed | {"limits-0-level": "HOS", "limits-0-limit": "0:00:05"})

    panel.refresh_from_db()
    assert panel.limits == [{"band": "", "level": "HOS", "seconds": 240}]
    assert not any(name.startswith("own_levels") for name in typed)
    assert refused.context["adminform"].form.errors == {
        "limits": ["Panel: HOS: A limit must be a whole number of seconds from 15 to 3600."]
    }


def test_the_acts_of_the_main_list_are_acts_of_another_too(lead, meeting, panel):
    make_inscription(panel.meeting_at_hand, make_delegation("RWA"))
    opening.fix_terms_due(at=OPEN)

    offered = {each.rpartition("/acts/")[2].strip("/") for each in pages.links(lead.get(page_of(panel)), "/acts/")}

    assert offered >= {"change-deadline", "close-list", "extend", "change-order", "change-scope", "publish-revision"}
    assert "shift-clock" not in offered
    assert {lead.get(act_on(panel, name)).status_code for name in offered} == {200}


def test_another_list_is_closed_published_and_its_deadline_moved_by_itself(lead, meeting, panel):
    make_inscription(panel.meeting_at_hand, make_delegation("RWA"))
    moved = {"closes_at_0": "2016-09-03", "closes_at_1": "12:00", "reason": "More time"}

    twice(lead, act_on(panel, "change-deadline"), moved)
    lead.post(act_on(panel, "publish-revision"), {"comment": ""})
    answer = twice(lead, act_on(panel, "close-list"), {"reason": "Full"})

    assert answer.url == page_of(panel)
    panel.refresh_from_db()
    assert panel.closes_at.astimezone(meeting.zone).strftime("%d %H:%M") == "03 12:00"
    assert panel.closed_at == OPEN
    assert [each.kind for each in panel.revisions.order_by("number")] == ["published", "established"]
    main = SpeakersList.objects.get(slug="")
    assert (main.closes_at, main.closed_at, main.revisions.count()) == (DEADLINE, None, 0)
    assert [each.act for each in Entry.objects.of_stream(main.journal_stream)] == []


def test_who_may_inscribe_is_changed_by_an_act_that_all_inscribed_read(lead, meeting, panel):
    make_inscription(panel.meeting_at_hand, make_delegation("RWA", "Rwanda"))
    morning, _afternoon = meeting.hours
    typed = {"open_to": "member_states", "heard_in": [morning.pk], "reason": "Asked by the chair"}

    asked = lead.post(act_on(panel, "change-scope"), typed)
    lead.post(act_on(panel, "change-scope"), typed | {"seen": seen_in(asked)})

    assert "No entry moves." in pages.text(asked)
    panel.refresh_from_db()
    assert (panel.open_to, panel.heard_in) == ("member_states", [morning.pk])
    mail = Message.objects.get(kind="speakers.terms")
    assert subject_of(mail) == "The terms of the list have changed: Rwanda stays at place 1"
    assert "Open to: Member States only. Heard in: morning." in mail.body
    assert "Asked by the chair" in mail.body
    assert not Message.objects.filter(kind="speakers.order").exists()
    assert Message.objects.filter(kind="speakers.notice_terms").count() == 1
    assert Entry.objects.of_stream(panel.journal_stream).filter(act="order changed").count() == 1


def test_a_meeting_that_is_saved_keeps_the_list_that_the_room_hears(lead, meeting, panel):
    typed = pages.typed(lead.get(pages.meeting_page(meeting)))
    Meeting.objects.update(hears="panel")

    answer = lead.post(pages.meeting_page(meeting), typed | {"personal_data_days": "80"})

    assert answer.status_code == 302, pages.text(answer)
    meeting.refresh_from_db()
    assert (meeting.hears, meeting.personal_data_days) == ("panel", 80)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_all_lists_costs_the_same_for_one_and_for_three(
    lead, meeting, count, django_assert_max_num_queries
):
    for number in range(count - 1):
        make_panel(meeting, slug=f"panel-{number}")

    with clock.stopped(OPEN), django_assert_max_num_queries(12):
        answer = lead.get("/secretariat/speakers/speakerslist/")

    assert len(pages.cells(answer, "named")) == count
