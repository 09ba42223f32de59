"""The entries of one person on many lists, among all that stand there, in one statement.  R-22 R-59"""

import uuid
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import get_language
from i18nfield.strings import LazyI18nString

import clock
from speakers.delegations import access
from speakers.models import Inscription, SpeakersList
from speakers.models.entry import BARE, NAMES, BareEntry, Marked, State
from speakers.models.filing import capacity_in_words


@dataclass(slots=True)
class OwnEntry(Marked, BareEntry):
    """An entry of the person (`is_own`), or another that stands on the same list, of which only the place counts.

    `delegation` is its name in the language of the reader. `has_text` says whether a text of the statement was handed
    in, `became` the state of its turn in the room, empty while it waits.
    """

    public_id: uuid.UUID
    receipt_no: int
    state: str
    group_name: str
    speaker_name: str
    is_by_video: bool
    delegation_code: str
    delegation_id: int
    delegation: str
    is_own: bool
    has_text: bool
    became: str

    @property
    def capacity_in_words(self) -> str | Promise:
        """The capacity in words, as `Filing` puts it.  R-15"""
        return capacity_in_words(self.capacity, self.delegation_code)

    @property
    def state_in_words(self) -> str | Promise:
        return _became_in_words.get(self.became) or State(self.state).label

    @property
    def waits(self) -> bool:
        """Is it active, and has it neither been called nor ended in the room?  R-32"""
        return self.is_active and not self.is_called and not self.became

    @property
    def awaits_speaker(self) -> bool:
        """Is its speaker still to be confirmed, and can that be done?  R-14"""
        return self.waits and not self.speaker_name

    @property
    def awaits_text(self) -> bool:
        """Can a text of the statement be handed in, and was none?"""
        return self.is_standing and self.waits and not self.is_by_video and not self.has_text


COLUMNS: list[Any] = [*BARE, "public_id", "receipt_no", "state", "group_name", "speaker_name", "is_by_video"]
COLUMNS += ["delegation__code", "delegation_id", NAMES[0], "is_own", "has_text", "became"]
NAME = COLUMNS.index(NAMES[0])
OVERRUN = timedelta(hours=12)
# What the room knows: expressions of the app that keeps it, in which `OuterRef("pk")` is the entry.
_asked: dict[str, Any] = {"has_text": Value(True), "became": Value("")}
_became_in_words: dict[str, str | Promise] = {}
# The same of a list, which is the outer row.
_asked_of_lists: dict[str, Any] = {"is_in_session": Value(False)}


def ask_the_room(*, has_text: Any, became: Any, in_words: dict[str, str | Promise], is_in_session: Any) -> None:
    """Let the app of the room say which entries have a text, and what each `became`: a state, named `in_words`.

    And whether the meeting of a list has come to the room and `is_in_session`: not yet concluded.
    """
    _asked.update(has_text=has_text, became=became)
    _became_in_words.update(in_words)
    _asked_of_lists.update(is_in_session=is_in_session)


def not_over() -> QuerySet[SpeakersList]:
    """The lists of published meetings that are not over now.

    A debate that overruns is over when the room is concluded, and at the latest `OVERRUN` after its printed end.  R-32
    """
    now = cast(Any, clock.as_expression()) + F("meeting__clock_shift")
    overruns = Q(_asked_of_lists["is_in_session"], meeting__ends_at__gt=now - OVERRUN)
    return SpeakersList.objects.of_published().filter(Q(meeting__ends_at__gt=now) | overruns)


def read(lists: Collection[SpeakersList], address: str) -> dict[int, list[OwnEntry]]:
    """The entries of `address` on the `lists`, and all that stand where it has one, by the key of the list.

    In no order; one statement.
    """
    own = access.visible_to(address).filter(speakers_list__in=lists)
    seen = Q(pk__in=own.values("pk")) | Q(state=State.STANDING, speakers_list__in=own.values("speakers_list"))
    rows = Inscription.objects.filter(seen, speakers_list__in=lists).annotate(
        is_own=Exists(own.filter(pk=OuterRef("pk"))), **_asked
    )
    found = defaultdict(list)
    for key, *facts in rows.order_by().values_list("speakers_list", *COLUMNS):
        facts[NAME] = LazyI18nString(facts[NAME]).localize(get_language() or settings.LANGUAGE_CODE)
        found[key].append(OwnEntry(*facts))
    return found
