import http.client
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

import clock
from dialogue.models import Meeting

# How many seconds the web server may take to answer.
PATIENCE = 60


class Command(BaseCommand):
    help = "Waits until the web server answers, then prints the addresses and how to sign in."

    def handle(self, **_options: Any) -> None:
        self._wait_for_an_answer()
        site = settings.SITE_URL
        self.stdout.write(f"\n  Public     {site}/")
        self.stdout.write(f"  Staff      {site}/secretariat/")
        call_command("ensure_staff", stdout=self.stdout)
        if settings.EMBEDDED:
            self.stdout.write(f"  Mail       {site}/mailbox/  (all mail stays there; none leaves this machine)")
            self._tell_how_to_inscribe(site)
        self.stdout.write("  Stop       Ctrl-C; everything is kept for the next start\n\n")

    def _wait_for_an_answer(self):
        end = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > end:
                raise CommandError(f"The web server did not answer within {PATIENCE} seconds; see its output above.")
            time.sleep(0.1)

    def _answers(self):
        host = settings.HOST
        connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, settings.PORT, timeout=5)  # noqa: S104
        try:
            connection.request("GET", "/")
            return bool(connection.getresponse().status)
        except OSError:
            return False
        finally:
            connection.close()

    def _tell_how_to_inscribe(self, site):
        rehearsal = Meeting.objects.filter(is_rehearsal=True, is_published=True).first()
        if rehearsal is None or not rehearsal.speakers_list.accepts_inscriptions(rehearsal.moment(clock.now())):
            return
        self.stdout.write(f"  Inscribe   {site}/meetings/{rehearsal.slug}/speakers/inscribe/")
        self.stdout.write("             as Rwanda, for instance: rwa@missions.example; the code comes to the mailbox")
