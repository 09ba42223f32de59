"""Three revisions of the list in the pictures, with what an officer does between them."""

from concurrent.futures import ThreadPoolExecutor

from django.db import connection

import clock
from dialogue.models import Meeting
from speakers.entries import withdrawing
from speakers.moves import pinning
from speakers.publishing import revisions
from tests.factories import STAFF

# Places on the list: who is withdrawn, who is pinned, and before whom.
BETWEEN = [(5, 40, 12), (18, 30, 9)]


def publish():
    """Publish the list three times, once; in a thread of its own: the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_publish).result()


def _publish():
    try:
        speakers_list = Meeting.objects.get(slug="r2p-rehearsal").speakers_list
        if speakers_list.revisions.exists():
            return
        entries = list(speakers_list.inscriptions.standing().filter(capacity="national").order_by("receipt_no"))
        _freeze(speakers_list)
        for leaving, moved, anchor in BETWEEN:
            at = speakers_list.meeting.moment(clock.now())
            withdrawing.withdraw(entries[leaving], by=STAFF, at=at)
            pinning.pin(entries[moved], before=entries[anchor], reason="Leaves early.", by=STAFF, at=at)
            _freeze(speakers_list)
    finally:
        connection.close()


def _freeze(speakers_list):
    revisions.publish(speakers_list, by=STAFF, at=speakers_list.meeting.moment(clock.now()))
