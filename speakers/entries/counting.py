"""Counting what becomes of the inscriptions that are asked for: accepted, refused or failed, and why."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error

import watching
from acts.locking import is_lock_timeout
from acts.refusals import Refusal


@contextmanager
def counted() -> Iterator[None]:
    """Count one inscription, the body of the `with` or the decorated function."""
    try:
        yield
    except Refusal as refusal:
        watching.INSCRIPTIONS.labels("refused", refusal.cause or refusal.field or "other").inc()
        raise
    except Exception as error:
        watching.INSCRIPTIONS.labels("failed", _failure(error)).inc()
        raise
    watching.INSCRIPTIONS.labels("accepted", "").inc()


def _failure(error):
    if is_lock_timeout(error):
        return "lock"
    return "database" if isinstance(error, Error) else "other"
