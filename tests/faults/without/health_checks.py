"""Settings that take a connection to the database for alive without asking."""

from tests.faults.settings import *  # noqa: F403

DATABASES["default"]["CONN_HEALTH_CHECKS"] = False  # noqa: F405
