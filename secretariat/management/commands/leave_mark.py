"""Leaves a mark of this database outside it, as the worker does every minute, and prints it with the chains' heads."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

import clock
from journal.models import Head
from secretariat.recovery import marks, recognizing


class Command(BaseCommand):
    help = "Leave a mark of this database in Redis and in VAR_DIR, by which an older state of it is recognized. R-76"

    def handle(self, **_options: Any) -> None:
        recognizing.look()
        mark = marks.leave(at=clock.now())
        heads = {head.stream: [head.sequence, head.hash] for head in Head.objects.all()}
        self.stdout.write(json.dumps({**asdict(mark), "journal": heads}))
