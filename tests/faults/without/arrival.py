"""The site, judging a submission by the moment at which it had the lock, not by its arrival.  R-03"""

import clock
from config.wsgi import application
from speakers.entries import inscribing

__all__ = ["application"]

_objection = inscribing.objection


def objection_at_the_lock(inscription, found, *, at):
    return _objection(inscription, found, at=inscription.meeting.moment(clock.now()))


inscribing.objection = objection_at_the_lock
