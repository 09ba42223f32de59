"""The shapes of all answers, from which the OpenAPI document is built. Moments are ISO 8601 with an offset.

Answers are not validated at run time; the tests check every answer against these shapes.
"""

from datetime import datetime
from typing import Literal

from ninja import Field, Schema


class Problem(Schema):
    """What went wrong (RFC 9457, `application/problem+json`)."""

    type: Literal["about:blank"]
    title: str
    status: int
    detail: str


class Inscription(Schema):
    """The state of a meeting's list now: not yet open, open, or closed, and the moments that decide it.

    If it `closes_when_announced` by the Chair, `closes_at` is about when; it may be open for longer. With
    `seats_by_selection`, delegations express their interest until it closes, and the secretariat gives so many seats;
    with 0 they inscribe.
    """

    state: Literal["awaited", "open", "closed"]
    opens_at: datetime
    closes_at: datetime
    closes_when_announced: bool
    seats_by_selection: int = Field(ge=0)


class Limit(Schema):
    """How long each may speak who is of this band, of this level, or both; an empty one is any."""

    band: str
    level: str = Field(examples=["HOS"])
    seconds: int = Field(ge=1)


class Limits(Schema):
    """How long a statement may be: by capacity, and before that by band and level, the most specific one first."""

    national_seconds: int = Field(ge=1)
    group_seconds: int = Field(ge=1)
    civil_society_seconds: int = Field(ge=1)
    special: list[Limit]


class Meeting(Schema):
    """A meeting. `slug` identifies it for ever; texts are in the language of the site."""

    slug: str
    title: str
    theme: str
    venue: str
    time_zone: str = Field(examples=["America/New_York"])
    starts_at: datetime
    ends_at: datetime
    is_rehearsal: bool
    inscription: Inscription
    limits: Limits
    newest_revision: int | None = Field(description="The number of the newest published revision of the list.")


class Meetings(Schema):
    meetings: list[Meeting]


class OneList(Schema):
    """One list of speakers of a meeting. `list` identifies it for ever in its meeting; the main list has none."""

    meeting: str
    list: str = Field(examples=["panel"], description="Its short name; empty for the main list.")
    title: str
    open_to: Literal["everyone", "members_and_observers", "member_states"] = Field(description="Who may inscribe.")
    is_heard: bool = Field(description="Does the room hear this list? At most meetings there is no other.")
    inscription: Inscription
    limits: Limits
    newest_revision: int | None = Field(description="The number of its newest published revision.")


class Lists(Schema):
    meeting: str
    lists: list[OneList]


class Sitting(Schema):
    starts_at: datetime
    ends_at: datetime
    sign_language: str = Field(default="", description="Into which sign language it is interpreted; left out if none.")
    captions: str = Field(default="", description="In which languages speech is shown as text; left out if none.")
    place: str = Field(default="", description="Only if it is another than the place of the meeting.")


class Person(Schema):
    name: str
    role: str
    by_video: bool


class Slot(Schema):
    """One line of the programme; a heading may have no time."""

    starts_at: datetime | None
    ends_at: datetime | None = Field(default=None, description="Only if the programme says when it ends.")
    kind: str
    title: str
    place: str = Field(default="", description="Only if it is another than the place of the meeting.")
    persons: list[Person]


class ProgrammeVersion(Schema):
    """The released version of the programme that is given."""

    number: int = Field(ge=1)
    label: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Programme(Schema):
    version: ProgrammeVersion | None = Field(default=None, description="Only once a version was released.")
    slug: str
    title: str
    time_zone: str
    venue: str
    inscription_opens_at: datetime
    inscription_closes_at: datetime
    sittings: list[Sitting]
    slots: list[Slot]


class Speaker(Schema):
    """One entry. `receipt_no` identifies it for ever on its list; `place` is its current place."""

    place: int = Field(ge=1)
    delegation: str
    delegation_code: str
    capacity: Literal["national", "group"]
    group: str
    band: str
    level: str
    receipt_no: int = Field(ge=1)
    speaker: str = Field(default="", description="Only if the meeting shows names. Empty means to be confirmed.")
    joined: list[str] = Field(default=[], description="Only of a joint statement: who has joined it, in order.")
    by_video: bool = Field(default=False, description="Is it a recorded video, played when the delegation is called?")
    presented_by: str = Field(default="", description="Of a recorded video: who presents it, if names are shown.")
    sitting: str = Field(
        default="", description="Of a divided list: the sitting in which it was called or is likely to be, by its name."
    )
    fixed_sitting: str = Field(default="", description="Of a divided list: the sitting to which staff fixed the entry.")


class SittingOfAList(Schema):
    """A sitting of a list that is divided by sittings; `likely` until it begins."""

    name: str
    starts_at: datetime
    ends_at: datetime
    likely: bool


class OfAList(Schema):
    """What names the list it belongs to, unless that is the main list of its meeting."""

    meeting: str
    list: str = Field(default="", examples=["panel"], description="The short name of a list beside the main one.")


class List(OfAList):
    """The list as it stands: provisional, places may change."""

    format: Literal["list-of-speakers/1", "list-of-speakers/2"] = Field(
        description="2 if the list is divided by sittings."
    )
    as_at: datetime
    provisional: bool
    policy: str
    sittings: list[SittingOfAList] = Field(default=[], description="Only if the list is divided by sittings.")
    speakers: list[Speaker]


class RevisionSummary(Schema):
    """A published revision, which never changes. The SHA-256 is over the exact bytes of the revision's own address."""

    number: int = Field(ge=1)
    kind: Literal["established", "published"]
    as_at: datetime
    comment: str
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    previous_sha256: str = Field(pattern="^([0-9a-f]{64})?$")


class Revisions(OfAList):
    revisions: list[RevisionSummary]


class Revision(List):
    """A frozen list, byte for byte as it was hashed."""

    number: int = Field(ge=1)
    kind: Literal["established", "published"]
    comment: str
    previous_sha256: str
