"""When a mail is tried again: eleven times over about six hours, at growing intervals."""

import secrets
from datetime import timedelta

DELAYS = [timedelta(minutes=minutes) for minutes in (0.5, 1, 2, 5, 10, 20, 30, 60, 60, 60, 120)]
JITTER = 0.2


def delay(attempts: int) -> timedelta | None:
    """How long to wait after the outcome number `attempts` (from 1), or None if the mail is given up.

    Varies by up to a fifth, so that mails that failed together are not retried together.
    """
    if attempts > len(DELAYS):
        return None
    return DELAYS[attempts - 1] * secrets.SystemRandom().uniform(1 - JITTER, 1 + JITTER)
