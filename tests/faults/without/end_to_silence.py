"""Settings with which a server that vanishes is waited for, as long as the kernel likes."""

from config import environment
from tests.faults.settings import *  # noqa: F403

for name in environment.GIVEN_UP:
    del DATABASES["default"]["OPTIONS"][name]  # noqa: F405
