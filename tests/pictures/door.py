"""Who is expected at the door of the pictures: representatives with vouchers, one of whom has come."""

import re

import clock
from outbox.models import Message
from registration.decisions import deciding, releasing
from registration.door import scanning
from tests.factories import STAFF
from tests.pictures.shots.door import OPENED
from tests.registration.factories import make_representative, make_request

PEOPLE = [
    ("Nairobi Human Rights Institute", "Wangari", "Kimani"),
    ("Centre for Peace", "Ada", "Lovelace"),
    ("Centre for Peace", "Grace", "Hopper"),
    ("Global Alliance against Atrocities", "Lucía", "Fernández"),
    ("Réseau pour la prévention", "Zoé", "Martin"),
]


def fill(meeting):
    """Approve them all; the first has come, and the second has a voucher to be shown."""
    at = meeting.moment(clock.now())
    people = []
    for organization, first_name, last_name in PEOPLE:
        request = make_request(meeting, organization, at=at)
        facts = {"first_name": first_name, "last_name": last_name, "has_grounds_pass": True}
        person = make_representative(request=request, at=at, **facts)
        deciding.approve(person, by=STAFF, at=at)
        releasing.release(person, by=STAFF, at=meeting.moment(clock.now()))
        people.append(person)
    codes = [person.vouchers.get().code for person in people]
    scanning.scan(meeting, scanning.Attempt("first", codes[0], desk="Desk 1"), by=STAFF, at=at)
    mail = next(mail for mail in Message.objects.filter(kind="registration.voucher") if mail.to == [people[1].email])
    OPENED["voucher"] = re.search(r"https?://[^/]+(\S+)", mail.body)[1]
    OPENED["codes"] = codes
