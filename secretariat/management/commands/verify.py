"""`manage.py verify`: is all whole?  R-77"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

import clock
from secretariat.integrity.findings import findings


class Command(BaseCommand):
    help = (
        "Says whether all is whole: triggers, chains, payloads, lists, revisions, receipts, draws and hand-overs in "
        "the database, and the files and witnesses that were kept outside. Prints a sentence for each finding and "
        "exits with status 1 if there is one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        words = "a chain, a revision or a receipt that was saved earlier, as JSON, in any order"
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help=words)
        words = "the witness printed on a receipt, 64 digits; may be repeated"
        parser.add_argument("--witness", action="append", default=[], metavar="HASH", help=words)

    def handle(self, *_args: Any, files: list[Path], witness: list[str], **_options: Any) -> None:
        if found := findings(files, witness, at=clock.now()):
            raise CommandError("\n".join(found))
        self.stdout.write(_("All is whole."))
