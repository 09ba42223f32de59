"""Where one is: the parts of the meeting that a page of the desk is about, and which of them it belongs to."""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from dialogue.models import Meeting
from outbox.models import Message
from secretariat.workspace.parts import PARTS, lists_of, open_to, workspace_of
from speakers.models import SpeakersList

# The part to which the pages on a model belong; the board has pages of its own among those on entries.
PART_OF = {
    "inscription": "list",
    "swapproposal": "list",
    "extension": "list",
    "draw": "list",
    "revision": "list",
    "interest": "interests",
    "laterequest": "late",
    "message": "mail",
    "mailtext": "mail",
    "programmeslot": "programme",
    "programmeversion": "programme",
    "representative": "tickets",
    "ticketrequest": "tickets",
    "ticketing": "tickets",
    "manifest": "tickets",
    "scan": "tickets",
    "entry": "journal",
    "meeting": "meeting",
    "speakerslist": "meeting",
    "webhook": "webhooks",
}
# How the address of a list of rows says of which meeting it shows them, and by which lookup its lists are found.
CHOSEN_BY = {
    "speakers_list__id__exact": "meeting__lists",
    "meeting__id__exact": "meeting",
    "about": "meeting__slug",
    "meeting": "meeting",
}


A_KEY = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True)
class Link:
    """A page in words, with `aria-current`: “page”, “true” for the part that a page belongs to, or empty."""

    words: str
    address: str
    current: str


@dataclass(frozen=True)
class Navigation:
    """The `meeting`, its workspace, its parts and, if it has several, its lists. `is_list` says that rows are shown."""

    meeting: Meeting
    workspace: Link
    parts: list[Link]
    lists: list[Link]
    is_list: bool


def of_page(request: HttpRequest, context: Any) -> Navigation | None:
    """The navigation of the page with that template `context`; None if it is about no one meeting.

    One statement, if the page has not read the `lists_of_meeting` itself.
    """
    match = request.resolver_match
    if match is None or not request.user.is_staff or not (chosen := _meeting_of(context)):
        return None
    lookup, slug = chosen
    if not (found := context.get("lists_of_meeting") or lists_of(**lookup)):
        return None
    at_hand = next((each for each in found if slug in {each.slug, each.pk}), found[0])
    name = _part_of(match.url_name or "")
    address = workspace_of(at_hand.meeting)
    is_workspace = request.path == address
    return Navigation(
        at_hand.meeting,
        Link(str(at_hand.meeting), address, "page" if is_workspace else ""),
        _links(request, at_hand, name),
        _others(request, found, at_hand, name) if len(found) > 1 else [],
        is_list="cl" in context or "board" in context,
    )


def _links(request, at_hand, name):
    return [
        Link(str(PARTS[each].label), address, _current(request, address) if each == name else "")
        for each, address in open_to(request.user, at_hand).items()
    ]


def _others(request, found, at_hand, name):
    """The lists of the meeting, each with the page of the same part; of its entries, if the part is the meeting's."""
    part = name if name in PARTS and PARTS[name].is_of_list else "list"
    links = []
    for each in found:
        pages = open_to(request.user, each)
        if address := pages.get(part) or pages.get("list"):
            is_current = each == at_hand and part == name
            links.append(Link(each.name, address, "true" if is_current else ""))
    return links


def _current(request, address):
    return "page" if request.path == address.partition("?")[0] else "true"


def _part_of(url_name):
    """The part to which the page with the name `url_name` (“app_model_page”) belongs; empty if to none."""
    _app, _, rest = url_name.partition("_")
    model, _, page = rest.partition("_")
    if page in {"workspace", "figures"}:
        return page.removeprefix("workspace")
    return "board" if page.startswith("board") else PART_OF.get(model, "")


def _meeting_of(context):
    """By which lookup the meeting of a page is found, and the short name or key of its list; None without one."""
    for name in ("original", "subject", "object", "meeting"):
        if (obj := context.get(name)) and (found := _of_object(obj)):
            return found
    cl = context.get("cl")
    return _of_rows(cl) if cl is not None else None


def _of_object(obj):
    if isinstance(obj, SpeakersList):
        return {"meeting": obj.meeting_id}, obj.slug
    if isinstance(obj, Message):
        return {"meeting__slug": obj.about.partition("/")[0]}, ""
    speakers_list = getattr(obj, "speakers_list", None)
    if isinstance(speakers_list, SpeakersList):
        return {"meeting": speakers_list.meeting_id}, speakers_list.slug
    key = getattr(obj, "meeting_id", None)
    return ({"meeting": key}, "") if key else None


def _of_rows(cl):
    """Of the list of rows `cl`: the meeting that it has chosen, or that its address names."""
    if meeting := getattr(cl, "meeting", None):
        return {"meeting": meeting.pk}, meeting.speakers_list.slug
    for name, lookup in CHOSEN_BY.items():
        if value := cl.params.get(name):
            return _named(lookup, value)
    return None


def _named(lookup, value):
    if lookup == "meeting__slug":
        return {lookup: value.partition("/")[0]}, ""
    key, _, slug = value.partition("/")
    if not A_KEY.fullmatch(key):
        return None
    return {lookup: int(key)}, int(key) if lookup == "meeting__lists" else slug
