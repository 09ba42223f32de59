"""`manage.py after_restore`: what has to be done once a backup is restored, before the site goes on.  R-76"""

from argparse import ArgumentTypeError
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

import clock
from journal import chain_file
from secretariat.models import Database, Restoration
from secretariat.recovery import marks, report, restoring
from secretariat.recovery.numbers import MARGIN, Known, RestoreRefused


class Command(BaseCommand):
    help = (
        "Puts a restored database on hold: keeps back the mail that may have been sent since the backup, drops alerts, "
        "one-time codes and sessions, lets receipt numbers go on above those that may have been given, journals, and "
        "prints what may be missing and whom to ask. Run again, it only raises numbers, if more is known; with --force "
        "it begins again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        words = (
            "a receipt number that was given; of one list as MEETING=NUMBER or MEETING/LIST=NUMBER, else of each list "
            "whose meeting was not over; may be repeated"
        )
        parser.add_argument("--receipt", action="append", type=_receipt, default=[], metavar="NUMBER", help=words)
        words = "chains that were kept outside as journal.json; each entry beyond the backup may be an inscription"
        parser.add_argument("--kept", nargs="+", type=Path, default=[], metavar="FILE", help=words)
        words = f"how many numbers to skip above the highest one that is known; by default {MARGIN}"
        parser.add_argument("--margin", type=int, default=MARGIN, metavar="NUMBER", help=words)
        words = "when the backup was made, as 2026-09-06T13:00 in UTC; by default the last trace in the database"
        parser.add_argument("--from", dest="gap_from", type=_moment, metavar="MOMENT", help=words)
        parser.add_argument("--force", action="store_true", help="it was restored just now, whatever marks say")

    def handle(self, *_args: Any, receipt: list[tuple[str, int]], kept: list[Path], **options: Any) -> None:
        self._refuse_what_was_not_restored(options["force"])
        chains, unreadable = chain_file.read_all(kept)
        if unreadable:
            raise CommandError("\n".join(unreadable))
        known = Known(receipts=receipt, chains=chains, margin=options["margin"])
        stood = Restoration.objects.standing().first()
        force, gap_from = options["force"], options["gap_from"]
        try:
            restoration = restoring.hold(known, gap_from=gap_from, force=force, at=clock.now())
        except RestoreRefused as refusal:
            raise CommandError(str(refusal)) from None
        if restoration is None:
            return
        if restoration == stood:
            self.stdout.write(_("The site was on hold already. Only receipt numbers are raised, if they have to be."))
            self.stdout.write(_("If the database was restored once more since then, say --force."))
        self.stdout.write("\n".join(report.sentences(restoration)))

    def _refuse_what_was_not_restored(self, force):
        """Refuse a database that is where a mark last saw it, which was hardly restored."""
        database = Database.of_this_site()
        is_known = marks.newest(database.identity) is not None
        if force or Restoration.objects.standing().exists() or not is_known or restoring.is_behind(database):
            return
        words = _(
            "Nothing was done: this database is as new as when it was last seen, so nothing shows that it was "
            "restored. If it was all the same, say --force."
        )
        raise CommandError(words)


def _receipt(text):
    """The address of a list, or nothing, and a number."""
    address, _sign, number = text.rpartition("=")
    if not (number.isascii() and number.isdecimal() and len(number) <= 9):
        raise ArgumentTypeError(f"“{text}” is no receipt number")
    return address, int(number)


def _moment(text):
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is no moment; write 2026-09-06T13:00") from None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
