"""Three meetings in which almost everything the site knows has happened, each act through its own rule.

The dialogue of 2016 is in the room: its list is established, its tickets are handed over. A rehearsal of it is open.
The list of a third meeting was drawn by lot. Delegations are real, persons and addresses are examples, and every moment
is fixed.
"""

import re
import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management import call_command

import clock
from floor.acts import absence, calling, inserting, noting, pausing, presence
from floor.models import Interruption
from floor.statements import handing_in
from journal.actors import FOCAL_POINT, Actor
from outbox.delivery import sweeping
from registration.decisions import deciding, releasing
from registration.door import scanning
from registration.manifests import freezing
from registration.requests import ending, opening
from speakers.entries import changing, closing, extensions, late_requests, verifying, withdrawing
from speakers.loading import load, rehearse
from speakers.mail import programme_release as releasing_programmes
from speakers.mail import rehearsal_mail
from speakers.models import Delegation, LateRequest
from speakers.moves import drawing, pinning, swapping
from speakers.publishing import revisions
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_level,
    make_meeting,
)
from tests.floor.room import after, press
from tests.floor.statements.files import docx
from tests.registration.factories import make_representative, make_request

FILE = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
REHEARSAL, DRAWN = "r2p-rehearsal", "drawn"
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
BEGINNING = OPEN - 8 * HOUR
LATE = DEADLINE + 20 * HOUR
LEVELS = {"CHL": "MFA", "GHA": "HOG", "NLD": "DPR", "KEN": "MIN", "RWA": "PR", "DNK": "PR", "URY": "PR", "JPN": "DPR"}
LEVELS |= {"VAT": "PR", "ICRC": "OTH", "MEX": "VMIN", "NOR": "PR"}


def enact():
    """Store all of it, in an empty database that is migrated and has its groups."""
    with clock.stopped(BEGINNING):
        call_command("load_delegations", verbosity=0)
        with with_examples(FILE) as file:
            meeting = load(file, by=STAFF, at=BEGINNING).meeting
        accounts()
        a_rehearsal()
        tickets(meeting)
    the_open_list(meeting)
    with clock.stopped(DEADLINE - MINUTE):
        sweeping.drain(limit=12)
    after_closing(meeting)
    the_door(meeting)
    the_room(meeting)
    a_draw()
    with clock.stopped(after(1130)):
        call_command("open_ticketing", verbosity=0)


@contextmanager
def with_examples(path):
    """A copy of the file of a meeting in which examples stand for the persons to write to."""
    text = path.read_text(encoding="utf-8")
    head, *contacts = re.split(r"(?=\[\[contacts\]\])", text)
    for number, contact in enumerate(contacts):
        named = re.sub('(?m)^name = ".*"$', f'name = "Officer {number + 1}"', contact, count=1)
        contacts[number] = re.sub('(?m)^email = ".*"$', f'email = "office-{number + 1}@office.example"', named, count=1)
    with tempfile.TemporaryDirectory(prefix="upgrade-") as folder:
        copy = Path(folder) / path.name
        copy.write_text(head + "".join(contacts), encoding="utf-8")
        yield copy


def accounts():
    """One member of staff in each group, who cannot sign in; one focal point each for the delegations on the list."""
    for group in Group.objects.order_by("name"):
        user = User.objects.create_user(group.name.lower().replace(" ", "-"), is_staff=True)
        user.groups.add(group)
    for delegation in [make_delegation(code) for code in [*LEVELS, "FRA", "PER", "EGY"]]:
        if not delegation.focal_points.exists():  # the embedded mode has made some
            make_focal_point(delegation)


def a_rehearsal():
    """A rehearsal with three entries whose mail goes, after it was held back at first."""
    with with_examples(FILE) as file:
        meeting = rehearse(file, slug=REHEARSAL, by=STAFF, at=BEGINNING).meeting
    for code in ["RWA", "CHL"]:
        make_inscription(meeting, make_delegation(code), at=BEGINNING)
    rehearsal_mail.let_go(meeting, reason="The missions expect it.", by=STAFF, at=BEGINNING)
    make_inscription(meeting, make_delegation("JPN"), at=BEGINNING)


