"""Erases personal data that are due; with --dry-run it only reports how much is left, where, and until when.  R-57"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import clock
from dialogue import moments
from secretariat import erasing


class Command(BaseCommand):
    help = "Erase personal data that are due; with --dry-run, only report what is left, and where. Names no person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="report, erase nothing")

    def handle(self, *_args: Any, dry_run: bool, **_options: Any) -> None:
        at = clock.now()
        if dry_run:
            self._report(erasing.report(at=at))
            return
        number = erasing.erase_what_is_due(at=at)
        erasing.rewrite_file()
        words = ngettext("Erased: %(number)d row, file or mail.", "Erased: %(number)d rows, files and mails.", number)
        self.stdout.write(words % {"number": number})

    def _report(self, found):
        """One line for each place that holds something, under its meeting."""
        meeting, is_first = None, True
        for left in found:
            if left.meeting != meeting or is_first:
                meeting, is_first = left.meeting, False
                self.stdout.write(str(meeting) if meeting else _("Of no single meeting"))
            if left.number:
                self.stdout.write("  " + _in_words(left))
        if not any(left.number for left in found):
            self.stdout.write(_("No personal data are left."))


def _in_words(left):
    """How much is left at one place, and until when."""
    until = left.rule or moments.in_words(left.due_at, left.meeting)
    words = _("%(number)6d  %(place)s: %(until)s")
    if left.is_due:
        words = _("%(number)6d  %(place)s: %(until)s – DUE")
    return words % {"number": left.number, "place": left.name, "until": until}
