"""Settings with which Celery closes its connection to the database after each task, as it does by default."""

from tests.faults.settings import *  # noqa: F403

CELERY_DB_REUSE_MAX = None
