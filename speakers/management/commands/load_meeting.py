from argparse import ArgumentTypeError
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

import clock
from dialogue import moments
from dialogue.models import Meeting
from journal.actors import SYSTEM
from speakers.loading import BadFile, Loaded, kinds, load


def short_name(text: str) -> str:
    """A short name for addresses, as the model accepts it; an error repeats the model’s words."""
    try:
        return kinds.stored_as(Meeting, "slug")(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from error


class Command(BaseCommand):
    help = (
        "Loads a meeting from one file, such as dialogue/meetings/r2p-2016.toml, as a whole: a bad file is refused "
        "with FILE:LINE: reason. A meeting that is already loaded is not changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--slug", type=short_name, help="a short name in addresses other than the file's")
        parser.add_argument(
            "--starts-on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="another day for the first sitting: all times move together by whole days, hours stay as they are",
        )

    def handle(self, *, file: str, slug: str | None, starts_on: Any, **_options: Any) -> None:
        try:
            outcome = load(file, slug=slug, starts_on=starts_on, by=SYSTEM, at=clock.now())
        except BadFile as refusal:
            raise CommandError(str(refusal)) from None
        if isinstance(outcome, Loaded):
            self._tell(outcome.meeting, outcome.warnings)
        else:
            self._tell_unchanged(outcome)

    def _tell(self, meeting, warnings):
        when = moments.in_words(meeting.starts_at, meeting)
        deadline = moments.in_words(meeting.speakers_list.closes_at, meeting)
        self.stdout.write(f"Loaded {meeting.slug}: {when}; the list closes on {deadline}.")
        if settings.MAILBOX_DIR is None:
            officers = ", ".join(contact.email for contact in meeting.contacts.all())
            self.stdout.write(f"Mail about it goes to the officers named in the file: {officers}.")
        for warning in warnings:
            self.stderr.write(f"Warning: {warning}")

    def _tell_unchanged(self, again):
        self.stdout.write(f"{again.meeting.slug} is already loaded; nothing was changed.")
        if again.differences:
            self.stdout.write(f"The file differs in: {', '.join(again.differences)}.")
            self.stdout.write("To change a loaded meeting, go to /secretariat/; the journal records it.")
