"""Factories for tests: each function stores one object, and fills in what the test does not mention."""

import hashlib
import uuid
from datetime import UTC, datetime, timedelta

from django.test import Client

import clock
from dialogue.models import Contact, Meeting, Sitting
from journal.actors import Actor
from outbox.delivery import writing
from speakers.delegations import access
from speakers.entries import inscribing, registering
from speakers.models import (
    Band,
    Delegation,
    DelegationPlace,
    FocalPoint,
    Group,
    Inscription,
    Level,
    Registered,
    SpeakersList,
)
from speakers.moves import term_changes
from speakers.order.precedence import speaking_order

# Thursday, 1 September 2016, 1:00 p.m. in New York.
DEADLINE = datetime(2016, 9, 1, 17, 0, tzinfo=UTC)
# A moment at which the list of `make_meeting()` is open.
OPEN = DEADLINE - timedelta(days=1)
# What the subject of a mail says of the meeting of `make_meeting()`.
ABOUT = " – Informal interactive dialogue, 6 September 2016"
STAFF = Actor("officer", "staff")

CLASSES = {"HOS": 1, "VP": 1, "CP": 1, "HOG": 1, "DHOG": 2, "MFA": 2, "MIN": 2, "CD": 3, "VMIN": 3, "PR": 3}
CLASSES |= {"CDA": 3, "DPR": 4, "OTH": 4}
RANKS = {code: 10 * rank for rank, code in enumerate(Band.values, start=1)}


def make_meeting(slug="dialogue", **changes):
    """A published meeting with two sittings and its contacts; its list closes at `DEADLINE`.

    `changes` are facts of the meeting or terms of its list.
    """
    facts = {
        "title": {"en": "Informal interactive dialogue"},
        "venue": {"en": "Trusteeship Council Chamber"},
        "starts_at": datetime(2016, 9, 6, 14, 0, tzinfo=UTC),
        "ends_at": datetime(2016, 9, 6, 22, 0, tzinfo=UTC),
        "is_published": True,
    }
    terms = {"opens_at": datetime(2016, 8, 22, 13, 0, tzinfo=UTC), "closes_at": DEADLINE}
    of_list = {field.name for field in SpeakersList._meta.fields} - {"slug", "title"}
    terms |= {name: changes.pop(name) for name in of_list & changes.keys()}
    meeting = Meeting.objects.create(slug=slug, **facts | changes)
    make_level()
    SpeakersList.objects.create(meeting=meeting, **terms)
    noon = meeting.starts_at + timedelta(hours=3)
    Sitting.objects.create(meeting=meeting, part="morning", starts_at=meeting.starts_at, ends_at=noon)
    Sitting.objects.create(
        meeting=meeting, part="afternoon", starts_at=noon + timedelta(hours=2), ends_at=meeting.ends_at
    )
    for role in ["inscription", "inscription_copy"]:
        Contact.objects.create(
            meeting=meeting, role=role, name=f"Office, {role}", email=f"{role}@office.example", telephone="+12129635063"
        )
    meeting.refresh_from_db()
    return meeting


def make_panel(meeting, slug="panel", **terms):
    """A second list of `meeting`, in order of receipt, which closes a day after the main one.

    It is read again, so that the list at hand of `meeting` stays what it is.
    """
    terms = {"title": {"en": "Panel"}, "policy": SpeakersList.Policy.RECEIPT_ONLY} | terms
    main = meeting.lists.get(slug="")
    dates = {"opens_at": main.opens_at, "closes_at": main.closes_at + timedelta(days=1)}
    made = SpeakersList.objects.create(meeting=main.meeting, slug=slug, **dates | terms)
    return SpeakersList.objects.get(pk=made.pk)


def make_level(code="PR"):
    """The level `code` with its class; every level is there once one is."""
    if not Level.objects.filter(code=code).exists():
        Level.objects.bulk_create(
            [
                Level(code=each, label={"en": each}, precedence_class=precedence_class, position=position)
                for position, (each, precedence_class) in enumerate(CLASSES.items())
            ],
            ignore_conflicts=True,
        )
    return Level.objects.get(code=code)


