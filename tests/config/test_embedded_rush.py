"""The embedded mode, on SQLite, while many delegations inscribe in the same moment.  R-07 R-09 R-12"""

import json
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings

from tests.config.serving import PARTS, wait_until
from tests.faults.clients import Visitor, at_once, marks

pytestmark = [pytest.mark.faults, pytest.mark.alone]
MANY = 40
PATH = "/meetings/r2p-rehearsal/speakers/inscribe/"
TYPED = {
    "capacity": "national",
    "speaker_prefix": "H.E. Ms.",
    "speaker_name": "Name of the Speaker",
    "speaker_title": "Permanent Representative",
    "level": "PR",
    "language": "en",
    "contact_name": "First Secretary",
    "contact_email": "mission@missions.example",
}


def test_forty_delegations_that_inscribe_at_once_all_get_a_receipt(prepared):
    prepared.start()
    wait_until(lambda: set(prepared.parts()) == set(PARTS), "all parts to run")
    command = [sys.executable, "-m", "tests.config.signed_in", str(MANY)]
    own = {"env": prepared.environment, "cwd": settings.BASE_DIR, "capture_output": True, "text": True}
    told = subprocess.run(command, check=False, **own)
    assert told.returncode == 0, told.stderr
    visitors = [Visitor(prepared.port, cookies={"sessionid": key}) for key in json.loads(told.stdout)]
    pages = at_once([lambda who=who: who.get(PATH) for who in visitors], side_by_side=4)
    forms = [marks(page.text) | TYPED for page in pages]

    senders = zip(visitors, forms, strict=True)
    answers = at_once([lambda who=who, form=form: who.post(PATH, form) for who, form in senders])

    assert [answer.status for answer in answers if not answer.is_recorded] == []
    with sqlite3.connect(prepared.state / "database.sqlite3") as database:
        numbers = database.execute("SELECT receipt_no FROM speakers_inscription ORDER BY receipt_no").fetchall()
    assert [number for (number,) in numbers] == list(range(1, MANY + 1))
