"""Which Chromium draws the pages: Debian's, without the windows that only a person at a desk sees."""

import shutil

# The first is the second without windows, tabs and profiles: a new visitor costs it a fifth of the time.
PROGRAMS = ("chromium-headless-shell", "chromium")


def program():
    """The path of Chromium; None if it is not installed."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)
