"""`manage.py verify_receipt`: does a receipt say what was recorded, and do public files hold it?  R-08 R-77"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from journal import chain_file
from speakers.publishing import receipt_file, revision_chain


class Command(BaseCommand):
    help = (
        "Verifies receipts that delegations saved as files, against themselves and against the chains (journal.json) "
        "and revisions given with them. Uses no database. Exits with status 1 and a sentence for each problem."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("receipt", type=Path, metavar="RECEIPT", help="the receipt as a file")
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="chains and revisions, as JSON")

    def handle(self, *_args: Any, receipt: Path, files: list[Path], **_options: Any) -> None:
        try:
            holder = receipt_file.read(receipt.name, receipt.read_bytes())
        except OSError as error:
            words = _("%(name)s cannot be read: %(why)s") % {"name": receipt, "why": error.strerror}
            raise CommandError(words) from None
        except receipt_file.Unreadable as error:
            raise CommandError(str(error)) from None
        chains, revisions, found = self._read(files)
        found += receipt_file.problems(holder) + receipt_file.problems_with_chains(holder, chains)
        found += chain_file.problems(chains) + revision_chain.problems_of_files(revisions)
        if found:
            raise CommandError("\n".join(found))
        for line in receipt_file.results(holder, chains, revisions):
            self.stdout.write(line)

    def _read(self, files):
        """The chains and the revisions in `files`, and a sentence for each that is neither."""
        revisions = {}
        for path in files:
            try:
                revisions[path] = revision_chain.read(path.name, path.read_bytes())
            except (OSError, revision_chain.Unreadable):
                continue
        chains, found = chain_file.read_all(path for path in files if path not in revisions)
        return chains, list(revisions.values()), found
