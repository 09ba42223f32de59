"""The shapes of answers about the room, and about what was said there; see `shapes.py`."""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema

from api.shapes import OfAList


class Made(Schema):
    """Who made a statement, or filed one in lieu of delivery. `position` is its place in the order of this answer."""

    position: int = Field(ge=1)
    kind: Literal["listed", "inserted", "reply", "open_floor", "panel"]
    name: str = Field(description="The delegation, or the person outside the list.")
    delegation_code: str
    capacity: Literal["national", "group", ""] = Field(description="Empty outside the list.")
    group: str
    joined: list[str] = Field(description="Who has joined the statement, in order.")
    level: str
    by_video: bool
    speaker: str = Field(description="Only if the list shows names.")
    in_lieu: bool = Field(description="Is it a written statement in lieu of delivery?")
    list: str | None = Field(description="The short name of its list, empty for the main one; null outside every list.")


class InTheRecord(Made):
    """One line of the record. What was not delivered has no moments."""

    sitting: str
    began_at: datetime | None
    ended_at: datetime | None
    spoke_seconds: int | None = Field(ge=0, description="Without the pauses of the clock.")


class Page(OfAList):
    """At most 200 at a time: those that are left come `after` the position `next_after`, which is null at the end."""

    next_after: int | None


class Record(Page):
    statements: list[InTheRecord]


class Text(Schema):
    """A file. `mark` says how the text relates to what was said, if the delegation has said so."""

    language: str = Field(examples=["en"])
    media_type: str
    bytes: int
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    mark: Literal["as_it_stands", "check", ""] = Field(description="“check”: to be checked against delivery.")
    url: str


class WithTexts(Made):
    texts: list[Text] = Field(min_length=1)


# The names of what is said of a statement beside its texts.
OF_TEXTS = tuple(WithTexts.model_fields)


class Statements(Page):
    statements: list[WithTexts]


class InTurn(Schema):
    """One turn in the room. For a person outside the list, who speaks for no delegation, the name is the person's."""

    place: int | None = Field(description="Its place on the list; null outside the list.")
    name: str
    group: str
    joined: list[str]
    by_video: bool
    presented_by: str
    level: str
    speaker: str
    title: str
    kind: Literal["listed", "inserted", "reply", "open_floor", "panel"]
    reply_no: int | None
    is_present: bool = Field(description="Has the delegation said that it is in the room?")


class Interruption(Schema):
    ground: Literal["point_of_order", "suspension", "other"]
    raised_by: str


class Speaking(InTurn):
    """The turn that has the floor, and its clock."""

    id: str
    state: Literal["called", "speaking"]
    called_at: datetime | None
    began_at: datetime | None
    paused_at: datetime | None
    paused_seconds: float
    limit_seconds: float
    elapsed_seconds: float
    left_seconds: float = Field(description="Negative in overtime.")
    colour: Literal["green", "amber", "red"]
    interrupted_by: Interruption | None


class NowSitting(Schema):
    """The sitting that is held now, or the next one."""

    part: str
    starts_at: datetime
    ends_at: datetime
    ends_in_words: str


class OpenFloor(Schema):
    state: Literal["open", "muted", "closed"]
    asking: int = Field(ge=0)


class Counts(Schema):
    waiting: int
    delivered: int
    not_delivered: int
    not_reached: int
    total: int


class Room(Schema):
    """The room now. `version` rises with each act; `now` is the clock of the server, from which to count on.

    Moments are in UTC. `list` names the list that the room hears, if the meeting has several.
    """

    meeting: str
    version: int
    now: datetime
    state: Literal["awaited", "sitting", "break", "suspended", "concluded", "over"]
    message: str
    message_until: datetime | None
    open_floor: OpenFloor
    sitting: NowSitting | None
    current: Speaking | None
    next: list[InTurn] = Field(max_length=5)
    counts: Counts
    list: str = ""
