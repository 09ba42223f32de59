"""The site, stamping a request for the floor under the lock, not at its arrival.  R-03 R-70"""

import clock
from config.wsgi import application
from floor.acts import acting

__all__ = ["application"]

_keep = acting.keep


def keep_as_at_the_lock(turn, act, *, at, **rest):
    if act == "asked":
        rest["asked_at"] = at = turn.meeting.moment(clock.now())
    return _keep(turn, act, at=at, **rest)


acting.keep = keep_as_at_the_lock
