"""What an organization types into the pages of tickets, and the links in its mail."""

import re
import uuid

import clock
from outbox.models import Message
from tests.factories import OPEN

PATH = "/meetings/dialogue/tickets/"
PERSON = {"first_name": "Ada", "last_name": "Lovelace", "email": "ada@ngo.example"}
SPEECH = {
    "wishes_to_speak": "on",
    "topic": "Prevention",
    "outline": "What organizations see first.",
    "statement_language": "fr",
    "gender": "woman",
}


def typed(*persons, **changes):
    """A whole request as the form sends it, for the given `persons` or for one by default."""
    persons = persons or (PERSON,)
    rows = {
        f"representative-{number}-{name}": value
        for number, person in enumerate(persons)
        for name, value in person.items()
    }
    facts = {
        "key": str(uuid.uuid4()),
        "organization": "Centre for Peace",
        "consultative_status": "special",
        "contact_name": "Focal Point",
        "contact_email": "focal@ngo.example",
        "representative-TOTAL_FORMS": len(persons),
        "representative-INITIAL_FORMS": 0,
    }
    return facts | rows | changes


def links_mailed_to(address, kind="registration.link"):
    """The paths of the links in the mails of `kind` to `address`, in the order in which they were posted."""
    mails = [mail for mail in Message.objects.filter(kind=kind).order_by("pk") if mail.to == [address]]
    return [re.search(r"https?://[^/]+(\S+)", mail.body)[1] for mail in mails]


def press(client, path, act, subject, at=OPEN):
    """Press the button `act` beside `subject` on the page at `path`."""
    with clock.stopped(at):
        return client.post(path, {"act": act, "id": str(subject.public_id)})


def kinds(address=None):
    """The kinds of all mails, or of those to `address`, without the app's name, in the order of posting."""
    mails = Message.objects.order_by("pk")
    return [mail.kind.partition(".")[2] for mail in mails if address is None or address in mail.to + mail.cc]
