"""Writing acts on tickets into the journal of their meeting; personal data go into payloads only.  R-58"""

from datetime import datetime
from typing import Any

from journal import recording
from journal.actors import Actor
from journal.models import Entry

OF_A_REPRESENTATIVE = [
    "first_name",
    "last_name",
    "latin_first_name",
    "latin_last_name",
    "is_family_name_first",
    "email",
    "has_grounds_pass",
    "accessibility",
    "wishes_to_speak",
    "topic",
    "outline",
    "theme",
    "statement_language",
    "gender",
    "state",
    "holds_seat",
    "turn",
    "offer_ends_at",
    "lapsed_offers",
    "selection",
]
OF_A_REQUEST = ["consultative_status", "contact_name", "contact_email", "language", "arrived_at"]


def subject(representative: Any) -> str:
    """The journal's name for a representative."""
    return f"representative/{representative.public_id}"


def subject_of_request(request: Any) -> str:
    """The journal's name for a request."""
    return f"ticket-request/{request.public_id}"


def facts(representative: Any) -> dict[str, Any]:
    """Everything recorded about `representative`, as plain values."""
    return {
        "request": str(representative.request.public_id),
        "inscription": str(representative.inscription.public_id) if representative.inscription_id else None,
        **{name: getattr(representative, name) for name in OF_A_REPRESENTATIVE},
    }


def facts_of_request(request: Any) -> dict[str, Any]:
    """Everything recorded about `request` itself, as plain values."""
    organization = request.organization
    return {
        "organization": organization.name,
        "country": organization.country.code if organization.country_id else None,
        **{name: getattr(request, name) for name in OF_A_REQUEST},
    }


def record(
    act: str,
    about: Any,
    *,
    by: Actor,
    at: datetime,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Journal `act` on `about`, a representative or a request. Returns the entry."""
    name = subject(about) if hasattr(about, "turn") else subject_of_request(about)
    stream = about.meeting.journal_stream
    return recording.record(act, stream=stream, subject=name, by=by, at=at, before=before, after=after, reason=reason)


def record_change(
    act: str, representative: Any, *, before: dict[str, Any], by: Actor, at: datetime, reason: str = ""
) -> Entry:
    """Journal `act` on a `representative` whose `facts` were `before`; only changed values are written."""
    after = facts(representative)
    changed = [name for name in after if after[name] != before[name]]
    return record(
        act,
        representative,
        by=by,
        at=at,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        reason=reason,
    )
