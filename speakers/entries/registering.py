"""Putting a group on the register of a list that has opened.  R-61 R-66

It moves no entry, so it publishes no revision and is mailed to no one; see
docs/decisions/0153-groups-come-from-a-register.md.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from acts.locking import locked
from acts.refusals import Refusal
from journal import recording
from journal.actors import Actor
from speakers import records
from speakers.entries import opening
from speakers.models import Group, Inscription, Registered, SpeakersList


class RegistrationRefused(Refusal):
    """The group cannot be put on the register; the message says why."""


def register(speakers_list: SpeakersList, group: Registered, *, reason: str, by: Actor, at: datetime) -> Registered:
    """Put `group` on the register of `speakers_list`, for a mandatory `reason`.  R-61 R-66

    Entries that name it stand from then on; those that wait for it are verified one by one. `at` is the meeting's
    moment. Journals. Returns the group. Raises `RegistrationRefused`, also if the group is on the register.
    """
    with locked(SpeakersList.objects.with_places().filter(pk=speakers_list.pk)) as speakers_list:
        if other := _of_these_names(group, speakers_list):
            words = _("“%(group)s” is on the register under one of these names.")
            raise RegistrationRefused(words % {"group": other.short_name}, "short_name")
        return _put(group, speakers_list, reason=reason, by=by, at=at)


def settle(
    entry: Inscription, group: Registered | None, speakers_list: SpeakersList, *, reason: str, by: Actor, at: datetime
) -> None:
    """Let `entry`, unsaved or to be saved by the caller, speak for `group`, if one is given.  R-66

    A group that is not on the register of the locked `speakers_list` is put there. `reason` is mandatory, and the rest
    as for `register`. Raises `RegistrationRefused`.
    """
    if group is None:
        return
    registered = _of_these_names(group, speakers_list) or _put(group, speakers_list, reason=reason, by=by, at=at)
    entry.speakers_list, entry.group_name = speakers_list, registered.short_name
    entry.take_group()


def _of_these_names(group, speakers_list):
    """The group on the register that shares a name with `group`, or None."""
    keys = set(group.keys)
    return next((other for other in Group.of_list(speakers_list) if not keys.isdisjoint(other.keys)), None)


def _put(group, speakers_list, *, reason, by, at):
    _object(group, speakers_list, reason, at=at)
    opening.fix_terms(speakers_list, at=at)
    speakers_list.groups = [*speakers_list.groups, group.plain()]
    speakers_list.save(update_fields=["groups"])
    recording.record(
        "group registered",
        stream=speakers_list.journal_stream,
        subject="list",
        by=by,
        at=at,
        after={"groups": records.terms(speakers_list)["groups"]},
        reason=reason.strip(),
    )
    return group


def _object(group, speakers_list, reason, *, at):
    if not group.keys:
        raise RegistrationRefused(_("Write the name of the group."), "short_name")
    if not reason.strip():
        raise RegistrationRefused(_("Give the reason: it is kept in the journal."), "reason")
    if not speakers_list.has_fixed_terms(at):
        raise RegistrationRefused(_("The list has not opened: enter the group among the groups of the secretariat."))
