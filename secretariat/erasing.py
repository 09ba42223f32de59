"""Erasing personal data that are due, everywhere: each app says where it keeps them.  R-57

Each app has a module `retention` (see the package of that name), so no app needs to know another.
"""

import logging
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import OperationalError, connection

from acts.locking import locked
from dialogue.models import Meeting
from journal import recording
from journal.actors import SYSTEM
from journal.erasing import ERASED
from retention import Place, Standing

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Left:
    """How much is left in one place of one meeting (None: of no meeting), when it is due, and whether that is now."""

    meeting: Meeting | None
    name: str
    number: int
    due_at: datetime | None
    rule: str
    is_due: bool


def modules() -> list[Any]:
    """The modules `retention` of all apps of the project, in the order of `INSTALLED_APPS`."""
    own = [each.name for each in apps.get_app_configs() if (settings.BASE_DIR / each.name).is_dir()]
    return [import_module(f"{name}.retention") for name in own if find_spec(f"{name}.retention")]


def places() -> list[Place]:
    """Every place of a meeting's personal data."""
    return [place for module in modules() for place in getattr(module, "PLACES", [])]


def standing() -> list[Standing]:
    """Every place of personal data that belong to no single meeting."""
    return [place for module in modules() for place in getattr(module, "STANDING", [])]


def report(*, at: datetime) -> list[Left]:
    """What is left, and where, at the real moment `at`: a list of `Left`. It names no person and changes nothing."""
    found = []
    for meeting in Meeting.objects.order_by("ends_at"):
        for place in places():
            due_at = place.due_at(meeting)
            is_due = due_at <= meeting.moment(at)
            found.append(Left(meeting, str(place.name), place.left(meeting), due_at, "", is_due))
    for kept in standing():
        found.append(Left(None, str(kept.name), kept.left(), None, str(kept.rule), kept.due(at) > 0))
    return found


def erase_what_is_due(*, at: datetime) -> int:
    """Erase everywhere what is due at the real moment `at`. Journals places and numbers. Returns how much.  R-57

    Each meeting in a transaction of its own; running it again erases what came since. On SQLite the file is then
    rewritten, so that nothing erased can be read in it.
    """
    number = sum(_erase_of(meeting, at=meeting.moment(at)) for meeting in Meeting.objects.order_by("ends_at"))
    number += sum(place.erase(at) for place in standing() if place.due(at))
    if number:
        rewrite_file()
    return number


def _erase_of(meeting, *, at):
    """Erase what is due of `meeting` at its moment `at`; mark the meeting once nothing else will become due."""
    due = [place for place in places() if place.due_at(meeting) <= at]
    if not due:
        return 0

    with locked(meeting) as meeting:
        erased = {str(place.name): place.erase(meeting, at) for place in due if place.left(meeting)}
        if erased:
            stream, subject = meeting.journal_stream, "personal data"
            recording.record(ERASED, stream=stream, subject=subject, by=SYSTEM, at=at, after=erased)
        if meeting.is_past_retention(at) and meeting.personal_data_erased_at is None:
            Meeting.objects.filter(pk=meeting.pk).update(personal_data_erased_at=at)
        return sum(erased.values())


def rewrite_file() -> None:
    """Rewrite the file of SQLite, which keeps deleted data until then, and empty the log beside it.

    There is nothing to do on PostgreSQL. If another process keeps writing, a warning is logged, and what was erased
    can be read in the file until the next time.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except OperationalError as error:
        logger.warning("The file was not rewritten (%s): run manage.py erase_personal_data at a quiet time.", error)
