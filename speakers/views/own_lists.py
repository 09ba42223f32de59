"""All lists of a meeting on one page, for a delegation: the state of each, and its own entries there.  R-59 R-62"""

from dataclasses import dataclass, field
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dialogue.models import Meeting
from speakers.delegations import access
from speakers.entries import late_requests
from speakers.forecast.list_forecast import forecast_list
from speakers.interest import expressing
from speakers.list_state import ListState
from speakers.models import Inscription, Interest, LateRequest, SpeakersList
from speakers.order import precedence
from speakers.views.arriving import Arrival, arriving
from speakers.views.coming_back import Destination


@dataclass(frozen=True)
class OwnEntry:
    """An entry of the delegation, the number of its place if it holds one, and its likely turn if one is foreseen."""

    entry: Inscription
    number: int | None
    turn: str


@dataclass(frozen=True)
class OwnList:
    """A list of the meeting as a delegation sees it: its state, what is its own on it, and what can be filed.

    `may_inscribe` says whether its terms leave room for one more entry of the delegation.  R-12
    """

    state: ListState
    takes_late_requests: bool
    may_inscribe: bool = True
    entries: list[OwnEntry] = field(default_factory=list)
    late: list[LateRequest] = field(default_factory=list)
    interests: list[Interest] = field(default_factory=list)

    @property
    def held(self) -> Inscription | None:
        """The first of its entries that has not ended."""
        return next((own.entry for own in self.entries if own.entry.is_active), None)


@arriving
@require_safe
def own_lists(request: Arrival, meeting: Meeting) -> HttpResponse:
    """Every list of the meeting, and what the person who is signed in may see of their own on each."""
    if (address := access.signed_in_address(request)) is None:
        back = Destination(back=reverse("speakers:own", args=[meeting.slug]))
        return redirect(reverse("speakers:sign_in", args=[meeting.slug]) + back.query)
    at = meeting.moment(request.arrived_at)
    context = {"meeting": meeting, "address": address, "lists": _own(meeting, address, at)}
    return render(request, "speakers/own.html", context)


def _own(meeting: Meeting, address: str, at: datetime) -> list[OwnList]:
    """The lists of `meeting`, the main one first, with what is of `address`: seven statements, however many lists.

    One more if seats of a list are given by selection: an expression of interest is shown at its first choice.
    """
    lists = list(meeting.lists.with_places().order_by("slug"))
    for each in lists:
        each.meeting = meeting
    entries = list(access.visible_on(lists, address))
    late = list(access.late_requests_on(lists, address))
    delegations = access.delegations_of(address)
    is_asked = any(each.is_by_selection for each in lists)
    interests = list(access.interests_of(address, meeting)) if is_asked else []
    has_expressed = expressing.has_expressed(delegations, interests)
    with_entries = [each for each in lists if any(entry.speakers_list_id == each.pk for entry in entries)]
    orders = precedence.bare_orders(with_entries) if with_entries else {}
    slots = list(meeting.slots.all()) if with_entries else []
    return [
        OwnList(
            state=ListState.of(each, at),
            takes_late_requests=not late_requests.why_not_late(each, at),
            may_inscribe=not has_expressed if each.is_by_selection else _may_inscribe(each, entries, delegations),
            entries=_entries_on(each, entries, orders.get(each.pk, []), slots, at),
            interests=[interest for interest in interests if interest.speakers_list_id == each.pk],
            late=[request for request in late if request.speakers_list_id == each.pk],
        )
        for each in lists
    ]


def _may_inscribe(speakers_list, entries, delegations):
    """May one of the `delegations` add an entry to what it holds: in national capacity, or for a group?  R-12 R-13"""
    national = {
        entry.delegation_id
        for entry in entries
        if entry.speakers_list_id == speakers_list.pk
        and entry.is_active
        and entry.capacity == Inscription.Capacity.NATIONAL
    }
    if not (national and delegations) or any(each.pk not in national for each in delegations):
        return True
    places = [each.place_on_list(speakers_list) for each in delegations]
    return any(place is not None and place.speaks_for_groups for place in places)


def _entries_on(speakers_list: SpeakersList, entries, places, slots, at):
    """The `OwnEntry` of each of `entries` on `speakers_list`, whose `places` are in speaking order."""
    own = [entry for entry in entries if entry.speakers_list_id == speakers_list.pk]
    if not own:
        return []
    ahead = forecast_list(speakers_list, places, at=at, slots=slots)
    found = [(entry, precedence.place_among(places, entry)) for entry in own]
    return [OwnEntry(entry, place.number if place else None, ahead.turn_in_words(entry)) for entry, place in found]
