"""A dialogue with personal data in every place that keeps some; all names and words hold `MARK`.

What was public – who took the floor, a text that was delivered – holds `PUBLIC` instead.
"""

from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client

import clock
from dialogue.models import Contact, Meeting, ProgrammePerson, ProgrammeSlot
from floor.acts import calling, inserting
from floor.microphones import keys, signalling
from floor.models import Room, Signal
from floor.statements import handing_in
from journal.actors import Actor
from journal.recording import record
from languages import remembering
from outbox.delivery import sweeping
from outbox.models import Attempt, Message
from registration.decisions import deciding, releasing, selecting
from registration.door import scanning, taking_back
from registration.manifests import freezing
from registration.models import Representative, TicketRequest
from registration.requests import amending, ending
from speakers.delegations import signing_in
from speakers.entries import extensions, joining, late_requests, withdrawing
from speakers.interest import expressing
from speakers.mission import subscribing
from speakers.models import FocalPoint, Inscription, Interest, LateRequest, SwapProposal
from speakers.moves import fixing, pinning
from tests.factories import (
    DEADLINE,
    OPEN,
    an_inscription,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_level,
    make_meeting,
    make_panel,
)
from tests.floor.room import after, press
from tests.floor.statements.files import docx
from tests.registration.factories import make_ticketing
from tests.registration.typing import PATH, SPEECH, links_mailed_to, typed
from tests.registration.typing import press as press_on_page

MARK, PUBLIC = "zqplant", "Openly Known"
BY = Actor(f"Officer {MARK}", "staff")
NOW = {"by": BY, "at": OPEN}


def enact():
    """Play the whole scene: requests, decisions, manifests, the list, the room, the machinery. Returns the meeting."""
    meeting = make_ticketing(make_meeting(takes_videos=True), per_organization=4).meeting
    make_level("OTH")
    Contact.objects.create(meeting=meeting, role="civil_society", name="Office", email="office@un.example")
    with clock.stopped(OPEN):
        civil_society(meeting)
        the_list(meeting)
    the_room(meeting)
    with clock.stopped(OPEN):
        the_machinery(meeting)
    with clock.stopped(after(600)):
        send_mail(meeting)
    return Meeting.objects.get()


def person(name, **more):
    return {"first_name": f"{name} {MARK}", "last_name": f"{MARK} {name}", "email": f"{name}@{MARK}.example"} | more


def civil_society(meeting):
    """One request of four through the pages; three are decided on; one is selected to speak, then taken back."""
    speech = SPEECH | {"topic": f"Topic {MARK}", "outline": f"Outline {MARK}"}
    in_two_scripts = {
        "first_name": f"Дан {MARK}",
        **{"latin_first_name": f"Dan {MARK}", "latin_last_name": f"{MARK} Dan"},
        "accessibility": f"A ramp {MARK}",
    }
    people = [person("ada", **speech), person("bob"), person("cora"), person("dan", **in_two_scripts)]
    names = {
        "organization": f"Centre {MARK}",
        "contact_name": f"Focal {MARK}",
        "contact_email": f"focal@{MARK}.example",
    }
    client = Client()
    client.post(PATH, typed(*people, **names), REMOTE_ADDR="192.0.2.77")
    confirm(client, f"focal@{MARK}.example", TicketRequest.objects.get(), "confirm-request")
    for each in Representative.objects.order_by("pk"):
        confirm(client, each.email, each, "confirm")
    ada, bob, cora, dan = Representative.objects.order_by("pk")
    deciding.decline(bob, words=f"No {MARK}", **NOW)
    for each in [ada, cora, dan]:
        deciding.approve(each, words=f"Welcome {MARK}", **NOW)
    for each in [ada, dan]:
        releasing.release(each, **NOW)
    freezing.freeze(meeting, **NOW)
    ending.cancel(dan, reason=f"Ill {MARK}", **NOW)
    freezing.freeze(meeting, **NOW)
    selecting.assign_theme(ada, "Prevention", **NOW)
    selecting.select(ada, words=f"Speak {MARK}", **NOW)
    selecting.take_back(ada, reason=f"Sorry {MARK}", **NOW)
    for needs in ["An interpreter", "A seat in front"]:
        amending.amend(ada, {"accessibility": f"{needs} {MARK}"}, by=BY, arrived_at=OPEN)
    with_speaker(meeting, client)


