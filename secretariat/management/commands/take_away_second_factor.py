"""Takes the second factor from an account whose device is lost, if no lead can do so on its page.  R-78"""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import clock
from journal.actors import SYSTEM
from secretariat.signing_in import second_factor


class Command(BaseCommand):
    help = "Takes the second factor from the account USERNAME, ends its sessions, and journals both."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *_args: Any, username: str, **_options: Any) -> None:
        if (user := User.objects.filter(username=username).first()) is None:
            raise CommandError(_("There is no account of that name."))
        second_factor.take_away(user, by=SYSTEM, at=clock.now(), reason=gettext_noop("By the command, on the server."))
        self.stdout.write(_("Done: after the password, the next sign-in asks for a new second factor."))
