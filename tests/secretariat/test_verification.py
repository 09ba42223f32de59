"""Unverified entries at the desk: one page with all that the decision needs.  R-11"""

import pytest

from journal.models import Entry
from speakers.models import FocalPoint, Inscription
from tests import factories
from tests.secretariat import pages


@pytest.fixture
def meeting(at_the_desk, db):
    return factories.make_meeting()


def inscribe(meeting, name, level="PR", **changes):
    return factories.make_inscription(meeting, factories.make_delegation(name[:3].upper(), name), level, **changes)


@pytest.fixture
def entry(meeting):
    """An unverified entry of Ghana from a colleague's address, received before that of Japan."""
    unverified = inscribe(meeting, "Ghana", is_verified=False, contact_email="colleague@missions.example")
    inscribe(meeting, "Japan")
    return unverified


def page(client, entry, name="verify"):
    return client.get(pages.entry_act(entry, name))


def test_one_page_holds_all_that_the_decision_needs(officer, meeting, entry):
    factories.make_focal_point(entry.delegation, "ambassador@missions.example")
    inscribe(meeting, "Ghana", capacity="group", group_name="Friends", contact_email="ambassador@missions.example")

    shown = pages.text(page(officer, entry))

    assert "Filed from: colleague@missions.example" in shown
    assert "ambassador@missions.example (at the same domain as the filer)" in shown
    assert "Speaker: H.E. Ms. Speaker of Ghana" in shown
    assert "Receipt 3, Friends, standing, filed from ambassador@missions.example" in shown
    assert "If verified now, it takes place 2 of 3, by its original receipt." in shown


@pytest.mark.parametrize("name", ["verify", "refuse"])
def test_both_decisions_stand_on_the_page_whichever_was_opened(officer, entry, name):
    shown = page(officer, entry, name).content.decode()

    assert 'value="Verify"' in shown
    assert 'value="Refuse"' in shown
    assert len(set(_ids(shown))) == len(_ids(shown))


def _ids(html):
    return [part.split('"')[0] for part in html.split(' id="')[1:]]


def test_a_decision_from_the_other_form_is_taken_and_its_error_shown_at_its_field(officer, entry):
    without = officer.post(pages.entry_act(entry, "refuse"), {"reason": ""})
    officer.post(pages.entry_act(entry, "refuse"), {"reason": "The mission did not send it."})

    entry.refresh_from_db()
    assert "This field is required." in pages.text(without)
    assert entry.state == Inscription.State.REFUSED


def test_verifying_may_put_the_address_on_record(officer, entry):
    officer.post(pages.entry_act(entry, "verify"), {"as_focal_point": "on"})

    point = FocalPoint.objects.get(delegation=entry.delegation)
    assert (point.email, point.is_active) == ("colleague@missions.example", True)
    assert Entry.objects.get(act="focal point put on record").payload.actor_name == officer.staff.username


def test_verifying_alone_puts_no_address_on_record(officer, entry):
    officer.post(pages.entry_act(entry, "verify"))

    assert not FocalPoint.objects.exists()
    assert factories.order_of(entry.meeting) == ["GHA", "JAP"]


def test_an_address_made_inactive_before_is_named_and_made_active_only_when_asked(officer, entry):
    point = factories.make_focal_point(entry.delegation, "colleague@missions.example")
    FocalPoint.objects.filter(pk=point.pk).update(is_active=False)

    shown = pages.text(page(officer, entry))
    officer.post(pages.entry_act(entry, "verify"), {"as_focal_point": "on"})

    point.refresh_from_db()
    assert "It used to be a focal point of this delegation and has been made inactive." in shown
    assert point.is_active


def test_a_filer_who_acts_for_another_delegation_is_named_so(officer, entry):
    factories.make_focal_point(factories.make_delegation("KEN", "Kenya"), "colleague@missions.example")

    assert "It is a focal point of: Kenya" in pages.text(page(officer, entry))


def test_after_a_decision_the_next_one_comes_and_after_the_last_the_entry(officer, meeting, entry):
    other = inscribe(meeting, "Kenya", is_verified=False)
    shown = page(officer, entry).content.decode()

    first = officer.post(pages.entry_act(entry, "verify"))
    last = officer.post(pages.entry_act(other, "verify"))

    assert f'href="{pages.entry_act(other, "verify")}"' in shown
    assert first.url == pages.entry_act(other, "verify")
    assert last.url == pages.entry_page(other)


def test_what_was_filed_never_becomes_markup(officer, meeting):
    entry = inscribe(meeting, "Ghana", is_verified=False, note="<b>now</b>", contact_email="a@b.example")

    assert "<b>now</b>" not in page(officer, entry).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_any_number(officer, meeting, entry, number, django_assert_num_queries):
    for name in ["Kenya", "Nepal", "Qatar"][:number]:
        inscribe(meeting, name, is_verified=False)
        inscribe(meeting, f"{name[:2]}X")

    with django_assert_num_queries(14):
        page(officer, entry)
