"""The digest: what the journal holds of the lists of a meeting since the last one, as one mail to one officer.  R-10

The journal is written with each act, so no notice is lost while a digest waits; how far each officer was told is stored
with the mail, in one transaction, so each act is told once, however often and late the task runs.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Q
from django.urls import reverse

from acts.locking import locked
from dialogue.models import Contact
from journal import position
from journal.models import Entry
from speakers import chronicle
from speakers.mail import digests, notices
from speakers.models import Inscription, SpeakersList
from speakers.order import precedence

KIND = "notice_digest"
OFFICERS = [Contact.Role.INSCRIPTION, Contact.Role.INSCRIPTION_COPY]


class Line(NamedTuple):
    """One act in a sentence, the number of its entry's place now (None without one), and where it leads to."""

    words: str
    place: int | None
    address: str


def send_due(*, at: datetime) -> int:
    """Post the digests that are due at the real moment `at`. Returns how many were posted. Idempotent."""
    waiting = ~Q(notices=Contact.Notices.EACH) | Q(told_up_to__isnull=False)
    found = Contact.objects.filter(waiting, role__in=OFFICERS).select_related("meeting")
    return sum(_send(contact, contact.meeting.moment(at)) for contact in found)


def _send(contact, at):
    """Post the digest for `contact` if one is due at its meeting's moment `at`, and store how far it tells."""
    with locked(contact) as contact:
        due, told = digests.last_due(contact, at), contact.told_up_to
        if told is None:
            told = {"until": due.isoformat(), "positions": _positions_before(contact.meeting, due)}
        elif datetime.fromisoformat(told["until"]) >= due:
            return False
        else:
            return _post(contact, told["positions"], due)
        contact.told_up_to = told if contact.notices != Contact.Notices.EACH else None
        contact.save(update_fields=["told_up_to"])
        return False


def _positions_before(meeting, moment):
    """How far the chains of the lists of `meeting` had grown at the `moment` with which the first digest begins."""
    streams = [each.journal_stream for each in SpeakersList.objects.filter(meeting=meeting)]
    before = Entry.objects.filter(stream__in=streams, at__lt=moment).order_by("stream", "sequence")
    return dict.fromkeys(streams, 0) | dict(before.values_list("stream", "sequence"))


def _post(contact, positions, due):
    """Post what was done since the `positions` of the chains; returns whether there was anything."""
    parts, now = [], {}
    for speakers_list in SpeakersList.objects.filter(meeting=contact.meeting):
        stream = speakers_list.journal_stream
        entries = position.since(stream, positions.get(stream, 0))
        now[stream] = entries[-1].sequence if entries else positions.get(stream, 0)
        if lines := _lines(speakers_list, [entry for entry in entries if _is_told(entry, speakers_list)]):
            parts.append((speakers_list, lines))
    if parts:
        occasion = "/".join([str(contact.pk), *(str(number) for number in now.values())])
        context = {"parts": parts, "total": sum(len(lines) for _list, lines in parts), "until": due}
        notices.post(KIND, contact.meeting.speakers_list, occasion=occasion, to=[contact.email], context=context)
    is_over = contact.notices == Contact.Notices.EACH
    contact.told_up_to = None if is_over else {"until": due.isoformat(), "positions": now}
    contact.save(update_fields=["told_up_to"])
    return bool(parts)


def _is_told(entry, speakers_list):
    """Is `entry` of the journal an act that a digest tells, and was not told at once because the meeting was close?"""
    return entry.act in digests.ACTS and not digests.is_close(speakers_list.meeting, entry.at)


def _lines(speakers_list, entries):
    """The acts of the journal's `entries` in sentences, each with the place and the page of its entry."""
    if not entries:
        return []
    keys = [entry.subject.removeprefix(chronicle.PREFIX) for entry in entries if _is_of_an_entry(entry)]
    found = {f"{chronicle.PREFIX}{each.public_id}": each for each in _read(speakers_list, keys)}
    numbers = {place.inscription.pk: place.number for place in precedence.bare_order(speakers_list)}
    sentences = chronicle.sentences(entries, speakers_list.meeting)
    return [
        _line(words, found.get(entry.subject), numbers, speakers_list)
        for words, entry in zip(sentences, entries, strict=True)
    ]


def _is_of_an_entry(entry):
    return entry.subject.startswith(chronicle.PREFIX)


def _read(speakers_list, keys):
    return Inscription.objects.filter(speakers_list=speakers_list, public_id__in=keys)


def _line(words, entry: Any, numbers, speakers_list):
    of_list, of_entry = "admin:speakers_inscription_board", "admin:speakers_inscription_change"
    address = reverse(of_entry, args=[entry.pk]) if entry else reverse(of_list, args=speakers_list.address)
    return Line(words, numbers.get(entry.pk) if entry else None, address)