def tickets(meeting):
    """Requests in all states; a manifest, an approval told after it and one cancelled since."""
    opening.open_ticketing(meeting, by=STAFF, at=BEGINNING)
    meeting.refresh_from_db()
    now = {"by": STAFF, "at": BEGINNING}
    people = {name: _person(meeting, name) for name in ["Ada", "Bob", "Cora", "Dan", "Eve", "Finn", "Gil"]}
    for name in ["Ada", "Bob", "Cora", "Dan", "Finn"]:
        deciding.approve(people[name], words="Welcome.", **now)
    deciding.decline(people["Eve"], words="There are too few seats.", **now)
    for name in ["Ada", "Bob", "Dan", "Eve"]:
        releasing.release(people[name], **now)
    freezing.freeze(meeting, **now)
    ending.cancel(people["Dan"], reason="By telephone.", **now)
    releasing.release(people["Cora"], **now)
    make_request(meeting, "Students for Protection", is_confirmed=False, at=BEGINNING)


def _person(meeting, name):
    request = make_request(meeting, f"Organization of {name}", at=BEGINNING, contact_email=f"office@{name}.example")
    facts = {"first_name": name, "last_name": "Example", "email": f"{name.lower()}@ngo.example"}
    return make_representative(request=request, at=BEGINNING, **facts)


def the_open_list(meeting):
    """Entries in both capacities, and what is done to them while the list is open; two revisions and a programme."""
    at = BEGINNING
    entries = {}
    for code, level in LEVELS.items():
        at += 10 * MINUTE
        entries[code] = make_inscription(meeting, make_delegation(code), level, at=at, note="Arrives by train.")
    friends = {"capacity": "group", "group_name": "Group of Friends", "group_size": 45}
    make_inscription(meeting, make_delegation("RWA"), "PR", at=at, **friends)
    unverified(meeting, at=at)
    now = {"by": STAFF, "at": OPEN}
    with clock.stopped(OPEN):
        revisions.publish(meeting.speakers_list, comment="A first reading.", **now)
        withdrawing.withdraw(entries["NOR"], reason="Speaks for the Nordic countries", **now)
        changing.change_level(entries["URY"], level=make_level("MFA"), title="Minister", **now)
        changing.change_speaker(entries["JPN"], prefix="Mr.", name="Second Example", title="Deputy", **now)
        pinning.pin(entries["KEN"], before=entries["CHL"], reason="Leaves at noon", **now)
        a_swap(entries["RWA"], entries["DNK"], **now)
        revisions.publish(meeting.speakers_list, comment="After a swap.", **now)
        releasing_programmes.release(meeting, kind="provisional", comment="As in the note.", **now)


def unverified(meeting, *, at):
    """Three of strangers: one is verified, one refused, one waits."""
    entries = [make_inscription(meeting, make_delegation(code), at=at, is_verified=False) for code in ["FRA", "ITA"]]
    make_inscription(meeting, make_delegation("PER"), at=at, is_verified=False)
    with clock.stopped(OPEN - HOUR):
        verifying.verify(entries[0], as_focal_point=True, by=STAFF, at=OPEN - HOUR)
        verifying.refuse(entries[1], reason="The mission does not know it.", by=STAFF, at=OPEN - HOUR)


def a_swap(one, other, *, by, at):
    """One swap in effect, and one that waits for its partner."""
    proposal = swapping.propose(one, partner=other, by=by, at=at)
    proposal = swapping.accept(proposal, by=by, at=at)
    if proposal.state == proposal.State.ACCEPTED:
        swapping.approve(proposal, reason="Both agree", by=by, at=at)


def after_closing(meeting):
    """The list is established; late requests accepted, declined and waiting; an extension that was used."""
    with clock.stopped(DEADLINE + MINUTE):
        closing.close_due_lists(at=DEADLINE + MINUTE)
    meeting.refresh_from_db()
    now = {"by": STAFF, "at": LATE}
    with clock.stopped(LATE):
        first, second, _third = [late_request(meeting, code) for code in ["AUS", "BEL", "CAN"]]
        late_requests.accept(first, reason="The power was out.", **now)
        late_requests.decline(second, answer="The list is long.", **now)
        extensions.grant(
            meeting.speakers_list, delegation=make_delegation("EGY"), until=LATE + HOUR, reason="No power", **now
        )
    make_inscription(meeting, make_delegation("EGY"), at=LATE + 10 * MINUTE)
    with clock.stopped(LATE + HOUR):
        revisions.publish(meeting.speakers_list, comment="With late entries.", by=STAFF, at=LATE + HOUR)


