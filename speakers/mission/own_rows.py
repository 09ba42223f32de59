"""The rows of many tables that concern one person, in one statement, however many meetings there are.  R-59"""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    CharField,
    DateTimeField,
    ExpressionWrapper,
    F,
    QuerySet,
    TextField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast, Coalesce, NullIf
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

from dialogue.models import ProgrammeSlot, Sitting
from speakers.delegations import access
from speakers.models import Delegation, FocalPoint, Interest, Joining, LateRequest, SpeakersList, SwapProposal


class OwnRow(NamedTuple):
    """A row of a table, as far as the home needs it; which fact stands in which column, its `kind` says.

    `of` is the key of its list, of its meeting (sittings and slots) or of its delegation (focal points). Names are in
    the active language; the `name` of a sitting or a slot is its place, in all languages, as it is stored.
    """

    kind: str
    of: int
    public_id: uuid.UUID | None
    state: str
    code: str
    name: str
    other: str
    at: datetime | None
    until: datetime | None
    number: int

    @property
    def state_in_words(self) -> str:
        """The state of a late request, an expression of interest or a joint statement, as its table labels it."""
        return str(STATES[self.kind](self.state).label)


SWAP_TO, SWAP_BY, JOINING, LATE, INTEREST = "swap to", "swap by", "joining", "late", "interest"
FILED = (JOINING, LATE, INTEREST)
POINT, SITTING, SLOT = "point", "sitting", "slot"
STATES: dict[str, Any] = {LATE: LateRequest.State, INTEREST: Interest.State, JOINING: Joining.State}
ABSENT: dict[str, Any] = {
    "public_id": Cast(Value(None), UUIDField()),
    "state": Value("", TextField()),
    "code": Value("", TextField()),
    "name": Value("", TextField()),
    "other": Value("", TextField()),
    "at": Cast(Value(None), DateTimeField()),
    "until": Cast(Value(None), DateTimeField()),
    "number": Value(0, BigIntegerField()),
}
# What names are translated: those of delegations, and the places of slots.
NAMES = ("name", "other")


def read(lists: Collection[SpeakersList], meetings: Collection[int], address: str) -> dict[str, list[OwnRow]]:
    """By its kind, what is of `address` on the `lists`, its delegations' focal points, and the hours of the `meetings`.

    `meetings` are keys. One statement. Names are in the language of the reader.
    """
    parts = [
        _swaps(SWAP_TO, "partner", "proposer", lists, address),
        _swaps(SWAP_BY, "proposer", "partner", lists, address),
        *(part(lists, address) for part in (_joinings, _late_requests, _interests)),
        _focal_points(address),
        _sittings(meetings),
        _slots(meetings),
    ]
    found: dict[str, list[OwnRow]] = {}
    language = get_language() or settings.LANGUAGE_CODE
    for row in map(OwnRow._make, parts[0].union(*parts[1:], all=True)):
        if row.kind not in (SITTING, SLOT):
            row = row._replace(**{name: LazyI18nString(getattr(row, name)).localize(language) for name in NAMES})
        found.setdefault(row.kind, []).append(row)
    return found


def _row(kind: str, rows: QuerySet[Any], **columns: Any) -> Any:
    """The `rows` with a column for each of `OwnRow`: those given as a field or an expression, the others absent."""
    given = {name: F(value) if isinstance(value, str) else value for name, value in columns.items()}
    texts = {name: ExpressionWrapper(given[name], TextField()) for name in ("state", "code", *NAMES) if name in given}
    all_columns = {"kind": Value(kind, CharField()), **ABSENT, **given, **texts}
    named = {f"own_{name}": all_columns[name] for name in OwnRow._fields}
    return rows.order_by().annotate(**named).values_list(*named)


def _as_recorded(path=""):
    """The name of the delegation of a row at the end of `path`, as it is on its list."""
    recorded = NullIf(F(f"{path}delegation_name"), Value("", TextField()))
    return Coalesce(recorded, F(f"{path}delegation__short_name"), output_field=TextField())


def _swaps(kind, own, other, lists, address):
    """Swaps that have not ended: those whose `own` side is an entry of the address."""
    swaps = SwapProposal.objects.open().filter(speakers_list__in=lists)
    return _row(
        kind,
        swaps.filter(**{f"{own}__in": access.visible_to(address).values("pk")}),
        of="speakers_list_id",
        public_id=f"{own}__public_id",
        state="state",
        name=_as_recorded(f"{own}__"),
        other=_as_recorded(f"{other}__"),
        at="proposed_at",
    )


def _joinings(lists, address):
    return _row(
        JOINING,
        access.joinings_on(lists, address).named(),
        of="speakers_list_id",
        public_id="public_id",
        state="state",
        name=_as_recorded(),
        other=_as_recorded("inscription__"),
        at="asked_at",
    )


def _late_requests(lists, address):
    late = access.late_requests_on(lists, address)
    facts = {"public_id": "public_id", "state": "state", "name": _as_recorded(), "at": "arrived_at"}
    return _row(LATE, late, of="speakers_list_id", **facts)


def _interests(lists, address):
    interests = access.interests_on(lists, address)
    facts = {"public_id": "public_id", "state": "state", "name": _as_recorded(), "at": "expressed_at"}
    other = Coalesce(F("second_choice__title"), Value("", TextField()), output_field=TextField())
    return _row(INTEREST, interests, of="speakers_list_id", other=other, **facts)


def _focal_points(address):
    """Everyone on record for the delegations that `address` acts for."""
    points = FocalPoint.objects.to_remind().filter(delegation__in=Delegation.objects.of_focal_point(address))
    facts = {"code": "delegation__code", "name": "delegation__short_name", "other": "name", "state": "email"}
    return _row(POINT, points, of="delegation_id", **facts)


def _sittings(meetings):
    facts = {"state": "part", "name": "place", "at": "starts_at", "until": "ends_at", "number": "pk"}
    return _row(SITTING, Sitting.objects.filter(meeting__in=meetings), of="meeting_id", **facts)


def _slots(meetings):
    facts = {"state": "kind", "name": "place", "code": "list_slug", "at": "starts_at", "until": "ends_at"}
    return _row(SLOT, ProgrammeSlot.objects.filter(meeting__in=meetings), of="meeting_id", **facts)
