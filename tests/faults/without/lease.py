"""Celery without an end to the lease: what a dead sender held, it holds for ever.  R-10"""

from datetime import timedelta

from tests.faults.hurried import app, sending

__all__ = ["app"]

sending.LEASE = timedelta(days=3650)
