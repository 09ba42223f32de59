from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from config.static import collect_if_changed

RECORD: list[list[str | Path]] = [["set_permissions"], ["load_delegations"]]
# What the embedded mode starts with: the dialogue of 2016, a rehearsal of it whose list is open now, tickets for both.
MEETINGS: list[list[str | Path]] = [
    ["load_meeting", settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"],
    ["load_rehearsal"],
    ["open_ticketing"],
]


class Command(BaseCommand):
    help = (
        "Brings the database and the static files up to date; in the embedded mode, loads the meetings too. "
        "Running it again changes nothing."
    )

    def handle(self, **_options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0, skip_checks=False)
        for name, *arguments in RECORD + (MEETINGS if settings.EMBEDDED else []):
            if name in get_commands():
                call_command(name, *arguments, stdout=self.stdout)
        collect_if_changed()
