"""`manage.py verify_draw`: recompute a published draw from its public values alone.  R-21"""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from speakers import recomputing


class Command(BaseCommand):
    help = (
        "Recomputes a published draw from its public values alone: the file draw.json of its page, or - to read "
        "standard input, as in curl … | manage.py verify_draw -. Uses no database. Exits with status 1 and a sentence "
        "for each problem, if there is any."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the JSON of the draw, or - for standard input")
        parser.add_argument("--commitment", default="", help="the commitment you noted before the list opened")
        parser.add_argument("--code", help="also show the lot of the delegation with this code, for instance RWA")

    def handle(self, *_args: Any, file: str, commitment: str, code: str | None, **_options: Any) -> None:
        published = self._read(file)
        if found := recomputing.problems(published, noted_commitment=commitment):
            raise CommandError("\n".join(found))
        for line in self._results(published, code):
            self.stdout.write(line)

    def _read(self, file):
        try:
            text = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            return recomputing.read(Path(file).name, text)
        except OSError as error:
            raise CommandError(_("%(name)s cannot be read: %(why)s") % {"name": file, "why": error.strerror}) from None
        except recomputing.Unreadable as error:
            raise CommandError(str(error)) from None

    def _results(self, published, code):
        """The recomputed values, a line each."""
        if published["commitment"]:
            yield _("The secret is the one committed to: %(hash)s") % {"hash": published["commitment"]}
            yield _("The seed follows from the secret and the public value “%(beacon)s”.") % published
        else:
            yield _("The recorded seed is %(seed)s") % published
        for position, row in enumerate(published["delegations"], start=1):
            yield f"{position:4}. {row['code']:<12} {row['lot']}  {row['name']}"
        if code:
            facts = {"code": code, "lot": recomputing.lot(published["seed"], code)}
            yield _("The lot of %(code)s is %(lot)s") % facts
