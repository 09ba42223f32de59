"""Every kind of mail, each posted once by the function that posts it, with names and reasons typed in capitals."""

import uuid
from datetime import timedelta
from types import SimpleNamespace

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import translation

from dialogue import moments
from floor.mail import notices as room
from languages import remembering
from languages.wording import when_read
from registration.mail import notices as tickets
from speakers.delegations import guesses, signing_in
from speakers.delegations.code_limit import REACHED, _words
from speakers.mail import notices, samples, writing
from speakers.mail.digest_mail import Line
from speakers.models import Joining, SwapProposal
from tests import factories
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_request, make_ticketing

CONTACT, OFFICER = "rwanda@missions.example", "inscription@office.example"
OF_LISTS = sorted(path.stem for path in (settings.BASE_DIR / "templates/speakers/mail").glob("[!_]*.txt"))
# Posted by functions of their own.
OTHERS = {"sign_in", "notice_guesses"}
TOLD = ["approved", "declined", "waitlisted", "lapsed", "cancelled", "expired", "review_again", "selected"]


def post_all(language):
    """Post each kind of mail to people who read `language`, and the steps of swaps and joint statements."""
    meeting = make_the_meeting()
    entry = factories.make_inscription(meeting, meeting.delegation, **typed())
    remembering.remember(language, [CONTACT, OFFICER, "lead@office.example", "copy@missions.example"])
    with translation.override(language):
        facts = facts_of(meeting, entry)
        for name in OF_LISTS:
            if name not in OTHERS:
                post(name, meeting, facts, language)
        for state in Joining.State.values:
            facts["joining"].state = state
            post("joint", meeting, facts, language)
            post("joint_named", meeting, facts, language)
        for state in SwapProposal.State.values:
            facts["proposal"].state = state
            post("swap", meeting, facts, language)
        signing_in.request_sign_in(CONTACT, address=("dialogue",), network="n", at=OPEN, about="DIALOGUE")
    post_others(meeting, entry)
    post_of_tickets(meeting, entry, language)
    letter = {"en": ("{delegation}", "{likely_turn}"), language: ("{delegation}", "{likely_turn}")}
    writing.write_to_entries(meeting, [entry.pk], letter, batch=uuid.uuid4(), by=STAFF, at=OPEN)


def make_the_meeting():
    meeting = factories.make_meeting(title={"en": "DIALOGUE"}, venue={"en": "CHAMBER"})
    for contact in meeting.contacts.all():
        contact.name = "OFFICE"
        contact.save()
    meeting.delegation = factories.make_delegation("RWA", "RWANDA")
    factories.make_delegation("KEN", "KENYA")
    return meeting


def typed():
    """What a delegation types."""
    return {
        "speaker_prefix": "H.E.",
        "speaker_name": "ADA LOVELACE",
        "speaker_title": "MINISTER",
        "contact_name": "MISSION",
        "contact_email": CONTACT,
        "copies": ["copy@missions.example"],
        "note": "NOTE",
    }


def facts_of(meeting, entry):
    """The facts of the mails to delegations and officers: samples, with stored rows where a page is linked."""
    facts = samples.context(meeting)
    for name, value in typed().items():
        setattr(facts["interest"], name, value)
    facts["interest"].pk = facts["request"].pk = 1
    facts["proposal"].proposer = facts["joining"].inscription = entry
    place = SimpleNamespace(number=1, inscription=entry)
    return facts | {
        "inscription": entry,
        "place": place,
        "places": [place],
        "revision": SimpleNamespace(number=1, sha256="0" * 64, as_at=OPEN),
        "unverified": 2,
        "points": [],
        "draw": SimpleNamespace(seed="12"),
        "parts": [(meeting.speakers_list, [Line("RWANDA.", 1, "/admin/")])],
        "until": OPEN,
    }


def post(name, meeting, facts, language):
    to = [OFFICER] if name.startswith("notice_") else [CONTACT]
    occasion = uuid.uuid4().hex
    notices.post(name, meeting.speakers_list, occasion=occasion, to=to, context=dict(facts), language=language)


def post_others(meeting, entry):
    User.objects.create_superuser("lead", email="lead@office.example")
    guesses.note_limit(REACHED, subject="codes", words=_words, at=OPEN)
    room.offer_statement_in_lieu(entry, witness=SimpleNamespace(hash=uuid.uuid4().hex))
    until = meeting.starts_at
    for before in (0, 1, 5):
        room.alert(entry, before=before, about=when_read(moments.in_words, until, meeting), version=before)


def post_of_tickets(meeting, entry, language):
    make_ticketing(meeting)
    request = make_request(meeting, "NGO", language=language, contact_name="FOCAL POINT")
    name = {"first_name": "ADA", "last_name": "LOVELACE"}
    person = make_representative(request=request, state="approved", topic="TOPIC", **name)
    link, witness = f"{settings.SITE_URL}/link/", SimpleNamespace(hash=uuid.uuid4().hex)
    until = when_read(moments.in_words, OPEN + timedelta(days=1), meeting)
    more = {"words": "WORDS", "position": 3, "is_last": True, "wordcount": 240, "time": "2:00"}
    person.inscription = entry
    tickets.send_link(meeting, CONTACT, link, language=language)
    tickets.acknowledge_request(request, link, [person], witness=witness)
    tickets.send_page(request, link)
    tickets.acknowledge_representative(person, witness=witness)
    tickets.offer_seat(person, link, until=until, witness=witness)
    tickets.send_voucher(person.vouchers.get(), link)
    for name in [*TOLD, "not_selected"]:
        tickets.tell(name, person, witness=witness, **more)
    due = when_read(moments.in_words, meeting.starts_at, meeting)
    tickets.remind_of_manifest(meeting, 72, to=[OFFICER], added=1, withdrawn=0, due=due)