def late_request(meeting, code):
    entry = an_inscription(meeting, make_delegation(code))
    filed = ["speakers_list", "delegation", "level", "speaker_prefix", "speaker_name", "speaker_title"]
    request = LateRequest(**{name: getattr(entry, name) for name in [*filed, "contact_name", "contact_email"]})
    actor = Actor(entry.contact_email, FOCAL_POINT)
    return late_requests.file(request, by=actor, is_on_record=True, arrived_at=LATE, key=code, digest=code)


def the_door(meeting):
    """A second sheet; one has come, tries again, and one person comes with an unknown code."""
    at = after(-90 * 60)
    with clock.stopped(at):
        freezing.freeze(meeting, by=STAFF, at=at)
        ada = meeting.representatives.get(first_name="Ada")
        codes = [ada.vouchers.get().code] * 2 + ["NOT-A-VOUCHER"]
        for number, code in enumerate(codes):
            attempt = scanning.Attempt(f"nonce-{number}", code, desk="Desk 1")
            scanning.scan(meeting, attempt, by=STAFF, at=at + number * MINUTE)


def the_room(meeting):
    """Three spoke, one with a point of order; one was absent; one has the floor; a guest, a note, two texts."""
    first, second = meeting.speakers_list.inscriptions.standing().order_by("receipt_no")[:2]
    for entry in (first, second):
        words = docx("Mr. President, we thank you.")
        handing_in.hand_in(meeting, entry, content=words, language="en", by=STAFF, at=after(0))
    for number in range(3):
        turn(meeting, 300 * number, has_point_of_order=number == 1)
    press(meeting, calling.call, after(1000))
    press(meeting, absence.note_absence, after(1030))
    inserting.insert(meeting, prefix="Ms.", name="Guest Example", title="Special Adviser", by=STAFF, at=after(1040))
    noting.said_about_time(meeting, "Three minutes, please.", by=STAFF, at=after(1050))
    waiting = meeting.speakers_list.inscriptions.standing().filter(called_at=None).order_by("receipt_no").first()
    presence.mark(meeting, waiting.public_id, is_present=True, by=STAFF, at=after(1060))
    press(meeting, calling.call, after(1100))
    press(meeting, calling.begin, after(1120))


def turn(meeting, seconds, *, has_point_of_order):
    """The next speaker speaks from `seconds` after the floor opened, for three minutes."""
    press(meeting, calling.call, after(seconds))
    press(meeting, calling.begin, after(seconds + 20))
    if has_point_of_order:
        order = Interruption.Ground.POINT_OF_ORDER
        press(meeting, pausing.pause, after(seconds + 60), ground=order, raised_by=Delegation.objects.get(code="CHL"))
        press(meeting, pausing.go_on, after(seconds + 90))
    press(meeting, calling.end, after(seconds + 200))


def a_draw():
    """A list whose first entries were drawn by lot."""
    meeting = make_meeting(DRAWN, policy="opening_window")
    opens, window = meeting.speakers_list.opens_at, 10 * MINUTE
    with clock.stopped(opens - MINUTE):
        drawing.commit(
            meeting.speakers_list, window=window, beacon="The beacon of that day", by=STAFF, at=opens - MINUTE
        )
    for number, code in enumerate(["RWA", "CHL", "GHA", "JPN"]):
        make_inscription(meeting, make_delegation(code), at=opens + number * MINUTE)
    make_inscription(meeting, make_delegation("KEN"), at=opens + window)
    at = opens + window + MINUTE
    with clock.stopped(at):
        drawing.enter_beacon(meeting.speakers_list, value="3f9a", source="https://beacon.example/22", by=STAFF, at=at)
        drawing.hold(meeting.speakers_list, by=STAFF, at=at)
