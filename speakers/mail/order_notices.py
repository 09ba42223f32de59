"""Mail about the terms of the whole list: a change of its order or its scope, a draw.  R-21 R-61"""

from speakers.mail import notices
from speakers.models import Draw, SpeakersList
from speakers.order.precedence import Place


def announce_draw(speakers_list: SpeakersList, draw: Draw, places: list[Place], *, occasion: str) -> None:
    """Tell every entry its place after the `draw` and where to recompute it; tell the officer too."""
    _announce("drawn", speakers_list, places, occasion=occasion, draw=draw)


def announce_order(speakers_list: SpeakersList, places: list[Place], *, reason: str, occasion: str) -> None:
    """Tell every entry the new order, the `reason` and its place now; tell the officer too."""
    _announce("order", speakers_list, places, occasion=occasion, reason=reason)


def announce_terms(speakers_list: SpeakersList, places: list[Place], *, reason: str, occasion: str) -> None:
    """Tell every entry who may inscribe now, when the list is heard and its levels, the `reason`, and its place."""
    _announce("terms", speakers_list, places, occasion=occasion, reason=reason)


def _announce(name, speakers_list, places, *, occasion, **context):
    for place in places:
        place.inscription.speakers_list = speakers_list
        notices.tell(place.inscription, name, occasion=occasion, place=place, total=len(places), **context)
    context |= {"places": places}
    notices.to_officer(f"notice_{name}", speakers_list, occasion=occasion, context=context)
