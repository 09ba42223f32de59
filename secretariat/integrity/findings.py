"""All that can be wrong with the record, in one list of sentences.  R-77"""

from collections.abc import Iterable
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from dialogue import protection as protection_of_programmes
from dialogue.models import Meeting
from journal import chain
from journal import protection as protection_of_journal
from registration import protection as protection_of_tickets
from registration.door import hand_overs
from secretariat.integrity import kept_files, log_protection, manifests, payloads, programmes
from speakers import protection as protection_of_lists
from speakers.integrity import lists
from speakers.models import SpeakersList

PROTECTIONS = [
    protection_of_journal,
    protection_of_programmes,
    protection_of_lists,
    protection_of_tickets,
    log_protection,
]


def findings(files: Iterable[Path] = (), witnesses: Iterable[str] = (), *, at: datetime) -> list[str]:
    """What is wrong with the record at the real moment `at`, a translated sentence for each finding.  R-77

    Asks the triggers, every chain, the payloads, every list of every meeting, its programmes, its manifests, the
    hand-overs at the door, the `files` that were kept outside and the `witnesses` of receipts. Empty if all is whole.
    Changes nothing.
    """
    with _one_moment():
        return [
            *_missing_triggers(),
            *_chains(),
            *payloads.problems(at=at),
            *_lists(),
            *_meetings(),
            *kept_files.problems(list(files)),
            *_witnesses(witnesses),
        ]


@contextmanager
def _one_moment():
    """A transaction in which all is read as it is at one moment, while acts go on."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _missing_triggers():
    words = _("The database lacks the trigger %s.")
    return [words % name for each in PROTECTIONS for name in each.missing(connection)]


def _chains():
    """What is wrong with each chain, and the chains of meetings and lists that are not there."""
    known = {speakers_list.journal_stream for speakers_list in SpeakersList.objects.all()}
    known |= {meeting.journal_stream for meeting in Meeting.objects.all()}
    found = []
    for stream in chain.streams():
        found += [f"{stream}: {problem}" for problem in chain.problems(stream)]
        if stream.startswith("meeting/") and stream not in known:
            found.append(_("%s: this is the chain of no meeting and of no list.") % stream)
    return found


def _lists():
    every = SpeakersList.objects.with_places().order_by("meeting__slug", "slug")
    return [f"{'/'.join(each.address)}: {problem}" for each in every for problem in lists.problems(each)]


def _meetings():
    """What is wrong with the programmes, the manifests and the hand-overs of each meeting."""
    asked = (programmes, manifests, hand_overs)
    every = [(meeting, each) for meeting in Meeting.objects.order_by("slug") for each in asked]
    return [f"{meeting.slug}: {problem}" for meeting, each in every for problem in each.problems(meeting)]


def _witnesses(typed):
    return [f"{each}: {chain.why_unwitnessed(each)}" for each in typed if chain.witnessed(each) is None]
