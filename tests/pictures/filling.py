"""The list in the pictures: as many States as spoke in 2016, groups, observers, and some open cases."""

import hashlib
from datetime import timedelta

from django.contrib.auth.models import Group, User
from django.core.management import call_command

import clock
from dialogue.models import Meeting
from journal.actors import FOCAL_POINT, UNVERIFIED_PERSON, Actor
from speakers.entries import inscribing, withdrawing
from speakers.models import Delegation, Inscription, Level
from tests.factories import STAFF
from tests.pictures import door, tickets

STATES = """
AUS RWA DNK GHA NLD CRI GTM SVN BEL BRA BWA CAN CHL CHN COL CZE EGY EST ETH FIN FRA GEO DEU HUN IND IDN IRN IRL ISR ITA
JPN KAZ KEN LVA LIE LTU LUX MYS MEX MNE MAR MOZ MMR NZL NGA NOR PAK PAN PRY PER PHL POL QAT KOR ROU RUS SGP SVK ZAF ESP
LKA SWE CHE SYR THA UKR GBR USA URY VEN
"""
MINISTERS = {"GEO": "MFA", "SVN": "MFA", "UKR": "VMIN", "RWA": "MIN", "GHA": "HOG", "CRI": "VP"}
DEPUTIES = {"CHN", "PAK", "MYS", "PER", "THA", "LKA", "QAT", "ITA"}
TITLES = {"MFA": "Minister for Foreign Affairs", "MIN": "Minister of Justice", "VMIN": "Deputy Minister"}
TITLES |= {"HOG": "Prime Minister", "VP": "Vice-President", "DPR": "Deputy Permanent Representative"}
GROUPS = [
    ("RWA", "Group of Friends of the Responsibility to Protect", 45),
    ("EU", "European Union and its member States", 28),
    ("TTO", "Caribbean Community", 14),
]
OBSERVERS = ["VAT", "PSE", "ICRC"]


def fill(password):
    """Give the rehearsal its list, and the secretariat its account with `password`; send the mail that is due."""
    user = User.objects.create_superuser("secretariat", password=password)
    user.groups.set(Group.objects.filter(name="Secretariat lead"))
    meeting = Meeting.objects.get(slug="r2p-rehearsal")
    states = STATES.split()
    moments = _moments(meeting, len(states) + len(GROUPS) + len(OBSERVERS) + 1)
    for code, group, size in GROUPS:
        _inscribe(meeting, code, next(moments), capacity="group", group_name=group, group_size=size)
    entries = [_inscribe(meeting, code, next(moments)) for code in [*states, *OBSERVERS]]
    _inscribe(meeting, "ARM", next(moments), is_verified=False)
    withdrawing.withdraw(entries[20], by=STAFF, at=meeting.moment(clock.now()))
    tickets.fill(meeting)
    door.fill(meeting)
    call_command("drain_outbox", verbosity=0)


def _moments(meeting, count):
    """`count` moments of arrival since the list opened, closer together the later they are."""
    begin, end = meeting.speakers_list.opens_at, meeting.moment(clock.now()) - timedelta(minutes=20)
    for step in range(1, count + 1):
        yield begin + (end - begin) * (1 - (1 - step / count) ** 2)


def _inscribe(meeting, code, at, *, is_verified=True, **facts):
    delegation = Delegation.objects.get(code=code)
    level = MINISTERS.get(code, "DPR" if code in DEPUTIES else "PR")
    address = f"{code.lower()}{'' if is_verified else '.office'}@missions.example"
    entry = Inscription(
        speakers_list=meeting.speakers_list,
        delegation=delegation,
        level=Level.objects.get(code=level),
        speaker_prefix="H.E. Ms." if len(delegation.sort_name) % 2 else "H.E. Mr.",
        speaker_name="" if code in {"EGY", "MMR"} else f"Representative of {delegation}",
        speaker_title=TITLES.get(level, "Permanent Representative"),
        contact_name=f"Permanent Mission of {delegation}",
        contact_email=address,
        **facts,
    )
    actor = Actor(address, FOCAL_POINT if is_verified else UNVERIFIED_PERSON)
    key = f"{code}-{entry.capacity}"
    digest = hashlib.sha256(key.encode()).hexdigest()
    with clock.stopped(at):
        return inscribing.inscribe(entry, by=actor, is_on_record=is_verified, arrived_at=at, key=key, digest=digest)
