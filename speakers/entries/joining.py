"""Joint statements: an entry names other delegations, and each that confirms by its own sign-in joins it.

R-12 R-29 R-59 R-60. Place, limit and order stay those of the entry. A delegation that joins may hold an entry of its
own as well: it gives nothing up.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acts.locking import locked
from acts.refusals import Refusal
from journal import recording
from journal.actors import Actor
from outbox import posting
from speakers import records
from speakers.entries import calling, changing
from speakers.mail import joint_notices
from speakers.models import Delegation, FocalPoint, Inscription, Joining, SpeakersList

State = Joining.State
# How many delegations an entry may name at one time, and how often it may ask one of them: each is mailed.  R-60
NAMED_AT_MOST = 60
ASKED_AT_MOST = 3


class JoiningRefused(Refusal):
    """The delegation cannot be named, or can no longer answer; the message says why."""


def ask(inscription: Inscription, delegations: Sequence[Delegation], *, by: Actor, at: datetime) -> list[Joining]:
    """Ask the `delegations`, in this order, to join the statement of `inscription`, after those that it names already.

    Until one confirms, it is not named in public. Possible until the entry is called, and only for one that stands.
    `at` is the meeting's moment. Journals; mails the focal points of each. Raises `JoiningRefused`, naming none, for a
    reason against one of them, and `ChangeRefused` if the entry cannot change.
    """
    row = SpeakersList.objects.with_places().filter(pk=inscription.speakers_list_id)
    with locked(row) as speakers_list:
        entry = changing.active_entry(inscription, speakers_list, by)
        if not entry.is_standing:
            raise JoiningRefused(_("This entry holds no place yet. Once it is verified, it can name others."))
        addresses = _addresses_of(delegations)
        _require_possible(entry, delegations, addresses)
        last = entry.joinings.aggregate(last=Max("position"))["last"] or 0
        with posting.together():
            return [
                _ask(entry, delegation, last + number, addresses[delegation.pk], by=by, at=at)
                for number, delegation in enumerate(delegations, start=1)
            ]


def join(joining: Joining, *, by: Actor, at: datetime, reason: str = "") -> Joining:
    """Confirm for the delegation that is named: from now on list and announcement name it.  R-29 R-59

    Staff do so with a `reason`, if the delegation told them. Possible until the entry is called. `at` is the meeting's
    moment. Journals; mails both sides and the officer. Raises `JoiningRefused`.
    """
    return _bring(joining, State.JOINED, "statement joined", among=[State.ASKED], by=by, at=at, reason=reason)


def decline(joining: Joining, *, by: Actor, at: datetime) -> Joining:
    """Decline for the delegation that is named. As `join`."""
    return _bring(joining, State.DECLINED, "joining declined", among=[State.ASKED], by=by, at=at)


def leave(joining: Joining, *, by: Actor, at: datetime) -> Joining:
    """Leave a statement that the delegation has joined, until the entry is called. As `join`."""
    return _bring(joining, State.LEFT, "joint statement left", among=[State.JOINED], by=by, at=at)


def take_back(joining: Joining, *, by: Actor, at: datetime, reason: str = "") -> Joining:
    """Name the delegation no longer, for the one that holds the entry or for staff with a `reason`. As `join`."""
    among = [State.ASKED, State.JOINED]
    return _bring(joining, State.TAKEN_BACK, "name taken back", among=among, by=by, at=at, reason=reason)


@posting.together()
def end_all(entry: Inscription, *, by: Actor, at: datetime) -> None:
    """End what the `entry` of a locked list, which is being withdrawn, asks of others; the caller saves its `joined`.

    Journals; mails the delegations that it names.
    """
    entry.joined = []
    named = list(entry.joinings.named().with_sides())
    addresses = _addresses_of([each.delegation for each in named])
    for each in named:
        each.speakers_list, each.inscription = entry.speakers_list, entry
        each.state, each.answered_at = State.ENDED, at
        each.save(update_fields=["state", "answered_at"])
        witness = _record("joint statement ended", each, by=by, at=at)
        joint_notices.tell_named(each, to=addresses[each.delegation_id], occasion=witness.hash)


def _require_possible(entry, delegations, addresses):
    """Refuse if one of the `delegations` cannot be asked, or if they are too many."""
    earlier = defaultdict(list)
    for each in entry.joinings.all():
        earlier[each.delegation_id].append(each)
    for number, delegation in enumerate(delegations):
        is_twice = delegation in delegations[:number]
        if why := _why_not(entry, delegation, earlier[delegation.pk], is_twice, addresses[delegation.pk]):
            raise JoiningRefused(why % {"delegation": delegation}, "names")
    named = sum(each.is_named for every in earlier.values() for each in every)
    if named + len(delegations) > NAMED_AT_MOST:
        words = ngettext(
            "An entry names at most %(count)d delegation. Please write to the secretariat.",
            "An entry names at most %(count)d delegations. Please write to the secretariat.",
            NAMED_AT_MOST,
        )
        raise JoiningRefused(words % {"count": NAMED_AT_MOST}, "names")


def _why_not(entry, delegation, earlier, is_twice, addresses):
    """Why the `entry` cannot ask `delegation`, with a place for its name; empty if it can."""
    place = delegation.place_on_list(entry.speakers_list)
    if delegation == entry.delegation:
        return _("%(delegation)s makes the statement itself.")
    if is_twice or any(each.is_named for each in earlier):
        return _("%(delegation)s is named already.")
    if place is None or not delegation.is_active or place.category == place.Category.CIVIL_SOCIETY:
        return _("%(delegation)s holds no place on this list.")
    if not addresses:
        return _("No focal point of %(delegation)s is on record, so it cannot be asked. Write to the secretariat.")
    if len(earlier) >= ASKED_AT_MOST:
        return _("%(delegation)s was asked several times already. Write to the secretariat.")
    return ""


def _addresses_of(delegations):
    """The addresses of the focal points of the `delegations`, by the key of the delegation (one statement)."""
    found = defaultdict(list)
    points = FocalPoint.objects.filter(is_active=True, delegation__in=delegations).order_by("pk")
    for key, address in points.values_list("delegation", "email"):
        found[key].append(address)
    return found


def _ask(entry, delegation, position, addresses, *, by, at):
    joining = Joining(
        speakers_list=entry.speakers_list, inscription=entry, delegation=delegation, position=position, asked_at=at
    )
    joining.take_name()
    joining.save()
    witness = _record("asked to join", joining, by=by, at=at)
    joint_notices.tell_named(joining, to=addresses, occasion=witness.hash)
    return joining


def _bring(joining, state, act, *, among, by, at, reason=""):
    """Bring the `joining`, if it is in one of the states `among`, into `state`, as `act`."""
    with locked(joining.speakers_list) as speakers_list:
        found = _as_it_is_now(joining, speakers_list)
        entry = found.inscription
        if found.state not in among:
            raise JoiningRefused(_("This is over: %(state)s.") % {"state": found.get_state_display()})
        if entry.is_called:
            raise JoiningRefused(calling.why_not_any_more())
        found.state, found.answered_at = state, at
        found.save(update_fields=["state", "answered_at"])
        _name_joined(entry, by=by, at=at)
        witness = _record(act, found, by=by, at=at, reason=reason)
        to = _addresses_of([found.delegation])[found.delegation_id]
        joint_notices.tell(found, to=to, occasion=witness.hash)
        return found


def _as_it_is_now(joining, speakers_list):
    """The `joining` and its entry, read under the lock of their list: withdrawing may have ended both."""
    found = Joining.objects.with_sides().get(pk=joining.pk)
    found.speakers_list = found.inscription.speakers_list = speakers_list
    return found


def _name_joined(entry, *, by, at):
    """Let the `entry` of a locked list name those that now join it; journal it, if they are others than before."""
    before = records.facts(entry)
    entry.joined = list(entry.joinings.joined().values_list("delegation__code", flat=True))
    if entry.joined != before["joined"]:
        entry.save(update_fields=["joined"])
        entry.__dict__.pop("joined_delegations", None)
        records.record_change("joint statement changed", entry, before=before, by=by, at=at)


def _record(act, joining, *, by, at, reason=""):
    return recording.record(
        act,
        stream=joining.speakers_list.journal_stream,
        subject=f"joining/{joining.public_id}",
        by=by,
        at=at,
        after={
            "state": joining.state,
            "entry": records.subject(joining.inscription),
            "delegation": joining.delegation.code,
            "name": joining.delegation,
        },
        reason=reason,
    )
