"""`manage.py verify_journal`: check that every chain is intact, and that a witness lies on one.  R-58"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal import canonical, chain, chain_file, protection
from journal.models import Head


class Command(BaseCommand):
    help = (
        "Verifies the chains of the journal. Prints a sentence for each problem and exits with status 1 if there is "
        "one. --witness says which act a receipt witnesses. With files, downloaded as journal.json, it needs no "
        "database."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="chains downloaded as journal.json")
        parser.add_argument("--stream", help="only this stream, for instance meeting/r2p-2016; all by default")
        parser.add_argument("--witness", metavar="HASH", help="the witness printed on a receipt, 64 digits")

    def handle(self, *_args: Any, files: list[Path], stream: str | None, witness: str | None, **_options: Any) -> None:
        if files:
            self._verify_files(files, stream, witness)
        else:
            self._verify_database(stream, witness)

    def _verify_files(self, paths, stream, witness):
        """Check that the files hold one chain for each stream, and that the witness lies on it."""
        files, found = chain_file.read_all(paths)
        files = [each for each in files if stream in (None, each.stream)]
        found += chain_file.problems(files)
        holders = [each for each in files if witness and chain.digits(witness) in each.hashes]
        if witness and not holders:
            found.append(chain.why_unwitnessed(witness))
        if found:
            raise CommandError("\n".join(found))
        for each in files:
            count = len(each.hashes)
            words = ngettext(
                "%(name)s: %(count)d entry of %(stream)s.", "%(name)s: %(count)d entries of %(stream)s.", count
            )
            facts = {"name": each.name, "stream": each.stream, "count": count}
            self.stdout.write(words % facts)
        for each in holders:
            number = each.hashes.index(chain.digits(witness)) + 1
            self.stdout.write(_("The witness is entry %(number)d of %(name)s.") % {"name": each.name, "number": number})
            self._tell_following(len(each.hashes) - number)
        if len(files) > 1:
            self.stdout.write(_("Each newer file continues the older one of its stream."))

    def _verify_database(self, stream, witness):
        """Check that each chain in the database is intact and protected, and that the witness lies on one."""
        entry = chain.witnessed(witness) if witness else None
        names = [stream] if stream else chain.streams()
        found = [f"{name}: {problem}" for name in names for problem in chain.problems(name)]
        found += [_("The database lacks the trigger %s.") % name for name in protection.missing(connection)]
        if witness and (entry is None or entry.stream not in names):
            found.append(chain.why_unwitnessed(witness))
        if found:
            raise CommandError("\n".join(found))
        for name in names:
            self.stdout.write(_("%s: the chain is intact.") % name)
        if witness:
            self._tell(entry)

    def _tell(self, entry):
        """Print which act the witness is of, and how many entries follow it."""
        facts = {
            "number": entry.sequence,
            "stream": entry.stream,
            "act": entry.act,
            "subject": entry.subject,
            "at": canonical.moment(entry.at),
        }
        self.stdout.write(_("The witness lies on the chain."))
        self.stdout.write(_("It is entry %(number)d of %(stream)s: %(act)s, %(subject)s, at %(at)s.") % facts)
        self._tell_following(Head.objects.get(stream=entry.stream).sequence - entry.sequence)

    def _tell_following(self, count):
        words = ngettext("%(count)d entry follows it.", "%(count)d entries follow it.", count)
        self.stdout.write(words % {"count": count})
