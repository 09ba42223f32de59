"""Putting a restored database on hold, so that nothing is mailed a second time and no number is given again.  R-76"""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from acts.locking import locked
from dialogue.models import Meeting
from journal.actors import SYSTEM
from journal.models import Entry
from journal.position import position
from journal.recording import record
from outbox.delivery.keeping_back import keep_back
from outbox.models import Message
from secretariat.models import Database, Restoration
from secretariat.recovery import banner, marks, numbers
from secretariat.recovery.numbers import Known, RestoreRefused
from speakers import numbering
from speakers.models import SignIn, SpeakersList


def hold(
    known: Known | None = None,
    *,
    gap_from: datetime | None = None,
    was_recognized: bool = False,
    force: bool = False,
    at: datetime,
) -> Restoration | None:
    """Put this database on hold: it was restored from a backup at the real moment `at` or before.  R-76

    Keeps back unsent mail, drops alerts, codes and sessions, lets receipt numbers go on above those that may have been
    given, journals on the chain of each list and of the secretariat, and takes an identity of its own. If it is on hold
    already, only numbers are raised, as far as what is `known` asks for that, unless a mark or `force` says that it was
    restored since: the hold that stood in the backup then ends with this one. `gap_from` is by default the last trace
    in the database. With `was_recognized` nothing is done, and None returned, unless a mark still shows it.
    Raises `RestoreRefused`.
    """
    known = known or Known()
    numbers.refuse_slips(known, SpeakersList.objects.all())
    with transaction.atomic():
        database = Database.of_this_site(lock=True)
        standing = Restoration.objects.standing().first()
        if force or is_behind(database) or not (standing or was_recognized):
            standing = _begin(database, gap_from or _last_trace(at), was_recognized, at)
        if standing is not None:
            _raise_numbers(standing, known, at)
    banner.forget()
    marks.leave(at=at)
    return standing


def is_behind(database: Database) -> bool:
    """Was the `database` seen in a newer state than it has now?"""
    mark = marks.newest(database.identity)
    return mark is not None and mark.number > database.number


def _begin(database, gap_from, was_recognized, at):
    """Record the restore; one that stood in the backup ends with it."""
    if gap_from > at:
        raise RestoreRefused(_("The backup cannot have been made after now."))
    Restoration.objects.standing().update(let_go_at=at)
    kept, dropped = keep_back(at=at)
    facts: dict[str, Any] = {"kept": kept, "dropped": dropped, "held": Message.objects.held().count()}
    facts["codes"] = SignIn.objects.filter(used_at=None).delete()[0]
    facts["sessions"] = Session.objects.all().delete()[0]
    facts["lists"] = {each.journal_stream: _as_in_the_backup(each) for each in SpeakersList.objects.all()}
    restoration = Restoration.objects.create(
        former_identity=database.identity,
        gap_from=gap_from,
        gap_until=at,
        was_recognized=was_recognized,
        facts=facts,
    )
    database.identity, database.number = uuid4(), 0
    database.save(update_fields=["identity", "number"])
    _journal(restoration, at)
    return restoration


def _journal(restoration, at):
    """Record the restore on the chain of each list, at its meeting's moment, and on that of the secretariat."""
    gap = {"gap_from": restoration.gap_from, "gap_until": restoration.gap_until}
    for each in SpeakersList.objects.order_by("pk"):
        moment = each.meeting.moment(at)
        record("restored", stream=each.journal_stream, subject="list", by=SYSTEM, at=moment, after=gap)
    subject, after = f"restoration/{restoration.pk}", {**gap, **restoration.facts}
    record("site restored", stream="secretariat", subject=subject, by=SYSTEM, at=at, after=after)


def _raise_numbers(restoration, known, at):
    """Let the numbers of each list that may have given some in the gap go on above them."""
    mark = marks.newest(restoration.former_identity)
    for each in SpeakersList.objects.order_by("pk"):
        with locked(each) as speakers_list:
            numbering.skip(
                speakers_list,
                up_to=numbers.up_to(speakers_list, restoration, known, mark, at),
                by=SYSTEM,
                at=speakers_list.meeting.moment(at),
                reason=_("After a restore: these numbers may have been given since the backup."),
            )


def _as_in_the_backup(speakers_list):
    return {"last": speakers_list.last_receipt_no, "entries": position(speakers_list.journal_stream)}


def _last_trace(at):
    """The last real moment before `at` that the database knows: of a mark, of a mail, of an act; `at` if there is none.

    Acts of meetings whose clock is shifted are left out.
    """
    shifted = [meeting.journal_stream for meeting in Meeting.objects.all() if meeting.clock_shift]
    acts = Entry.objects.filter(at__lte=at)
    for stream in shifted:
        acts = acts.exclude(stream=stream).exclude(stream__startswith=f"{stream}/")
    mails = Message.objects.filter(created_at__lte=at)
    marked = Database.objects.filter(at__lte=at)
    found = [
        acts.aggregate(last=Max("at"))["last"],
        mails.aggregate(last=Max("created_at"))["last"],
        marked.aggregate(last=Max("at"))["last"],
    ]
    return max(filter(None, found), default=at)
