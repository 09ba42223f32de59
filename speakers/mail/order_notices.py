"""Mail about the order of the whole list: a change of policy, a draw.  R-21"""

from dialogue.models import Meeting
from speakers.mail import notices
from speakers.models import Draw
from speakers.order.precedence import Place


def announce_draw(meeting: Meeting, draw: Draw, places: list[Place], *, occasion: str) -> None:
    """Tell every entry its place after the `draw` and where to recompute it; tell the officer too."""
    _announce("drawn", meeting, places, occasion=occasion, draw=draw)


def announce_order(meeting: Meeting, places: list[Place], *, reason: str, occasion: str) -> None:
    """Tell every entry the new order, the `reason` and its place now; tell the officer too."""
    _announce("order", meeting, places, occasion=occasion, reason=reason)


def _announce(name, meeting, places, *, occasion, **context):
    for place in places:
        place.inscription.meeting = meeting
        notices.tell(place.inscription, name, occasion=occasion, place=place, total=len(places), **context)
    context |= {"meeting": meeting, "places": places}
    notices.to_officer(f"notice_{name}", meeting, occasion=occasion, context=context)
