"""Groups at the desk: an entry that waits for its group, and the register.  R-66"""

from datetime import timedelta

import pytest
from django.urls import reverse

import clock
from journal.models import Entry
from speakers.entries import late_requests, opening
from speakers.models import Group, Inscription, LateRequest, SpeakersList
from tests import factories
from tests.factories import DEADLINE, OPEN
from tests.secretariat import pages
from tests.secretariat.test_on_behalf import ADD, typed

LATER = DEADLINE + timedelta(hours=1)


@pytest.fixture
def meeting(at_the_desk, db):
    meeting = factories.make_meeting()
    factories.put_on_register(meeting.speakers_list, "European Union")
    factories.make_inscription(meeting, factories.make_delegation("JPN", "Japan"))
    return meeting


@pytest.fixture
def entry(meeting):
    """An entry of Ghana on behalf of a group that is not on the register, filed by its focal point."""
    return file(meeting)


def file(meeting, **changes):
    facts = {"capacity": "group", "group_name": "New Friends", "is_registered": False} | changes
    return factories.make_inscription(meeting, factories.make_delegation("GHA", "Ghana"), **facts)


def verify(officer, entry, **changes):
    facts = {"match": "", "short_name": "New Friends", "full_name": "the Group of New Friends"}
    return officer.post(pages.entry_act(entry, "verify"), facts | {"group_reason": "By letter"} | changes)


def test_the_page_says_that_the_group_is_not_on_the_register_and_offers_those_that_are(officer, entry):
    shown = officer.get(pages.entry_act(entry, "verify"))

    assert "“New Friends” is not on the register of this list, and takes no place until it is." in pages.text(shown)
    assert "European Union" in pages.text(shown)
    assert "focal point" not in [*shown.context["form"].fields]
    assert [*shown.context["form"].fields] == ["match", "short_name", "full_name", "group_reason"]


def test_the_page_marks_the_focal_point_that_filed_it(officer, entry):
    factories.make_focal_point(entry.delegation, entry.filed_by_email)

    assert f"{entry.filed_by_email} (the filer)" in pages.text(officer.get(pages.entry_act(entry, "verify")))


def test_for_a_group_only_those_may_be_named_who_may_not_speak_for_every_one(lead, meeting):
    state = factories.make_delegation("GHA", "Ghana")
    other = factories.make_delegation("AU", "African Union", category="regional_organization")
    offered = lead.get(reverse("admin:speakers_group_add")).context["adminform"].form.fields["spoken_for_by"].queryset

    assert other in offered
    assert state not in offered


def test_an_entry_from_a_stranger_asks_for_both(officer, meeting):
    entry = file(meeting, is_verified=False)

    shown = officer.get(pages.entry_act(entry, "verify"))

    assert {"match", "as_focal_point"} <= shown.context["form"].fields.keys()


def test_an_officer_matches_the_entry_to_a_group_on_the_register(officer, meeting, entry):
    without = verify(officer, entry, match="european union", group_reason="")
    verify(officer, entry, match="european union")

    entry.refresh_from_db()
    assert "This field is required." in pages.text(without)
    assert (entry.group_name, entry.is_standing) == ("European Union", True)
    assert factories.order_of(meeting) == ["GHA", "JPN"]


def test_an_officer_puts_the_group_on_the_register(officer, meeting, entry):
    verify(officer, entry)

    group = Group.named("the Group of New Friends", SpeakersList.objects.get())
    assert (group.short_name, group.full_name) == ("New Friends", "the Group of New Friends")
    assert factories.order_of(meeting) == ["GHA", "JPN"]
    assert Entry.objects.filter(act="group registered").latest("sequence").payload.actor_name == officer.staff.username


def test_many_verified_at_once_name_those_that_wait_for_their_group(officer, entry):
    chosen = {"action": "verify_chosen", "_selected_action": [entry.pk]}
    shown = officer.post(pages.list_page(), chosen, follow=True)

    assert "“New Friends” is not on the register of groups." in pages.text(shown)


def test_the_board_says_why_the_entry_waits(officer, meeting, entry):
    shown = officer.get(reverse("admin:speakers_inscription_board", args=[meeting.slug]))

    assert "“New Friends” was not on the register of groups. It takes no place until verified." in pages.text(shown)


def test_a_late_request_is_accepted_with_its_group_in_one_press(officer, meeting):
    entry = factories.an_inscription(meeting, factories.make_delegation("GHA", "Ghana"), capacity="group")
    shared = {each: getattr(entry, each) for each in ("capacity", "level", "contact_name", "contact_email")}
    late = LateRequest(speakers_list=meeting.speakers_list, delegation=entry.delegation, group_name="Friends", **shared)
    with clock.stopped(LATER):
        late_requests.file(late, by=factories.STAFF, is_on_record=True, arrived_at=LATER, key="k", digest="d")
        address = reverse("admin:speakers_laterequest_act", args=[late.pk, "accept"])
        shown = officer.get(address)
        officer.post(address, {"reason": "There is time", "match": "", "short_name": "Friends", "full_name": "Friends"})

    assert "“Friends” is not on the register of this list" in pages.text(shown)
    late.refresh_from_db()
    assert (late.inscription.is_standing, late.inscription.group_name) == (True, "Friends")


def test_an_officer_puts_a_group_on_the_register_before_anyone_files(officer, meeting):
    delegation = factories.make_delegation("GHA", "Ghana")
    on_behalf = typed(delegation, capacity="group", group_name="New Friends")
    refused = officer.post(ADD, on_behalf)

    press = {"short_name": "New Friends", "full_name": "the New Friends", "group_reason": "By letter"}
    shown = officer.get(pages.meeting_act(meeting, "register-group"))
    officer.post(pages.meeting_act(meeting, "register-group"), press | {"spoken_for_by": [delegation.pk]})
    officer.post(ADD, on_behalf)

    assert "“New Friends” is not on the register of groups." in pages.text(refused)
    assert "On the register now the European Union" in pages.text(shown)
    assert Inscription.objects.get(group_name="New Friends").is_standing
    assert Group.named("New Friends", SpeakersList.objects.get()).spoken_for_by == ["GHA"]


def test_a_group_is_not_put_on_the_register_twice(officer, meeting):
    press = {"short_name": "the european union", "full_name": "the Union", "group_reason": "By letter"}

    shown = officer.post(pages.meeting_act(meeting, "register-group"), press)

    assert list(shown.context["form"].errors) == ["short_name"]


def test_a_lead_keeps_the_register_of_all_lists_and_no_two_groups_share_a_name(lead, meeting):
    add = reverse("admin:speakers_group_add")
    facts = {"short_name": "New Friends", "full_name": "the New Friends", "other_names": "NF", "is_active": "on"}

    lead.post(add, facts)
    again = lead.post(add, facts | {"short_name": "nf"})

    group = Group.objects.get(short_name="New Friends")
    assert group.is_active
    assert "“New Friends” is on the register under one of these names." in pages.text(again)
    assert Entry.objects.get(act="added").subject == f"group/{group.pk}"


def test_a_group_taken_off_the_register_is_not_on_lists_that_open_later(lead, meeting):
    group = Group.objects.get(short_name="European Union")
    page = reverse("admin:speakers_group_change", args=[group.pk])
    lead.post(page, pages.typed(lead.get(page)) | {"is_active": ""})
    later = factories.make_meeting("later")
    opening.fix_terms_due(at=OPEN)

    registers = [Group.of_list(SpeakersList.objects.get(meeting=each)) for each in (meeting, later)]
    assert [[each.short_name for each in register] for register in registers] == [["European Union"], []]
