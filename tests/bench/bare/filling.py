"""Fills the bare database, and prints as JSON what a client must know about it.

Run as `python -m tests.bench.bare.filling basis`, then once more with the stage that is measured.
"""

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from tests.bench.bare.models import Contact, Delegation, Document, Entry, Event, Level, Session  # noqa: E402
from tests.bench.sessions import cookie_of_user  # noqa: E402

USERS, ROWS, LEVELS, CONTACTS, DOCUMENTS = 193, 200, 13, 2, 10
TYPED = {
    "capacity": "national",
    "speaker_prefix": "H.E. Ms.",
    "speaker_name": "Amina Example",
    "speaker_title": "Permanent Representative",
    "language": "en",
    "preferred_sitting": "morning",
    "contact_name": "Permanent Mission",
    "contact_email": "mission@missions.example",
    "contact_telephone": "+12129635063",
    "copies": "copy@missions.example",
    "note": "The statement will be sent on the day before.",
}


def basis() -> dict[str, Any]:
    """Create the tables, an event, levels and delegations, each of which belongs to a user of the same number."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    make_event()
    Level.objects.bulk_create(Level(label=f"Level {number}") for number in range(LEVELS))
    Delegation.objects.bulk_create(Delegation(name=f"Delegation {number}") for number in range(ROWS))
    return {}


def for_walks() -> dict[str, Any]:
    """Create users who are signed in; each may send the form any number of times."""
    users = User.objects.bulk_create(User(username=f"user-{n}", email=f"user-{n}@a.example") for n in range(USERS))
    cookies = [cookie_of_user(user) for user in users]
    typed = {**TYPED, "level": Level.objects.first().pk}
    paths = ["/entries/new/"] * 1000
    return {"walk": {"paths": paths, "cookies": cookies, "typed": typed, "words": TYPED["speaker_name"]}}


def for_pages() -> dict[str, Any]:
    """Create a list of 200, a member of staff, and users who are signed in."""
    level, delegations = Level.objects.first(), Delegation.objects.all()
    Entry.objects.bulk_create(Entry(**TYPED, level=level, delegation=delegation) for delegation in delegations)
    staff = cookie_of_user(User.objects.create_superuser("benchmark"))
    return {
        "page": {"path": "/", "words": "Trusteeship Council Chamber"},
        "public": {"path": "/entries/", "words": "Delegation 192"},
        "list": {"path": "/staff/entries/", "words": "Delegation 199", "cookies": [staff]},
        **for_walks(),
    }


def for_the_room() -> dict[str, Any]:
    """Nothing more: the page with one statement shows the event."""
    return {"glance": {"path": "/glance/", "words": "Trusteeship Council Chamber"}}


STAGES = {"basis": basis, "walks": for_walks, "pages": for_pages, "room": for_the_room}


def make_event() -> None:
    """Create an event with as many related rows as the project's meeting has."""
    now = timezone.now()
    event = Event.objects.create(
        title="Informal interactive dialogue",
        theme="Mobilizing Collective Action",
        venue="Trusteeship Council Chamber",
        invitation="All Member States and observers are invited to take part.\n\n" * 4,
        purpose="The dialogue is to consider the report of the Secretary-General.\n\n" * 4,
        starts_at=now + timedelta(days=11),
        closes_at=now + timedelta(days=10),
    )
    for hours in (0, 5):
        begins = event.starts_at + timedelta(hours=hours)
        Session.objects.create(event=event, starts_at=begins, ends_at=begins + timedelta(hours=3))
    for number in range(CONTACTS):
        Contact.objects.create(event=event, name=f"Office {number}", email="office@a.example", telephone="+12129635063")
    for number in range(DOCUMENTS):
        Document.objects.create(event=event, symbol="A/RES/60/1", title=f"Report {number}", link="https://a.example/1")


if __name__ == "__main__":
    sys.stdout.write(json.dumps(STAGES[sys.argv[1]]()))
