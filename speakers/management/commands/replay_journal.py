"""`manage.py replay_journal`: does each list follow from the journal alone?  R-58"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from speakers.models import SpeakersList
from speakers.order import replaying


class Command(BaseCommand):
    help = (
        "Rebuilds each list of speakers from the journal alone and compares it with the stored one. Exits with "
        "status 1 and a sentence for each difference, if there is any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--meeting", help="only this meeting, by its short name in addresses; default: all")

    def handle(self, *_args: Any, meeting: str | None, **_options: Any) -> None:
        lists = SpeakersList.objects.order_by("meeting__slug", "slug")
        found = []
        for each in lists.filter(meeting__slug=meeting) if meeting else lists:
            name, problems = "/".join(each.address), self._problems(each)
            found += [f"{name}: {problem}" for problem in problems]
            if not problems:
                self.stdout.write(_("%s: the list follows from the journal alone.") % name)
        if found:
            raise CommandError("\n".join(found))

    def _problems(self, speakers_list):
        try:
            return replaying.differences(speakers_list)
        except replaying.NotReplayable as problem:
            return [str(problem)]
