"""What is known outside of numbers that were given decides by itself, whatever the backup says of the list.  R-76"""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command

import clock
from dialogue.models import Meeting
from journal import chain_file
from secretariat.integrity.findings import findings
from secretariat.models import Database
from secretariat.recovery import marks, recognizing, restoring
from secretariat.recovery.numbers import Known
from speakers.models import SpeakersList
from tests.factories import OPEN, make_delegation, make_inscription, make_meeting, make_panel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture(params=["not open", "over"])
def panel(meeting, request):
    """The panel, which by the backup has not opened, or whose meeting was over; numbers were given in the gap."""
    if request.param == "not open":
        SpeakersList.objects.filter(slug="panel").update(opens_at=OPEN + DAY, closes_at=OPEN + 2 * DAY)
    else:
        Meeting.objects.update(starts_at=OPEN - 3 * DAY, ends_at=OPEN - 2 * DAY)
    return SpeakersList.objects.get(slug="panel")


def last_of(slug):
    return SpeakersList.objects.get(slug=slug).last_receipt_no


def chain_of(speakers_list, more):
    """The chain that was kept outside: as many entries as in the database, and `more`."""
    return [*chain_file.hashes_of(speakers_list.journal_stream), *(f"{number:064x}" for number in range(more))]


def test_without_evidence_no_number_is_skipped(panel):
    restoring.hold(gap_from=OPEN, at=OPEN)

    assert last_of("panel") == 0


def test_a_mark_decides(panel):
    SpeakersList.objects.filter(pk=panel.pk).update(last_receipt_no=5)
    marks.leave(at=OPEN)
    SpeakersList.objects.filter(pk=panel.pk).update(last_receipt_no=0)
    Database.objects.update(number=0)

    recognizing.look()

    assert last_of("panel") == 205
    assert findings(at=OPEN) == []


def test_a_named_receipt_decides(panel):
    call_command("after_restore", receipt=[("dialogue/panel", 5)], gap_from=OPEN)

    assert last_of("panel") == 205


def test_a_kept_chain_decides(panel, tmp_path):
    kept = tmp_path / "journal.json"
    kept.write_text(json.dumps(chain_file.document(panel.journal_stream, chain_of(panel, 5))))

    call_command("after_restore", kept=[kept], gap_from=OPEN)

    assert last_of("panel") == 205


def test_evidence_that_comes_later_decides_and_old_evidence_does_not(panel):
    """A chain that is no longer than in the backup shows that nothing was given."""
    document = chain_file.document(panel.journal_stream, chain_of(panel, 0))
    old = Known(chains=[chain_file.read("journal.json", json.dumps(document).encode(), written_at=OPEN)])

    restoring.hold(old, gap_from=OPEN, at=OPEN)
    before = last_of("panel")
    restoring.hold(Known(receipts=[("dialogue/panel", 5)]), at=OPEN)

    assert (before, last_of("panel")) == (0, 205)


def test_a_receipt_of_any_list_counts_where_the_meeting_was_not_over(meeting):
    SpeakersList.objects.filter(slug="panel").update(opens_at=OPEN + DAY, closes_at=OPEN + 2 * DAY)
    make_meeting("past", starts_at=OPEN - 3 * DAY, ends_at=OPEN - 2 * DAY)

    restoring.hold(Known(receipts=[("", 5)]), gap_from=OPEN, at=OPEN)

    found = {"/".join(each.address): each.last_receipt_no for each in SpeakersList.objects.all()}
    assert found == {"dialogue": 205, "dialogue/panel": 205, "past": 0}


def test_a_list_that_the_backup_does_not_have_goes_on_above_the_mark_once_it_is_made_again(meeting):
    other = make_panel(meeting, "other")
    SpeakersList.objects.filter(pk=other.pk).update(last_receipt_no=5)
    marks.leave(at=OPEN)
    SpeakersList.objects.filter(pk=other.pk).delete()
    Database.objects.update(number=0)
    recognizing.look()

    make_panel(meeting, "other")
    make_panel(meeting, "new")
    call_command("after_restore", receipt=[("", 7)])

    assert (last_of("other"), last_of("new")) == (205, 0)
    with clock.stopped(OPEN):
        assert make_inscription(meeting, make_delegation("CCC")).receipt_no == 208
