from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from config.static import collect_if_changed

RECORD = [["load_delegations"]]
MEETINGS = [
    ["load_meeting", settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"],
    ["load_rehearsal"],
    ["open_ticketing"],
]
"""What the embedded mode begins with: the dialogue as it was, the same to rehearse with, open now; tickets to both."""


class Command(BaseCommand):
    help = (
        "Brings the database and the static files up to date; in the embedded mode, loads the meetings too. "
        "Run again, it changes nothing."
    )

    def handle(self, **options):
        call_command("migrate", interactive=False, verbosity=0)
        for name, *arguments in RECORD + (MEETINGS if settings.EMBEDDED else []):
            if name in get_commands():
                call_command(name, *arguments, stdout=self.stdout)
        collect_if_changed()
