"""The site, with a list that only a worker closes, whenever it gets to it.  R-02 R-06"""

from config.wsgi import application
from speakers.models import SpeakersList

__all__ = ["application"]


def is_not_closed(speakers_list, at):
    return speakers_list.closed_at is None


SpeakersList.accepts_inscriptions = is_not_closed