def confirm(client, address, subject, act):
    link = links_mailed_to(address)[-1]
    assert press_on_page(client, link, act, subject).status_code == 302


def with_speaker(meeting, client):
    """Another organization, whose speaker took the floor and is public; its focal point is not."""
    speaker = {"first_name": "Openly", "last_name": "Known", "email": f"known@{MARK}.example", **SPEECH}
    names = {"organization": "Heard in the Room", "contact_name": f"F {MARK}", "contact_email": f"f@{MARK}.example"}
    client.post(PATH, typed(speaker, **names))
    confirm(client, f"f@{MARK}.example", TicketRequest.objects.latest("pk"), "confirm-request")
    known = Representative.objects.latest("pk")
    confirm(client, known.email, known, "confirm")
    releasing.release(deciding.approve(known, **NOW), **NOW)
    selecting.assign_theme(known, "Prevention", **NOW)
    selecting.select(known, **NOW)
    for code in [known.vouchers.get().code, f"Passport {MARK}"]:
        scanning.scan(meeting, scanning.Attempt(f"n{len(code)}", code, desk=f"Desk {MARK}"), **NOW)
    alone = scanning.Attempt("alone", "no code", desk=f"Desk {MARK}", told="green", device_at=OPEN)
    taking_back.settle(scanning.scan(meeting, alone, **NOW), word=f"Settled {MARK}", **NOW)


def with_interest(meeting, facts):
    """A delegation that asks for a seat on a round table, which is given by selection."""
    filed = an_inscription(meeting, make_delegation("EEE"), **facts | {"is_by_video": False})
    same = {name: getattr(filed, name) for name in ("delegation", "level", *facts)}
    table = make_panel(meeting, "round-table", seats_by_selection=1)
    asked = {"by": Actor(f"eee@{MARK}.example", "focal point"), "arrived_at": OPEN, "key": "k", "digest": "d"}
    expressing.express(Interest(speakers_list=table, **same), **asked)


def the_list(meeting):
    """Entries with contacts: one that speaks, one that does not, one withdrawn; a swap, a pin, what came too late."""
    facts = {
        "speaker_name": f"Speaker {MARK}",
        "speaker_title": f"Title {MARK}",
        "speaker_prefix": f"P {MARK}",
        "contact_name": f"Contact {MARK}",
        "contact_email": f"contact@{MARK}.example",
        "contact_telephone": "+12129635063",
        "copies": [f"copy@{MARK}.example"],
        "note": f"Note {MARK}",
        "other_language": MARK,
        "group_members": MARK,
        "is_by_video": True,
        "video_link": f"https://{MARK}.example/recording",
        "presenter_name": f"Presenter {MARK}",
        "presenter_title": f"Counsellor {MARK}",
    }
    public = {"speaker_name": PUBLIC, "speaker_title": "Permanent Representative", "speaker_prefix": "Ms."}
    public |= {"presenter_name": "Ms. Known in the Room", "presenter_title": "Counsellor"}
    heard = make_inscription(meeting, make_delegation("AAA"), **facts | public)
    silent = make_inscription(meeting, make_delegation("BBB"), **facts)
    gone = make_inscription(meeting, make_delegation("CCC"), **facts)
    withdrawing.withdraw(gone, by=Actor(f"w@{MARK}.example", "focal point"), at=OPEN, reason=f"Why {MARK}")
    pinning.pin(silent, before=heard, reason=f"Pin {MARK}", **NOW)
    fixing.fix(silent, sitting=meeting.hours[1], reason=f"Fixing {MARK}", **NOW)
    SwapProposal.objects.create(
        speakers_list=meeting.speakers_list,
        proposer=heard,
        remark=f"Please, {MARK}",
        partner=silent,
        proposed_at=OPEN,
        state="refused",
        ended_at=OPEN,
        answer=MARK,
    )
    make_focal_point(heard.delegation, f"point@{MARK}.example")
    FocalPoint.objects.update(name=f"Point {MARK}")
    [asked] = joining.ask(silent, [heard.delegation], **NOW)
    joining.join(asked, by=Actor(f"point@{MARK}.example", "focal point"), at=OPEN)
    with_interest(meeting, facts)
    late = an_inscription(meeting, make_delegation("DDD"), **facts)
    request = LateRequest(**{name: getattr(late, name) for name in ("speakers_list", "delegation", "level", *facts)})
    at = DEADLINE + timedelta(hours=1)
    by = Actor(f"late@{MARK}.example", "focal point")
    with clock.stopped(at):
        late_requests.file(request, by=by, is_on_record=True, arrived_at=at, key="k", digest="d")
        late_requests.decline(request, answer=f"Too late {MARK}", by=BY, at=at)
        extensions.grant(
            meeting.speakers_list,
            delegation=silent.delegation,
            until=at + timedelta(hours=2),
            reason=f"Ill {MARK}",
            by=BY,
            at=at,
        )
        remembering.remember("fr", [f"point@{MARK}.example"])
        subscribing.subscribe(f"point@{MARK}.example", at=at)
        signing_in.request_sign_in(f"point@{MARK}.example", address=(meeting.slug,), network="192.0.2.77", at=at)


