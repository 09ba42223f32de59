"""In which sitting something was said: one for each statement, on every page and in every file.  R-62 R-64"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from dialogue.models import Meeting, sitting_then
from speakers.models import SpeakersList


def of_each(meeting: Meeting, said: Iterable[tuple[datetime, SpeakersList | None]]) -> list[Any]:
    """The sitting of `meeting`, read with its `hours`, in which each of what was `said` began; None if it has none.

    These are moments in order, each with the list of a statement. What was said outside the lists belongs to the list
    that was heard before it.
    """
    of_lists: dict[SpeakersList | None, list[Any]] = {None: []}
    found, heard = [], None
    for at, speakers_list in said:
        heard = speakers_list or heard
        if heard and heard not in of_lists:
            of_lists[heard] = heard.hours_among(meeting.hours)
        found.append(sitting_then(meeting.hours, at, of_lists[heard]))
    return found
