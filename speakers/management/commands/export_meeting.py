from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dialogue.models import Meeting
from speakers.loading import enclosed, export


class Command(BaseCommand):
    help = (
        "Writes a stored meeting as a file that load_meeting takes: its programme, its terms and its contacts, in all "
        "languages, and nothing of its entries. The files of its documents are written beside it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", metavar="SLUG", help="its short name in addresses")
        parser.add_argument("--output", type=Path, metavar="FILE", help="where to write it, if not to the terminal")

    def handle(self, *, slug: str, output: Path | None, **_options: Any) -> None:
        meeting = Meeting.objects.filter(slug=slug).first()
        if meeting is None:
            raise CommandError(f"There is no meeting “{slug}”.")
        text, files = export(meeting), enclosed(meeting)
        if output is None:
            self.stdout.write(text, ending="")
            if files:
                self.stderr.write(f"Not written: {', '.join(files)}. They go beside the file that --output names.")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
            for name, content in files.items():
                (output.parent / name).write_bytes(content)
        except OSError as error:
            raise CommandError(f"{output}: The file cannot be written: {error.strerror}.") from None
        beside = f", and beside it {', '.join(files)}" if files else ""
        self.stdout.write(f"Wrote {slug} to {output}{beside}.")
