"""Why a clock is paused.  R-39"""

from typing import Any

from speakers.models import called_on


def under_way(turn: Any, meeting: Any) -> Any:
    """The `Interruption` of `turn` that has not ended, with who raised it under its name; None if it is not paused.

    Takes two queries while the clock is paused, and none otherwise.  R-72
    """
    if not turn.is_paused:
        return None
    found = turn.interruptions.filter(ended_at=None).select_related("delegation").first()
    if found and found.delegation:
        (found.delegation,) = called_on([found.delegation], meeting.starts_on)
    return found
