"""Celery with leases of webhooks that never end: a dead sender holds its webhook for ever."""

from datetime import timedelta

from tests.faults.hurried import app, telling

__all__ = ["app"]

telling.LEASE = timedelta(days=3650)
