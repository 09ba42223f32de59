"""Fixing an entry to a sitting, with a reason shown beside it, and releasing it.  R-64

Its place on the list stays, and so does every other: it is called in that sitting, in the order of the list.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Sitting
from journal.actors import Actor
from speakers import records
from speakers.forecast import hours, list_forecast, plan, turns
from speakers.limits import limit_of
from speakers.mail import notices
from speakers.models import Inscription, SpeakersList
from speakers.order import precedence

# The fields of an entry that fix it.
FIXING = ["fixed_sitting", "fixing_reason"]
# The acts of the journal.
FIXED, RELEASED = "fixed to a sitting", "released from its sitting"


class FixingRefused(Refusal):
    """The entry cannot be fixed there. `asks_twice` is true if confirming that the sitting is full would allow it."""


def fix(
    inscription: Inscription,
    *,
    sitting: Sitting,
    reason: str,
    seen: str | None = "",
    by: Actor,
    at: datetime,
) -> Inscription:
    """Fix `inscription` to `sitting` for a mandatory `reason`, or to another than before.  R-64

    Where those fixed to a sitting need more time than it has left, only if a page has said so and that was `seen`, of
    this sitting; None stands for any. `at` is the meeting's moment. Journals; mails the delegation and the officer.
    Raises `FixingRefused`, whose `shown` is what is to be seen.
    """
    if not reason.strip():
        raise FixingRefused(_("Give the reason: it is shown with the entry."), "reason")
    with locked(inscription.speakers_list) as speakers_list:
        entry = _waiting(inscription, speakers_list)
        require_possible(sitting, speakers_list, at)
        if seen is not None:
            _object_to_full(entry, sitting, speakers_list, seen, at)
        return keep(entry, FIXED, sitting, reason.strip(), by=by, at=at)


def release(inscription: Inscription, *, by: Actor, at: datetime) -> Inscription:
    """Let `inscription` be called by its place on the list again.  R-64

    Journals; mails as `fix` does. Raises `FixingRefused` if it is not fixed, or was called.
    """
    with locked(inscription.speakers_list) as speakers_list:
        entry = _waiting(inscription, speakers_list)
        if entry.fixed_sitting_id is None:
            raise FixingRefused(_("This entry is not fixed to a sitting."))
        return keep(entry, RELEASED, None, "", by=by, at=at)


def keep(entry: Inscription, act: str, sitting: Sitting | None, reason: str, *, by: Actor, at: datetime) -> Inscription:
    """Store that the `entry` on its locked list is fixed to `sitting`, or to none; journal it as `act`, and mail it."""
    before = records.facts(entry)
    entry.fixed_sitting, entry.fixing_reason = sitting, reason
    entry.save(update_fields=FIXING)
    witness = records.record_change(act, entry, before=before, by=by, at=at, reason=reason)
    notices.tell_fixing(entry, witness=witness)
    return entry


def _waiting(inscription, speakers_list):
    """The entry as it is stored on the locked list. Raises `FixingRefused` unless it waits for its turn."""
    found = Inscription.objects.select_related("delegation", "level", "pinned_before", "fixed_sitting")
    entry = found.get(pk=inscription.pk)
    entry.speakers_list = speakers_list
    if not entry.is_standing:
        raise FixingRefused(_("Only an entry that holds a place is fixed to a sitting."))
    if entry.is_called:
        raise FixingRefused(_("This entry has already been called to the floor."))
    return entry


def require_possible(sitting: Sitting, speakers_list: SpeakersList, at: datetime) -> None:
    """Raise `FixingRefused` if no entry of `speakers_list` can be fixed to `sitting` at the moment `at`."""
    if sitting.meeting_id != speakers_list.meeting_id:
        raise FixingRefused(_("This is not a sitting of the meeting."), "sitting")
    if len(speakers_list.hours) == 1:
        raise FixingRefused(_("The list is heard in one sitting: every entry speaks in it."), "sitting")
    if sitting.ends_at <= at:
        raise FixingRefused(_("This sitting is over."), "sitting")
    slots = hours.timed_slots(speakers_list.meeting)
    if not hours.hours_of(speakers_list, slots, at):
        raise FixingRefused(_("Neither this list nor the programme says when it is heard: no turn on it is foreseen."))
    if sitting not in hours.sittings_to_come(speakers_list, slots, at):
        raise FixingRefused(_("The list is not heard in this sitting."), "sitting")


def _object_to_full(entry, sitting, speakers_list, seen, at):
    """Raise `FixingRefused`, which asks twice, if those fixed to `sitting` would need more time than it has."""
    places = precedence.bare_order(speakers_list)
    left, needed, count = room_in(sitting, speakers_list, places, at=at, without=entry)
    own = next(place for place in places if place.inscription.pk == entry.pk)
    shown = f"{sitting.pk} {count}"
    if seen == shown or needed + limit_of(speakers_list, own.inscription) * turns.FACTOR_AT_FIRST <= left:
        return
    words = ngettext(
        "There is no room: %(minutes)d minutes are left for the list in this sitting, and %(count)d entry is fixed to "
        "it. Confirm that this one is fixed to it as well; it may be heard later.",
        "There is no room: %(minutes)d minutes are left for the list in this sitting, and %(count)d entries are fixed "
        "to it. Confirm that this one is fixed to it as well; it may be heard later.",
        count,
    )
    facts = {"minutes": left // timedelta(minutes=1), "count": count}
    raise FixingRefused(words % facts, "seen", asks_twice=True, shown=shown)


def room_in(
    sitting: Sitting,
    speakers_list: SpeakersList,
    places: list[precedence.Place],
    *,
    at: datetime,
    without: Inscription | None = None,
) -> tuple[timedelta, timedelta, int]:
    """The floor time that `sitting` has left, the time that those fixed to it need, and how many these are.

    Of the waiting entries at their `places`, `without` one of them if it is given.
    """
    ahead = list_forecast.forecast_list(speakers_list, places, at=at)
    [left] = plan.times_of([sitting], ahead.stretches)
    fixed = [
        place
        for place in places
        if place.inscription.fixed_sitting_id == sitting.pk
        and not place.inscription.is_called
        and (without is None or place.inscription.pk != without.pk)
    ]
    limits = (limit_of(speakers_list, place.inscription) for place in fixed)
    return left, sum(limits, turns.NOTHING) * turns.FACTOR_AT_FIRST, len(fixed)
