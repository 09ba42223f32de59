"""Several lists of one meeting: what each has of its own.  R-62"""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from journal.models import Entry
from outbox.models import Message
from speakers.entries import closing
from speakers.models import SpeakersList
from speakers.order import precedence
from speakers.publishing import revisions
from tests.factories import DEADLINE, OPEN, STAFF, an_inscription, make_delegation, make_inscription, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def plenary():
    return make_meeting().speakers_list


@pytest.fixture
def panel(plenary):
    """A second list of the same meeting, which closes a day after the first."""
    return SpeakersList.objects.create(
        meeting=plenary.meeting,
        slug="panel",
        title={"en": "Panel"},
        opens_at=plenary.opens_at,
        closes_at=plenary.closes_at + timedelta(days=1),
        policy=SpeakersList.Policy.RECEIPT_ONLY,
    )


def inscribed(speakers_list, *codes, at=OPEN):
    """Entries of the delegations `codes`, in that order, on `speakers_list`."""
    meeting = speakers_list.meeting
    meeting.speakers_list = speakers_list
    return [make_inscription(meeting, make_delegation(code), at=at) for code in codes]


def codes_of(speakers_list):
    return [place.inscription.delegation.code for place in precedence.speaking_order(speakers_list)]


def test_two_lists_of_a_meeting_are_numbered_and_established_apart(plenary, panel):
    of_plenary, of_panel = inscribed(plenary, "AAA", "BBB"), inscribed(panel, "BBB", "AAA")

    closing.close_due_lists(at=DEADLINE + timedelta(seconds=10))

    assert [entry.receipt_no for entry in [*of_plenary, *of_panel]] == [1, 2, 1, 2]
    assert (codes_of(plenary), codes_of(panel)) == (["AAA", "BBB"], ["BBB", "AAA"])
    plenary.refresh_from_db()
    panel.refresh_from_db()
    assert (plenary.closed_at, panel.closed_at) == (DEADLINE, None)
    assert (plenary.revisions.count(), panel.revisions.count()) == (1, 0)


def test_each_list_has_its_own_chain_in_the_journal(plenary, panel):
    inscribed(plenary, "AAA")
    inscribed(panel, "AAA", "BBB")

    chains = {each.journal_stream: Entry.objects.of_stream(each.journal_stream).count() for each in (plenary, panel)}

    assert chains == {"meeting/dialogue": 1, "meeting/dialogue/panel": 2}


def test_each_list_has_its_own_clock_for_late_comers(plenary, panel):
    with pytest.raises(Exception, match="closed"):
        inscribed(plenary, "AAA", at=DEADLINE)

    assert [entry.receipt_no for entry in inscribed(panel, "AAA", at=DEADLINE)] == [1]


def test_the_revisions_of_another_list_name_it_and_are_numbered_from_one(plenary, panel):
    inscribed(plenary, "AAA")
    inscribed(panel, "AAA")

    first = revisions.publish(plenary, comment="", by=STAFF, as_at=OPEN, at=OPEN)
    other = revisions.publish(panel, comment="", by=STAFF, as_at=OPEN, at=OPEN)

    assert (first.number, other.number) == (1, 1)
    assert ("list" in first.document, other.document["list"]) == (False, "panel")


def test_every_acknowledgement_is_mailed_though_the_numbers_are_the_same(plenary, panel):
    inscribed(plenary, "AAA")
    inscribed(panel, "AAA")

    assert Message.objects.filter(kind="speakers.acknowledgement").count() == 2


@pytest.mark.parametrize("page", ["speakers/", "speakers.json", "speakers/revisions/", "speakers/journal.json"])
def test_another_list_has_the_same_pages_below_its_own_address(client, plenary, panel, page):
    inscribed(plenary, "AAA")
    inscribed(panel, "BBB")

    of_plenary, of_panel = (client.get(f"/meetings/dialogue/{below}{page}") for below in ("", "lists/panel/"))

    assert (of_plenary.status_code, of_panel.status_code) == (200, 200)
    assert client.get(f"/meetings/dialogue/lists/other/{page}").status_code == 404
    if page.startswith("speakers."):
        assert [row["delegation_code"] for row in of_panel.json()["speakers"]] == ["BBB"]


def test_a_receipt_is_found_below_the_address_of_its_list(plenary, panel):
    [entry] = inscribed(panel, "AAA")

    assert entry.get_absolute_url() == f"/meetings/dialogue/lists/panel/speakers/inscriptions/{entry.public_id}/"


def test_a_meeting_has_one_list_at_an_address(plenary):
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakersList.objects.create(meeting=plenary.meeting, opens_at=plenary.opens_at, closes_at=plenary.closes_at)


def test_a_list_must_open_before_it_closes(plenary):
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakersList.objects.filter(pk=plenary.pk).update(closes_at=plenary.opens_at)


def test_an_entry_that_is_not_stored_belongs_to_the_list_at_hand(plenary, panel):
    plenary.meeting.speakers_list = panel

    assert an_inscription(plenary.meeting).speakers_list == panel
