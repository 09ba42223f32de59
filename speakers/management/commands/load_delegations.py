from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

import clock
from journal.actors import SYSTEM
from speakers.delegations.loading import DEMONSTRATION_HOST, load


class Command(BaseCommand):
    help = (
        "Adds the delegations, their dated places, the levels of speakers and the groups that are missing; changes no "
        "existing row. In embedded mode, each delegation without a focal point gets one at missions.example, for "
        "trying out."
    )

    def handle(self, **_options: Any) -> None:
        added = load(by=SYSTEM, at=clock.now(), with_demonstration=settings.EMBEDDED)
        if added.delegations or added.levels:
            self.stdout.write(f"Loaded {added.delegations} delegations and {added.levels} levels of representation.")
        if added.groups:
            self.stdout.write(f"Loaded {added.groups} groups.")
        if added.focal_points:
            self.stdout.write(f"Added {added.focal_points} demonstration focal points at {DEMONSTRATION_HOST}.")
        if not any([added.delegations, added.levels, added.groups, added.focal_points]):
            self.stdout.write("The delegations were already loaded; nothing was changed.")
