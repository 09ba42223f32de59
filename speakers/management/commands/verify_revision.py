"""`manage.py verify_revision`: is what was published still what was published?  R-28"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.models import Meeting
from journal import canonical, chain
from speakers import protection
from speakers.models import SpeakersList
from speakers.publishing import revision_chain


class Command(BaseCommand):
    help = (
        "Verifies published revisions of lists of speakers. With files, downloaded as JSON, it needs no database; "
        "without, it checks every revision in the database. Exits with status 1 and a sentence for each problem."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="revisions downloaded as JSON")
        parser.add_argument("--meeting", metavar="SLUG", help="without files: only this meeting; default: all")
        parser.add_argument(
            "--sha256", metavar="HASH", help="the hash that one of the revisions must have, 64 hexadecimal digits"
        )
        parser.add_argument(
            "--receipt", type=int, metavar="NUMBER", help="show where the entry with this receipt stands"
        )

    def handle(
        self,
        *_args: Any,
        files: list[Path],
        meeting: str | None,
        sha256: str | None,
        receipt: int | None,
        **_options: Any,
    ) -> None:
        revisions, found = self._from_files(files) if files else self._from_database(meeting)
        if sha256 is not None and not any(each.sha256 == _hash(sha256) for each in revisions):
            found.append(_("None of these revisions has that hash."))
        if found:
            raise CommandError("\n".join(found))
        for each in revisions:
            self._tell(each, _hash(sha256), receipt)
        for gap in revision_chain.gaps_of_files(revisions) if files else []:
            self.stdout.write(gap)
        count = len(revisions)
        words = ngettext("%(count)d revision, as it was frozen.", "%(count)d revisions, as they were frozen.", count)
        self.stdout.write(words % {"count": count})

    def _from_files(self, files):
        """The revisions in `files`, and what is wrong with them."""
        revisions, found = [], []
        for path in files:
            try:
                revisions.append(revision_chain.read(path.name, path.read_bytes()))
            except OSError as error:
                found.append(_("%(name)s cannot be read: %(why)s") % {"name": path, "why": error.strerror})
            except revision_chain.Unreadable as error:
                found.append(str(error))
        return revisions, found + revision_chain.problems_of_files(revisions)

    def _from_database(self, slug):
        """The revisions in the database, and what is wrong with them or with the database's protection."""
        meetings = Meeting.objects.filter(slug=slug) if slug else Meeting.objects.order_by("slug")
        if slug and not meetings:
            raise CommandError(_("There is no meeting %(slug)s.") % {"slug": slug})
        revisions, found = [], []
        for speakers_list in SpeakersList.objects.filter(meeting__in=meetings).order_by("meeting__slug", "slug"):
            frozen, problems = revision_chain.stored(speakers_list)
            revisions += frozen
            found += [f"{'/'.join(speakers_list.address)}: {problem}" for problem in problems]
        missing = [_("The database lacks the trigger %s.") % name for name in protection.missing(connection)]
        return revisions, found + missing

    def _tell(self, revision, sha256, receipt):
        """Print what `revision` is, whether it has the hash `sha256`, and where the entry of `receipt` stands."""
        facts = {"meeting": revision.chain, "number": revision.number, "as_at": revision.document["as_at"]}
        self.stdout.write(_("%(meeting)s, revision %(number)d, as at %(as_at)s") % facts)
        self.stdout.write(f"  SHA-256 {revision.sha256}")
        if sha256 == revision.sha256:
            self.stdout.write(_("  That is the hash you gave."))
        if revision.is_reformatted:
            self.stdout.write(_("  The file is formatted differently from the published one; its content is the same."))
        if receipt is not None:
            self.stdout.write("  " + _place_in_words(revision.place_of(receipt), receipt))


def _hash(typed):
    """A hash copied from paper or mail, normalised: no spaces, dashes or line endings, lower case."""
    if typed is None:
        return None
    digits = chain.digits(typed)
    if not canonical.is_hash(digits):
        raise CommandError(_("A hash has 64 hexadecimal digits (0–9, a–f); “%(typed)s” does not.") % {"typed": typed})
    return digits


def _place_in_words(row, receipt):
    if row is None:
        return _("Receipt %(receipt)d is not on it.") % {"receipt": receipt}
    words = _("Receipt %(receipt)d: %(delegation)s, at place %(place)d.")
    return words % {"receipt": receipt, "delegation": row["delegation"], "place": row["place"]}
