"""Factories for civil society: each function stores one object and fills in what the test does not mention."""

import itertools
import uuid
from datetime import UTC, datetime, timedelta

from registration.models import Organization, Representative, TicketRequest
from registration.models.representative import ACTIVE, LET_IN
from registration.requests import opening, vouchers
from tests.factories import OPEN, STAFF, make_meeting

# Thursday, 1 September 2016, 5:00 p.m. in New York: the deadline without a grounds pass of `make_ticketing()`.
CLOSES = datetime(2016, 9, 1, 21, 0, tzinfo=UTC)
# One hour before the meeting: the deadline with a grounds pass.
PASS_CLOSES = datetime(2016, 9, 6, 13, 0, tzinfo=UTC)

numbers = itertools.count(1)


def make_ticketing(meeting=None, **terms):
    """The terms of tickets of a meeting: forty seats and two representatives each, unless `terms` say otherwise."""
    meeting = meeting or make_meeting()
    ticketing = opening.open_ticketing(
        meeting, by=STAFF, at=OPEN, **{"closes_at": CLOSES, "pass_closes_at": PASS_CLOSES} | terms
    )
    ticketing.refresh_from_db()
    return ticketing


def make_organization(name="Centre for Peace", **changes):
    """An organization of no single State, stored once."""
    return Organization.objects.get_or_create(key=name.casefold(), country=None, defaults={"name": name} | changes)[0]


def make_request(meeting, organization="Centre for Peace", *, is_confirmed=True, at=OPEN, **changes):
    """A request of `organization`, by default confirmed by its focal point, without representatives."""
    number = next(numbers)
    email = changes.pop("contact_email", f"focal{number}@ngo.example")
    facts = {
        "organization": make_organization(organization),
        "contact_name": "Focal Point",
        "contact_email": email,
        "normalised_email": email.lower(),
        "arrived_at": at,
        "asked_at": at,
        "confirmed_at": at if is_confirmed else None,
        "idempotency_key": uuid.uuid4().hex,
    }
    return TicketRequest.objects.create(meeting=meeting, **facts | changes)


def make_representative(meeting=None, state="confirmed", *, request=None, at=OPEN, **changes):
    """A representative in `state`, stored without going through the rules; if let in, with a voucher already mailed.

    The meeting must have its terms (`make_ticketing`); turns are assigned in the order of the calls.
    """
    request = request or make_request(meeting, f"Organization {next(numbers)}")
    meeting, ticketing = request.meeting, request.meeting.ticketing
    number = next(numbers)
    email = changes.pop("email", f"person{number}@ngo.example")
    has_confirmed = state in [*ACTIVE, "declined", "cancelled"]
    first, last = changes.get("first_name", "Ada"), changes.get("last_name", f"Person {number}")
    facts = {
        "first_name": first,
        "last_name": last,
        "name_key": f"{first} {last}".casefold(),
        "email": email,
        "normalised_email": email.lower(),
        "state": state,
        "state_since": at,
        "holds_seat": state in LET_IN,
        "asked_at": at,
        "confirmed_at": at if has_confirmed else None,
        "turn": ticketing.next_turn() if has_confirmed else None,
    }
    representative = Representative.objects.create(request=request, meeting=meeting, **facts | changes)
    if representative.state in LET_IN:
        voucher = vouchers.issue(representative, at=at)
        voucher.mailed_at = at
        voucher.save(update_fields=["mailed_at"])
    return representative


def offer(representative, *, until=OPEN + timedelta(hours=24)):
    """Let a waiting `representative` hold an offered seat, without going through the rule."""
    representative.holds_seat, representative.offer_ends_at = True, until
    representative.save(update_fields=["holds_seat", "offer_ends_at"])
    return representative
