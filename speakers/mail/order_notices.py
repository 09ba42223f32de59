"""Mail about what decides the order of the whole list: another policy, a draw.  R-21"""

from dialogue.models import Meeting
from speakers.mail import notices
from speakers.models import Draw
from speakers.order.precedence import Place


def announce_draw(meeting: Meeting, draw: Draw, places: list[Place], *, occasion: str) -> None:
    """To every entry on the list, its place after the `draw` and where to recompute it; and to the officer."""
    _announce("drawn", meeting, places, occasion=occasion, draw=draw)


def announce_order(meeting: Meeting, places: list[Place], *, reason: str, occasion: str) -> None:
    """To every entry on the list, the new order, its `reason` and the place now; and to the officer."""
    _announce("order", meeting, places, occasion=occasion, reason=reason)


def _announce(name, meeting, places, *, occasion, **context):
    for place in places:
        place.inscription.meeting = meeting
        notices.tell(place.inscription, name, occasion=occasion, place=place, total=len(places), **context)
    context |= {"meeting": meeting, "places": places}
    notices.to_officer(f"notice_{name}", meeting, occasion=occasion, context=context)
