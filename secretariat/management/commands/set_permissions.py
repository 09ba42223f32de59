from typing import Any

from django.core.management.base import BaseCommand, CommandError

from secretariat import permitting


class Command(BaseCommand):
    help = (
        "Gives each group of staff exactly what the tables `permissions.py` of the apps permit it. Groups that were "
        "made at /secretariat/ are left alone. Run again, it changes nothing."
    )

    def handle(self, **_options: Any) -> None:
        try:
            changes = permitting.apply()
        except permitting.UnknownPermission as unknown:
            raise CommandError(f"The database lacks permissions: {unknown}. Run manage.py migrate first.") from None
        for group, (gained, lost) in changes.items():
            self.stdout.write(f"Group {group}: {len(gained)} permissions added, {len(lost)} removed.")
