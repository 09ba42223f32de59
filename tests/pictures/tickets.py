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
# Who waits for a decision: organization, name, gender, and the topic of those who wish to speak.
UNDECIDED = [
    ("Students for Protection", "Mei", "Chen", "woman", "Youth and early warning"),
    ("Foro de Derechos", "Lucía", "Rojas", "woman", "Local mediators"),
    ("Réseau pour la prévention", "Jean", "Moreau", "man", "Youth and early warning"),
    ("Cercle de Genève", "Anna", "Keller", "", ""),
]
LATER = [("Students for Protection", "Li", "Wei"), ("Cercle de Genève", "Zoé", "Weil")]


def fill(meeting):
    """Five approved and on the manifest, one of whom cancelled since; two who were approved later; four undecided."""
    at = meeting.moment(clock.now())
    opening.open_ticketing(meeting, by=STAFF, at=at)
    meeting.refresh_from_db()
    first, *_others = [_approved(meeting, *person, at=at) for person in PEOPLE]
    freezing.freeze(meeting, by=STAFF, at=at)
    ending.cancel(first, by=STAFF, at=at, reason="By telephone.")
    for person in LATER:
        _approved(meeting, *person, at=at)
    for person in UNDECIDED:
        _undecided(meeting, *person, at=at)


def _undecided(meeting, organization, first_name, last_name, gender, topic, *, at):
    wish = {"wishes_to_speak": True, "topic": topic, "statement_language": "en"} if topic else {}
    request = make_request(meeting, organization, at=at)
    return make_representative(
        request=request, at=at, first_name=first_name, last_name=last_name, gender=gender, **wish
    )


def _approved(meeting, organization, first_name, last_name, *, at):
    request = make_request(meeting, organization, at=at)
    return make_representative(state="approved", request=request, at=at, first_name=first_name, last_name=last_name)
