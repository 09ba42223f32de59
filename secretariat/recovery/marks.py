"""Marks outside the database: how far it had come when it was last seen. An older state of it is behind them.  R-76

A mark is in Redis, if there is one, and in a file under `VAR_DIR`, under the identity of the database, so that several
sites may share both. Nothing in it is personal. One that is missing, old or unreadable shows nothing.
"""

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import transaction

from secretariat.models import Database
from speakers.models import SpeakersList

logger = logging.getLogger(__name__)

SECONDS_FOR_REDIS = 2


@dataclass(frozen=True)
class Mark:
    """The `number` of a database at one moment (ISO 8601), and the last receipt number of each list by its stream."""

    number: int
    at: str
    receipts: dict[str, int]

    @classmethod
    def read(cls, text: str | bytes) -> Self:
        """The mark in `text`. Raises `ValueError` if there is none."""
        try:
            said = json.loads(text)
            receipts = {str(stream): int(last) for stream, last in said["receipts"].items()}
            return cls(int(said["number"]), str(said["at"]), receipts)
        except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError) as error:
            raise ValueError(str(error)) from error


def newest(identity: UUID) -> Mark | None:
    """The highest mark of the database `identity` that is found, or None. Never raises."""
    found = [mark for read in (_in_redis, _in_file) if (mark := read(identity))]
    return max(found, key=lambda mark: mark.number, default=None)


def leave(*, at: datetime) -> Mark:
    """Leave a mark of this database at the real moment `at`, once its row is committed. Returns it.

    It never replaces a higher one. What cannot be written costs a line in the log.
    """
    with transaction.atomic():
        database = Database.of_this_site(lock=True)
        database.number, database.at = database.number + 1, at
        database.save(update_fields=["number", "at"])
        receipts = {each.journal_stream: each.last_receipt_no for each in SpeakersList.objects.all()}
    mark = Mark(database.number, at.isoformat(), receipts)
    for read, write in ((_in_redis, _to_redis), (_in_file, _to_file)):
        present = read(database.identity)
        if present is None or present.number < mark.number:
            _try(write, database.identity, json.dumps(asdict(mark)))
    return mark


def _in_redis(identity):
    return _try(_read, lambda: _asked_of_redis(identity))


def _asked_of_redis(identity):
    with _redis() as redis:
        return redis and redis.get(_key(identity))


def _in_file(identity):
    path = _path(identity)
    return _try(_read, lambda: path.read_bytes() if path.exists() else None)


def _read(fetch):
    text = fetch()
    return Mark.read(text) if text else None


def _to_redis(identity, text):
    with _redis() as redis:
        if redis:
            redis.set(_key(identity), text)


def _to_file(identity, text):
    """Write the file as a whole, readable for its owner alone."""
    path = _path(identity)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    draft.replace(path)


def _try(act, *arguments):
    """What `act` returns; None if what it reads or writes cannot be used, with a line in the log."""
    try:
        return act(*arguments)
    except (OSError, ValueError) as error:
        logger.warning("A mark of the database could not be used: %s.", type(error.__cause__ or error).__name__)
        return None


@contextmanager
def _redis() -> Iterator[Any]:
    """A connection to Redis for a moment; None in the embedded mode. Raises `OSError` if it cannot be used."""
    if settings.EMBEDDED:
        yield None
        return
    from redis import Redis, RedisError  # noqa: PLC0415  dear to load, and needed where a mark is left or read alone

    limits = {"socket_timeout": SECONDS_FOR_REDIS, "socket_connect_timeout": SECONDS_FOR_REDIS}
    try:
        with Redis.from_url(settings.CELERY_BROKER_URL, **limits) as redis:
            yield redis
    except RedisError as error:
        raise OSError("Redis cannot be used") from error


def _key(identity):
    return f"speakers:mark:{identity}"


def _path(identity) -> Path:
    return settings.VAR_DIR / "marks" / f"{identity}.json"
