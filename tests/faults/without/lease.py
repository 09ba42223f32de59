"""Celery with leases that never end: a dead sender holds its mail for ever.  R-10"""

from datetime import timedelta

from tests.faults.hurried import app, sending

__all__ = ["app"]

sending.LEASE = timedelta(days=3650)
