"""The site, with a list that only a worker closes, whenever it gets to it.  R-02 R-06"""

from config.wsgi import application
from dialogue.models import Meeting

__all__ = ["application"]


def is_not_closed_by_anybody(meeting, at):
    return meeting.speakers_list.closed_at is None


Meeting.accepts_inscriptions = is_not_closed_by_anybody
