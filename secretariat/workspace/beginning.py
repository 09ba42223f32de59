"""Where the work of a person is: the meetings to come with the parts that are theirs, and where they begin."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from dialogue.models import Meeting
from secretariat.list_attention import HAS_TICKETS
from secretariat.permitted_links import may_open
from secretariat.permitting import places_of_work
from secretariat.workspace.parts import PARTS, workspace_of
from speakers.models import SpeakersList

# A meeting that begins so soon, or sits, is the one that its officers come for.
SOON = timedelta(hours=24)


class Page(NamedTuple):
    """A page in words, with its address."""

    words: str
    address: str


class Work(NamedTuple):
    """A `meeting`, the address of its workspace for those who may open it, and the pages of a person's work on it."""

    meeting: Meeting
    workspace: str
    pages: list[Page]


def lists_to_come(at: datetime) -> list[Any]:
    """The main lists of meetings that are not over at the real moment `at`, with `has_tickets` (one statement)."""
    lists = SpeakersList.objects.filter(slug="").annotate(has_tickets=HAS_TICKETS).order_by("meeting__starts_at")
    return [each for each in lists if each.meeting.ends_at > each.meeting.moment(at)]


def work_of(user: Any, lists: list[Any]) -> list[Work]:
    """What `user` works at in the meetings of the main `lists`; meetings that they may not open at all are left out."""
    places, found = places_of_work(user), []
    for each in lists:
        workspace = workspace_of(each.meeting)
        addresses = {place: PARTS[place].address(each) for place in places}
        pages = [Page(str(PARTS[place].label), address) for place, address in addresses.items() if address]
        may_see = may_open(user, workspace)
        if may_see or pages:
            found.append(Work(each.meeting, workspace if may_see else "", pages))
    return found


def begins_at(user: Any, at: datetime) -> str:
    """The address at which `user` begins at the real moment `at`; empty for the front page.

    It is the one place of their work, at the meeting that sits or begins soon, or else the only one to come. A person
    with several roles, or with several such meetings, begins at the front page, which names them. One statement.
    """
    pages = [(work.meeting, page) for work in work_of(user, lists_to_come(at)) for page in work.pages]
    soon = [(meeting, page) for meeting, page in pages if meeting.starts_at - meeting.moment(at) <= SOON]
    offered = soon or pages
    return offered[0][1].address if len(offered) == 1 else ""
