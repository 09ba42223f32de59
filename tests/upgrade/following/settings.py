"""The settings of the release after this one."""

import os

from tests.faults.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.upgrade.following"]  # noqa: F405
MIGRATION_MODULES = {"speakers": f"tests.upgrade.following.{os.environ['FOLLOWING']}"}
