"""Changing the deadline, closing by hand, reopening; shifting a rehearsal's clock.  R-04 R-02 R-03"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from acts.foreseeing import InWords, require_seen
from acts.locking import locked
from acts.refusals import Refusal
from dialogue import moments
from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor
from speakers.entries import closing
from speakers.mail import interest_notices, notices
from speakers.models import Interest, SpeakersList
from speakers.models.inscription import State


class DeadlineRefused(Refusal):
    """The deadline cannot be changed in this way; the message says why."""


def warnings(speakers_list: SpeakersList, closes_at: datetime) -> list[str]:
    """What staff should check before the deadline becomes `closes_at`, as translated sentences.  R-04"""
    found = []
    if speakers_list.meeting.is_early(closes_at):
        words = ngettext(
            "The deadline would be %(days)d day before the meeting starts. Is the year right?",
            "The deadline would be %(days)d days before the meeting starts. Is the year right?",
            days := (speakers_list.meeting.starts_at - closes_at).days,
        )
        found.append(words % {"days": days})
    if closes_at < speakers_list.closes_at:
        found.append(_("The new deadline is earlier: delegations that rely on the old one may be too late."))
    return found


def foresee_deadline(speakers_list: SpeakersList, *, closes_at: datetime, reason: str) -> InWords:
    """What happens if the list closes at `closes_at` for that `reason`: who is mailed, and what to check.  R-04 R-69

    One more inscription meanwhile, as in the last minute there are, asks no one again.
    """
    told = speakers_list.inscriptions.active().count()
    words = ngettext(
        "%(count)d delegation on the list is mailed the new deadline and your reason.",
        "%(count)d delegations on the list are mailed the new deadline and your reason.",
        told,
    )
    sentences = [words % {"count": told}]
    if waiting := Interest.objects.waiting().choosing(speakers_list).count():
        words = ngettext(
            "%(count)d delegation that has expressed interest is mailed them too.",
            "%(count)d delegations that have expressed interest are mailed them too.",
            waiting,
        )
        sentences.append(words % {"count": waiting})
    to_check = warnings(speakers_list, closes_at)
    return InWords([*sentences, *to_check], bound_to=[closes_at.isoformat(), reason, *to_check])


def change_deadline(
    speakers_list: SpeakersList,
    *,
    closes_at: datetime,
    reason: str,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Move the deadline of an open list to `closes_at`, for a mandatory `reason`; mail those on it or waiting.  R-04

    `at` is the meeting's moment, and `seen` what was shown of `foresee_deadline`. No entry is dropped. Journals.
    Raises `DeadlineRefused`, which may ask twice.
    """
    with locked(speakers_list) as speakers_list:
        _object(speakers_list, closes_at, reason, at=at)
        if speakers_list.closed_at is not None or at >= speakers_list.closes_at_latest:
            raise DeadlineRefused(_("The list is closed. Reopen it instead."))
        require_seen(foresee_deadline(speakers_list, closes_at=closes_at, reason=reason), seen, DeadlineRefused)
        return _set(speakers_list, "deadline changed", closes_at, reason, by=by, at=at)


