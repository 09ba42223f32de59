"""The key of a system of microphones: made, renewed, revoked, found; whether its signals act. Only a hash is kept.

R-59
"""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from acts.keyed_hashes import keyed_hash, possible_hashes
from acts.locking import locked
from acts.refusals import Refusal
from dialogue.models import Meeting
from floor.models import RoomSystem
from journal import recording
from journal.actors import Actor

# The purpose of the hashes that are kept.
KEY = "floor.microphones"


class KeyRefused(Refusal):
    """The key is not made, not ended, or not switched; the words say why."""


def make(meeting: Meeting, name: str, *, by: Actor, at: datetime) -> tuple[RoomSystem, str]:
    """Make the system called `name` with its key. Returns it with the key, which is not kept anywhere. Journals.

    `at` is the meeting's moment. Its signals do nothing until they are switched on. Raises `KeyRefused` if there is a
    system of this name, or once its key would have expired.
    """
    system = RoomSystem(meeting=meeting, name=name)
    _refuse_expired(system, at)
    key = _give_key(system, at)
    try:
        with transaction.atomic():
            system.save(force_insert=True)
            _record("microphones key made", system, by=by, at=at)
    except IntegrityError as error:
        raise KeyRefused(_("There is a system of this name: renew its key."), "name") from error
    return system, key


def renew(system: RoomSystem, *, by: Actor, at: datetime) -> str:
    """Give the `system` another key and return it; the one before ends at once, and its signals are switched off.

    Journals. Raises `KeyRefused` once the key would have expired.
    """
    _refuse_expired(system, at)
    with locked(system) as system:
        key = _give_key(system, at)
        system.ended_at, system.is_on, system.latest_sent_at = None, False, None
        system.save(update_fields=["token_hash", "made_at", "ended_at", "is_on", "latest_sent_at"])
        _record("microphones key renewed", system, by=by, at=at)
        return key


def revoke(system: RoomSystem, *, by: Actor, at: datetime) -> None:
    """End the key of the `system` at once. Journals. Raises `KeyRefused` if it has ended."""
    with locked(system) as system:
        if system.is_revoked:
            raise KeyRefused(_("This key has already been revoked."))
        system.ended_at, system.is_on = at, False
        system.save(update_fields=["ended_at", "is_on"])
        _record("microphones key revoked", system, by=by, at=at)


def switch(system: RoomSystem, *, is_on: bool, by: Actor, at: datetime) -> None:
    """Let the signals of the `system` begin and end statements, or let them do nothing. Journals a change.

    Raises `KeyRefused` if its key was revoked.
    """
    with locked(system) as system:
        if system.is_revoked:
            raise KeyRefused(_("The key of this system was revoked: renew it first."))
        if system.is_on != is_on:
            system.is_on = is_on
            system.save(update_fields=["is_on"])
            _record("microphones switched on" if is_on else "microphones switched off", system, by=by, at=at)


def find(slug: str, key: str) -> RoomSystem | None:
    """The system with this `key` at the meeting at `slug`, or None; revoked and expired ones are not found.  R-59"""
    found = RoomSystem.objects.filter(meeting__slug=slug, token_hash__in=possible_hashes(KEY, key), ended_at=None)
    return found.select_related("meeting").first()


def _refuse_expired(system, at):
    if system.expires_at <= at:
        raise KeyRefused(_("The meeting is over: a key would have expired."))


def _give_key(system, at):
    key = secrets.token_urlsafe(32)
    system.token_hash, system.made_at = keyed_hash(KEY, key), at
    return key


def _record(act, system, *, by, at):
    stream, subject = system.meeting.journal_stream, f"microphones/{system.public_id}"
    recording.record(act, stream=stream, subject=subject, by=by, at=at, after={"name": system.name})
