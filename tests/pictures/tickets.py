"""Civil society for the pictures: requests with decisions, a manifest that was sent, and some changes since."""

import clock
from registration.manifests import freezing
from registration.requests import ending, opening
from tests.factories import STAFF
from tests.registration.factories import make_representative, make_request

PEOPLE = [
    ("Centre for Peace", "Ada", "Lovelace"),
    ("Nairobi Human Rights Institute", "Wangari", "Kimani"),
    ("مركز الحوار", "عادل", "الإمام"),
    ("Foro de Derechos", "José", "Martínez"),
    ("Association Justice", "Claire", "Dubois"),
]
LATER = [("Students for Protection", "Li", "Wei"), ("Cercle de Genève", "Zoé", "Weil")]


def fill(meeting):
    """Five approved and on the manifest, one of whom cancelled since; two who were approved later."""
    at = meeting.moment(clock.now())
    opening.open_ticketing(meeting, by=STAFF, at=at)
    meeting.refresh_from_db()
    first, *_others = [_approved(meeting, *person, at=at) for person in PEOPLE]
    freezing.freeze(meeting, by=STAFF, at=at)
    ending.cancel(first, by=STAFF, at=at, reason="By telephone.")
    for person in LATER:
        _approved(meeting, *person, at=at)


def _approved(meeting, organization, first_name, last_name, *, at):
    request = make_request(meeting, organization, at=at)
    return make_representative(state="approved", request=request, at=at, first_name=first_name, last_name=last_name)
