"""Supervisor, as `manage.py serve` runs it: it looks after the parts five times a second instead of once.

So Ctrl-C ends everything quickly, and pages come up quickly. Run as `python -m config.embedded.supervising`.
"""

from typing import Any

from supervisor import poller, supervisord

SECONDS = 0.2


class AttentivePoller(poller.Poller):
    """Waits `SECONDS` at most for something to happen."""

    def poll(self, timeout: float) -> Any:
        return super().poll(min(timeout, SECONDS))


if __name__ == "__main__":
    poller.Poller = AttentivePoller
    supervisord.main()
