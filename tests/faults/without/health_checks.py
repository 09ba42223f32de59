"""Settings that assume that a database connection is alive."""

from tests.faults.settings import *  # noqa: F403

DATABASES["default"]["CONN_HEALTH_CHECKS"] = False  # noqa: F405
