"""`manage.py drain_outbox`: send all that is due, without Celery.  R-10"""

from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

import clock
from outbox.delivery import breaker, sweeping
from outbox.models import Attempt
from secretariat.recovery import recognizing

Outcome = Attempt.Outcome


class Command(BaseCommand):
    help = "Sends all mail that is due, without Celery, and prints how many. Safe beside a running worker."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Send, even if the mail server was in trouble a moment ago: the person who says so knows."""
        recognizing.look()
        breaker.close()
        aside = sweeping.set_poison_aside(at=clock.now())
        count = Counter(sweeping.drain())
        self.stdout.write(
            _("Sent: %(sent)d. To be tried again: %(retry)d. Failed: %(failed)d.")
            % {"sent": count[Outcome.SENT], "retry": count[Outcome.RETRY], "failed": count[Outcome.FAILED] + aside}
        )
