"""A process whose own clock is wrong, and can be set while it runs (libfaketime); the clocks of the others are right."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

# Where Debian and others keep it.
LIBRARIES = [*Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), *Path("/usr/lib/faketime").glob("libfaketimeMT*")]


class WrongClock:
    """A file that says by how much the clock of those processes is wrong that have the `environment`."""

    def __init__(self, file):
        if not LIBRARIES:
            pytest.skip("faketime is not installed")
        self.file = file
        self.set(timedelta(0))

    @property
    def environment(self):
        """What such a process has in its environment. Durations are measured rightly, as on a machine that is set."""
        own = {"LD_PRELOAD": str(LIBRARIES[0]), "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1"}
        return own | {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}

    def set(self, ahead):
        """Let the clock be that far `ahead` from now on; behind, if negative."""
        following = self.file.with_suffix(".next")
        following.write_text(f"{ahead.total_seconds():+.0f}s\n")
        os.replace(following, self.file)
