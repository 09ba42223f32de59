from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

import clock
from dialogue import moments
from journal.actors import SYSTEM
from speakers.loading import Again, BadFile, Loaded, rehearse
from speakers.management.commands.load_meeting import short_name

FILE = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"


class Command(BaseCommand):
    help = (
        "Loads a meeting's file as a rehearsal whose list is open now and closes in three to ten days. A rehearsal "
        "that exists is kept; one whose deadline has passed without any inscription is put off to later weeks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?", default=FILE, help="r2p-2016.toml by default")
        parser.add_argument("--slug", type=short_name, default="r2p-rehearsal", help="its short name in addresses")

    def handle(self, *, file: Path, slug: str, **_options: Any) -> None:
        at = clock.now()
        try:
            outcome = rehearse(file, slug=slug, by=SYSTEM, at=at)
        except BadFile as refusal:
            raise CommandError(str(refusal)) from None
        meeting = outcome.meeting
        deadline = moments.in_words(meeting.speakers_list.closes_at, meeting)
        if isinstance(outcome, Again):
            self._tell_kept(meeting, deadline, at)
            return
        for warning in outcome.warnings if isinstance(outcome, Loaded) else []:
            self.stderr.write(f"Warning: {warning}")
        verb = "Loaded" if isinstance(outcome, Loaded) else "Put off"
        self.stdout.write(f"{verb} {slug}: the list is open and closes on {deadline}.")
        if meeting.holds_mail:
            self.stdout.write(
                "Its mail is held at the mail desk; to send it, use the act on its page at /secretariat/."
            )

    def _tell_kept(self, meeting, deadline, at):
        self.stdout.write(f"{meeting.slug} is already loaded; nothing was changed.")
        if meeting.moment(at) >= meeting.speakers_list.closes_at:
            self.stdout.write(
                f"Its list closed on {deadline} and holds inscriptions. "
                f"To start another: manage.py load_rehearsal --slug {meeting.slug}-2"
            )