def reopen(
    speakers_list: SpeakersList,
    *,
    closes_at: datetime,
    reason: str,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> Meeting:
    """Reopen a closed list until `closes_at`, for a mandatory `reason`; mail those on it or waiting.  R-04

    `at` is the meeting's moment, and `seen` what was shown of `foresee_deadline`. The established list stays as a
    revision; closing again freezes the next one. Journals. Raises `DeadlineRefused`, which may ask twice.
    """
    with locked(speakers_list) as speakers_list:
        _object(speakers_list, closes_at, reason, at=at)
        if speakers_list.closed_at is None and at < speakers_list.closes_at_latest:
            raise DeadlineRefused(_("The list is not closed. Change the deadline instead."))
        require_seen(foresee_deadline(speakers_list, closes_at=closes_at, reason=reason), seen, DeadlineRefused)
        return _set(speakers_list, "list reopened", closes_at, reason, by=by, at=at)


def close_by_hand(
    speakers_list: SpeakersList, *, reason: str, seen: str | None = None, by: Actor, at: datetime
) -> Meeting:
    """Close an open list at the meeting's moment `at`, before its deadline, for a mandatory `reason`.  R-02

    `seen` is what was shown of `foresee_closing`. Freezes the established list and mails it, as happens at the
    deadline. Journals. Raises `DeadlineRefused`, which may ask twice.
    """
    if not reason.strip():
        raise DeadlineRefused(_("Give the reason: it is kept in the journal."), "reason")

    with locked(speakers_list) as speakers_list:
        if not speakers_list.accepts_inscriptions(at):
            raise DeadlineRefused(_("The list is not open."))
        require_seen(foresee_closing(speakers_list), seen, DeadlineRefused)
        closing.establish(speakers_list, closed_at=at, at=at, by=by, reason=reason)
        return speakers_list.meeting


def foresee_closing(speakers_list: SpeakersList) -> InWords:
    """What happens if `speakers_list` is closed now: who is on it, and who is mailed.  R-63 R-69

    One more inscription meanwhile asks no one again, unless the Chair closes the list.
    """
    if speakers_list.is_by_selection:
        told = _("From now on no interest can be expressed. No one is mailed before the seats are given.")
        return InWords([told])
    standing = speakers_list.inscriptions.standing().count()
    waiting = speakers_list.inscriptions.filter(state=State.UNVERIFIED).count()
    words = ngettext(
        "%(count)d entry holds a place: the list is established, and its delegation is mailed its place.",
        "%(count)d entries hold a place: the list is established, and their delegations are mailed their places.",
        standing,
    )
    sentences = [_("From now on the list takes no more inscriptions."), words % {"count": standing}]
    if waiting:
        words = ngettext(
            "%(count)d entry still waits to be verified, and may be after the closing.",
            "%(count)d entries still wait to be verified, and may be after the closing.",
            waiting,
        )
        sentences.append(words % {"count": waiting})
    return InWords(sentences, bound_to=None if speakers_list.closes_when_announced else sentences[:1])


def close_as_announced(speakers_list: SpeakersList, *, seen: str, by: Actor, at: datetime) -> Meeting:
    """Close an open list at the meeting's moment `at`, because the Chair has announced it.  R-63

    `seen` is what was shown of `foresee_closing`. Freezes the established list and mails it, as a deadline does.
    Journals. Raises `DeadlineRefused`, which asks twice.
    """
    with locked(speakers_list) as speakers_list:
        if not speakers_list.closes_when_announced:
            raise DeadlineRefused(_("This list closes at its own moment. To end inscription now, close it by hand."))
        if not speakers_list.accepts_inscriptions(at):
            raise DeadlineRefused(_("The list is not open."))
        require_seen(foresee_closing(speakers_list), seen, DeadlineRefused)
        reason = gettext_noop("The Chair announced that the list is closed.")
        closing.establish(speakers_list, closed_at=at, at=at, by=by, reason=reason)
        return speakers_list.meeting


def shift_clock(speakers_list: SpeakersList, *, shift: timedelta, by: Actor, at: datetime) -> Meeting:
    """Let the clock of a rehearsal differ from the real one by `shift` (a `timedelta`, zero to undo).  R-03

    `at` is the real moment. Other meetings are untouched. Journals. Raises `DeadlineRefused` for a real meeting.
    """
    with locked(speakers_list) as speakers_list:
        if not speakers_list.meeting.is_rehearsal:
            raise DeadlineRefused(_("Only a rehearsal may have its clock shifted."))
        before, speakers_list.meeting.clock_shift = speakers_list.meeting.clock_shift, shift
        speakers_list.meeting.save(update_fields=["clock_shift"])
        _record(speakers_list, "clock shifted", "", {"shift": before}, {"shift": shift}, by=by, at=at)
        return speakers_list.meeting


def _object(speakers_list, closes_at, reason, *, at):
    if not reason.strip():
        raise DeadlineRefused(_("Give the reason: every inscribed delegation will read it."), "reason")
    if speakers_list.closes_when_announced:
        if closes_at >= speakers_list.meeting.ends_at:
            words = _("The moment must be before the meeting ends, on %(moment)s.")
            raise DeadlineRefused(
                words % {"moment": moments.in_words(speakers_list.meeting.ends_at, speakers_list.meeting)}, "closes_at"
            )
    elif closes_at >= speakers_list.meeting.starts_at:
        words = _("The deadline must be before the meeting starts, on %(moment)s.")
        raise DeadlineRefused(
            words % {"moment": moments.in_words(speakers_list.meeting.starts_at, speakers_list.meeting)}, "closes_at"
        )
    if closes_at <= speakers_list.opens_at:
        words = _("The deadline must be after inscription opens, on %(moment)s.")
        raise DeadlineRefused(
            words % {"moment": moments.in_words(speakers_list.opens_at, speakers_list.meeting)}, "closes_at"
        )
    if closes_at <= at:
        raise DeadlineRefused(_("This moment has passed. To end inscription now, close the list."), "closes_at")


def _set(speakers_list, act, closes_at, reason, *, by, at):
    before = {
        "inscription_closes_at": speakers_list.closes_at,
        "list_closed_at": speakers_list.closed_at,
    }
    speakers_list.closes_at, speakers_list.closed_at = closes_at, None
    speakers_list.save(update_fields=["closes_at", "closed_at"])
    after = {"inscription_closes_at": closes_at, "list_closed_at": None}
    entry = _record(speakers_list, act, reason, before, after, by=by, at=at)
    notices.announce_deadline(speakers_list, reason=reason, occasion=entry.hash)
    interest_notices.announce_deadline(speakers_list, reason=reason, occasion=entry.hash)
    return speakers_list.meeting


def _record(speakers_list, act, reason, before, after, *, by, at):
    stream = speakers_list.journal_stream
    return recording.record(act, stream=stream, subject="list", by=by, at=at, before=before, after=after, reason=reason)
