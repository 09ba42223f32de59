"""An entry as a list needs it: plain values of its row, which are read in a fifth of the time of a whole one."""

import json
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import ExpressionWrapper, F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from speakers.models.filing import Capacity, Filing, capacity_in_words, presenter_in_words
from speakers.models.speakers_list import Band


class State(models.TextChoices):
    UNVERIFIED = "unverified", _("unverified")
    STANDING = "standing", _("standing")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REFUSED = "refused", _("refused")


def anchor(code: str, capacity: str, receipt_no: int) -> str:
    """The name of an entry's row on the page of its list, for an address that ends in “#RWA”.

    The code of its delegation; an entry on behalf of a group has its receipt number, too.
    """
    return code if capacity == Capacity.NATIONAL else f"{code}-{receipt_no}"


class Placed:
    """Where an entry stands, from its own row."""

    __slots__ = ()
    capacity: Any
    place_band: Any

    @property
    def band(self) -> str:
        """The code of the band in which it stands: groups, or its delegation's dated place.  R-17 R-18"""
        return Band.GROUPS if self.capacity == Capacity.GROUP else self.place_band or Band.OBSERVERS


class Marked(Placed):
    """What is special about an entry, from its own row."""

    __slots__ = ()
    state: Any
    called_at: Any
    pinned_before_id: int | None
    is_pinned_last: Any
    swapped_by_id: int | None

    @property
    def is_standing(self) -> bool:
        return self.state == State.STANDING

    @property
    def is_active(self) -> bool:
        return self.state in {State.STANDING, State.UNVERIFIED}

    @property
    def is_called(self) -> bool:
        """Has it been called to the floor? From then on it changes only in the room.  R-05 R-32"""
        return self.called_at is not None

    @property
    def is_pinned(self) -> bool:
        """Did staff set its place, before another or, if that one has left, at the end?  R-20"""
        return self.pinned_before_id is not None or self.is_pinned_last

    @property
    def is_swapped(self) -> bool:
        """Does it have another entry's turn, by a swap?  R-26"""
        return self.swapped_by_id is not None


# Not frozen: a list makes hundreds of them, and to make a frozen one takes ten times as long.
@dataclass(slots=True)
class BareEntry(Placed):
    """The facts of an entry that its order and its limit depend on, and no others.  R-16 R-65"""

    pk: int
    capacity: str
    place_band: str
    place_ground: str
    precedence_class: int
    class_seq: int
    class_move: int
    lot: str
    class_by_swap: int | None
    is_late: bool
    called_at: datetime | None
    pinned_before_id: int | None
    is_pinned_last: bool
    level_code: str
    fixed_sitting_id: int | None

    Capacity = Filing.Capacity
    is_called = Marked.is_called


@dataclass(slots=True)
class ListedEntry(BareEntry):
    """An entry with what the public sees of it, and no more: no contacts, no notes.  R-29

    `delegation` and `level` are their names, in the language of the reader, and so are those of the delegations that
    have `joined` its statement.
    """

    receipt_no: int
    group_name: str
    speaker_prefix: str
    speaker_name: str
    joined: list[str]
    is_by_video: bool
    presenter_name: str
    presenter_title: str
    delegation_code: str
    delegation: str
    level: str

    @property
    def anchor(self) -> str:
        """The name of its row on the page of its list."""
        return anchor(self.delegation_code, self.capacity, self.receipt_no)

    @property
    def capacity_in_words(self) -> str | Promise:
        """The capacity in words, as `Filing` puts it.  R-15"""
        return capacity_in_words(self.capacity, self.delegation_code)

    @property
    def presenter(self) -> str:
        """Who presents the recorded statement, as `Filing` puts it."""
        return presenter_in_words(self.presenter_name, self.presenter_title)


@dataclass(slots=True)
class EntryAtTheDesk(Marked, ListedEntry):
    """A listed entry with what staff see of it on their list and on the board."""

    state: str
    arrived_at: datetime
    recorded_at: datetime
    swapped_by_id: int | None
    extension_id: int | None


BARE = [{"level_code": "level__code"}.get(each.name, each.name) for each in fields(BareEntry)]
# Names are read as they are stored, and each is put into words once: of the levels there are few.
ON_THE_LIST = Coalesce(NullIf(F("delegation_name"), Value("")), F("delegation__short_name"))
LABELLED = Coalesce(NullIf(F("level_label"), Value("")), F("level__label"))
NAMES = [ExpressionWrapper(name, models.TextField()) for name in (ON_THE_LIST, LABELLED)]
JOINED_NAME = Coalesce(NullIf(F("joinings__delegation_name"), Value("")), F("joinings__delegation__short_name"))
JOINED = ["pk", "joinings__delegation__code", ExpressionWrapper(JOINED_NAME, models.TextField())]
# Almost no statement is a joint one, and what stands for none need not be read as JSON.
NONE_JOINED, JOINED_BY = "[]", ExpressionWrapper(F("joined"), models.TextField())
LISTED: list[Any] = [*BARE, "receipt_no", "group_name", "speaker_prefix", "speaker_name", JOINED_BY]
LISTED += ["is_by_video", "presenter_name", "presenter_title", "delegation__code", *NAMES]
AT_THE_DESK = [*LISTED, "state", "arrived_at", "recorded_at", "swapped_by_id", "extension_id"]
COLUMNS: dict[Any, list[Any]] = {ListedEntry: LISTED, EntryAtTheDesk: AT_THE_DESK}
FIRST_NAME = LISTED.index(NAMES[0])


def read(entries: models.QuerySet, kind: type[Any]) -> list[Any]:
    """The `entries` as a list of that `kind`, `ListedEntry` or `EntryAtTheDesk`, in no order.

    One statement, and one for the names of delegations that have joined a statement, if there are any.
    """
    name = partial(_name, get_language() or settings.LANGUAGE_CODE)
    found = [
        kind(*row[:FIRST_NAME], name(row[FIRST_NAME]), name(row[FIRST_NAME + 1]), *row[FIRST_NAME + 2 :])
        for row in entries.order_by().values_list(*COLUMNS[kind])
    ]
    for entry in found:
        entry.joined = [] if entry.joined == NONE_JOINED else json.loads(entry.joined)
    _name_joined([entry for entry in found if entry.joined], entries.model, name)
    return found


@lru_cache(maxsize=4096)
def _name(language, stored):
    """A `stored` name in that `language`; kept in memory, because the same few hundred are on every list."""
    return LazyI18nString(stored).localize(language)


def _name_joined(entries, model, name):
    """Replace the codes of the delegations that joined these `entries` by what `name` makes of their stored names."""
    keys = [entry.pk for entry in entries]
    rows = model.objects.filter(pk__in=keys).order_by().values_list(*JOINED) if keys else []
    names = {(pk, code): name(stored) for pk, code, stored in rows}
    for entry in entries:
        entry.joined = [names[key] for code in entry.joined if (key := (entry.pk, code)) in names]
