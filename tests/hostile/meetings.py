"""A meeting with a second list in three states: empty as shipped, full, and finished.

The full one is the scene of the upgrade: its dialogue sits, a rehearsal of it is open, a third list was drawn by lot.
"""

from datetime import timedelta

from django.core.management import call_command

import clock
from dialogue.documents import enclosing
from dialogue.documents.enclosing import Enclosure
from dialogue.models import Meeting
from floor import standings
from floor.acts import absence, calling
from registration.door import scanning
from registration.requests import opening
from speakers.loading import load
from speakers.models import SpeakersList
from speakers.publishing import revisions
from tests.factories import DEADLINE, OPEN, STAFF, make_delegation, make_focal_point, make_inscription
from tests.floor.room import after, conclude, press
from tests.floor.statements.files import pdf
from tests.speakers.interest.round_tables import make_interest
from tests.upgrade import scene
from webhooks import subscribing
from webhooks.models import Webhook

SLUG, PANEL = "r2p-2016", "panel"
# The moment of a visit: the meeting sits, and the list of its rehearsal is open.
AT = after(1200)
ENTERED, NOT_ENTERED = "rwa@missions.example", "prt@missions.example"


def empty():
    """The meeting as shipped, open to requests for tickets, and a second list of it: no one is on either."""
    with clock.stopped(scene.BEGINNING), scene.with_examples(scene.FILE) as file:
        call_command("load_delegations", verbosity=0)
        meeting = load(file, by=STAFF, at=scene.BEGINNING).meeting
        opening.open_ticketing(meeting, by=STAFF, at=scene.BEGINNING)
    _panel_of(meeting)
    _focal_points()


def full():
    """Almost everything that the site knows has happened; the second list has entries too."""
    scene.enact()
    panel = _panel_of(Meeting.objects.get(slug=SLUG))
    enclosing.enclose(panel.meeting.documents.all()[0], Enclosure(pdf()))
    panel.meeting.speakers_list = panel
    for code in ("RWA", "KEN"):
        make_inscription(panel.meeting, make_delegation(code), at=OPEN)
    _round_table_of(panel.meeting)
    revisions.publish(panel, comment="A first reading.", by=STAFF, at=OPEN)
    _focal_points()
    _conflict_at_the_door(panel.meeting)
    webhook = Webhook(meeting=panel.meeting, name="Screens", url="https://events.example.org/hook")
    subscribing.add(webhook, by=STAFF, at=OPEN)
    with clock.stopped(scene.LATE):
        scene.late_request(Meeting.objects.get(slug=SLUG), "PRT")


def finished():
    """The full meeting after its last speaker, concluded."""
    full()
    meeting = Meeting.objects.get(slug=SLUG)
    press(meeting, calling.end, AT)
    while standings.read(meeting).waiting:
        press(meeting, calling.call, AT)
        press(meeting, absence.note_absence, AT)
    conclude(meeting, AT)


def _conflict_at_the_door(meeting):
    """A device without a network showed green for a code that no voucher has."""
    attempt = scanning.Attempt(nonce="a-conflict", code="0" * 40, told="green", device_at=AT)
    scanning.scan(meeting, attempt, by=STAFF, at=AT)


def _panel_of(meeting):
    opens_at = meeting.speakers_list.opens_at
    closes_at = DEADLINE + timedelta(days=1)
    return SpeakersList.objects.create(
        meeting=meeting, slug=PANEL, title={"en": "Panel"}, opens_at=opens_at, closes_at=closes_at
    )


def _round_table_of(meeting):
    """A third list, whose seats are given by selection, and in which a delegation has expressed its interest."""
    terms = {"opens_at": meeting.speakers_list.opens_at, "closes_at": DEADLINE, "seats_by_selection": 2}
    table = SpeakersList.objects.create(meeting=meeting, slug="round-table", title={"en": "Round table"}, **terms)
    make_interest(table, "RWA")


def _focal_points():
    for code in ("RWA", "PRT"):
        delegation = make_delegation(code)
        if not delegation.focal_points.exists():  # the embedded mode has made some
            make_focal_point(delegation)