def make_delegation(code="RWA", name=None, *, band="member_states", category="member_state", **place):
    """A delegation with one place, by default a Member State's without dates."""
    name = name or code.title()
    facts = {"short_name": {"en": name}, "formal_name": {"en": name}, "sort_name": name.lower()}
    delegation, is_new = Delegation.objects.get_or_create(code=code, defaults=facts)
    if is_new:
        place = {"speaks_for_groups": True} | place
        DelegationPlace.objects.create(delegation=delegation, band=band, category=category, **place)
        delegation.refresh_from_db()
    return delegation


def make_focal_point(delegation=None, email=None):
    """An active focal point; without an address, the delegation's own at missions.example."""
    delegation = delegation or make_delegation()
    return FocalPoint.objects.create(
        delegation=delegation, email=email or f"{delegation.code.lower()}@missions.example"
    )


def put_on_register(speakers_list, *names):
    """Let these groups be on the register of `speakers_list`; if it has not opened, from that of all lists."""
    speakers_list = SpeakersList.objects.with_places().get(pk=speakers_list.pk)
    for name in names:
        if Group.named(name, speakers_list) is None and speakers_list.groups is None:
            Group.objects.create(short_name=name, full_name=f"the {name}")
        elif Group.named(name, speakers_list) is None:
            group, at = Registered.of(name, f"the {name}"), speakers_list.opens_at
            registering.register(speakers_list, group, reason="Asked for", by=STAFF, at=at)
            speakers_list = SpeakersList.objects.with_places().get(pk=speakers_list.pk)


def an_inscription(meeting, delegation=None, level="PR", **changes):
    """An inscription as a form would make it, not stored."""
    delegation = delegation or make_delegation()
    facts = {
        "speaker_prefix": "H.E. Ms.",
        "speaker_name": f"Speaker of {delegation}",
        "speaker_title": "Permanent Representative",
        "contact_name": f"Mission of {delegation}",
        "contact_email": f"{delegation.code.lower()}@missions.example",
    }
    return Inscription(
        speakers_list=meeting.speakers_list, delegation=delegation, level=make_level(level), **facts | changes
    )


def make_inscription(
    meeting, delegation=None, level="PR", *, at=OPEN, is_verified=True, is_registered=True, by=None, key=None, **changes
):
    """An inscription entered on the list through its rule, arrived and recorded at the meeting's moment `at`.

    Its group, if it has one, is on the register unless it is not `is_registered`.
    """
    inscription = an_inscription(meeting, delegation, level, **changes)
    if inscription.group_name and is_registered:
        put_on_register(meeting.speakers_list, inscription.group_name)
    actor = by or Actor(inscription.contact_email, "focal point" if is_verified else "unverified person")
    key = key or uuid.uuid4().hex
    digest = hashlib.sha256(key.encode()).hexdigest()
    with clock.stopped(at):
        return inscribing.inscribe(
            inscription, by=actor, is_on_record=is_verified, arrived_at=at, key=key, digest=digest
        )


def subject_of(mail):
    """The subject of `mail` without the meeting that it names, which is that of `make_meeting`."""
    assert mail.subject.endswith(ABOUT), mail.subject
    return mail.subject.removesuffix(ABOUT)


def signed_in(address):
    """A browser in which the person who reads mail at `address` is signed in."""
    client = Client()
    session = client.session
    session[access.ADDRESS] = address
    session.save()
    return client


def order_of(meeting):
    """The codes of the delegations on the list, in speaking order."""
    return [place.inscription.delegation.code for place in speaking_order(meeting.speakers_list)]


def written(message):
    """The mail `message` with its text, as its sender writes it from the facts that were recorded."""
    writing.write(message, at=clock.now())
    return message


def change_order(speakers_list, *, policy, level_before_band, reason, by=STAFF, at=OPEN):
    """Order `speakers_list` by another policy, without a second question."""
    changes = term_changes.Changes(policy=policy, level_before_band=level_before_band)
    return term_changes.change_terms(speakers_list, changes, reason=reason, by=by, at=at)
