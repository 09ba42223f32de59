"""The site whose list is closed by a worker alone, whenever it comes to it.  R-02 R-06"""

from config.wsgi import application
from dialogue.models import Meeting

__all__ = ["application"]


def is_not_closed_by_anybody(meeting, at):
    return meeting.list_closed_at is None


Meeting.accepts_inscriptions = is_not_closed_by_anybody