def the_room(meeting):
    """One speaks and one does not; texts of both; a speaker off the list who never came; notes."""
    heard, silent = (
        meeting.speakers_list.inscriptions.standing().get(delegation__code=code) for code in ("AAA", "BBB")
    )
    by = Actor(f"hand@{MARK}.example", "focal point")
    with clock.stopped(after(0)):
        for entry, words in [(heard, PUBLIC), (silent, f"A text of {MARK}")]:
            handing_in.hand_in(meeting, entry, content=docx(words), language="en", by=by, at=after(0))
    press(meeting, calling.call, after(60), identity=str(heard.public_id))
    press(meeting, calling.begin, after(60))
    press(meeting, calling.end, after(180))
    inserting.insert(meeting, name=f"Guest {MARK}", prefix=MARK, title=MARK, by=BY, at=after(300))
    system, _key = keys.make(meeting, "Room 4", by=BY, at=after(200))
    facts = {"is_on": True, "key": f"Key {MARK}", "sent_at": None, "arrived_at": after(200)}
    signalling.take(system, MARK, **facts)
    Signal.objects.update(detail=f"Detail {MARK}")
    Room.objects.update(note=f"Room {MARK}", message=f"Screen {MARK}")
    meeting.turns.update(note=f"Turn {MARK}")


def the_machinery(meeting):
    """Sessions, Django's log, an address of the programme, staff who send a mail to another address."""
    slot = ProgrammeSlot.objects.create(meeting=meeting, position=1, kind="opening", title={"en": "Opening"})
    ProgrammePerson.objects.create(slot=slot, name="Panellist", email=f"panel@{MARK}.example")
    session = SessionStore()
    session["address"] = f"session@{MARK}.example"
    session.save()
    Session.objects.update(expire_date=OPEN + timedelta(hours=12))
    user = User.objects.create(username="lead", is_staff=True)
    content_type = ContentType.objects.get_for_model(Inscription)
    about = {"user": user, "content_type": content_type, "object_id": "1", "object_repr": MARK}
    LogEntry.objects.create(**about, action_time=OPEN, action_flag=2, change_message=MARK)
    subject = f"mail/{Message.objects.filter(about=meeting.slug).first().pk}"
    with transaction.atomic():
        record("mail sent again", stream="secretariat", subject=subject, after={"to": [f"again@{MARK}.example"]}, **NOW)
        after_import = {"focal_points": [["AAA", f"point@{MARK}.example"]]}
        record("imported", stream="secretariat", subject="import/delegations", after=after_import, **NOW)
        long_ago = OPEN - timedelta(days=300)
        record("changed", stream="secretariat", subject="user/1", after={"email": MARK}, by=BY, at=long_ago)


def send_mail(meeting):
    """Send all mail except the drafts and one whose text is not even written; one is given up with the answer."""
    unwritten = Message.objects.filter(about=meeting.slug, facts__isnull=False).first()
    Message.objects.filter(pk=unwritten.pk).update(next_attempt_at=unwritten.created_at + timedelta(days=365))
    sweeping.drain()
    last = Message.objects.filter(about=meeting.slug, state="sent").first()
    Message.objects.filter(pk=last.pk).update(last_error=f"450 {MARK}")
    Attempt.objects.filter(message=last).update(detail=f"450 contact@{MARK}.example")
