"""The parts of the work on a meeting, each with its page; those of a list once for each list of the meeting.  R-62"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from secretariat.list_attention import HAS_TICKETS
from secretariat.permitted_links import may_open
from speakers import lists
from speakers.models import SpeakersList


class Part(NamedTuple):
    """A part of the work: what it is called, and the address of its page; empty if a meeting or list has no such part.

    `is_of_list` says that each list of a meeting has it.
    """

    label: str | Promise
    address: Callable[[Any], str]
    is_of_list: bool = False


def _of_list(each):
    return reverse("admin:speakers_inscription_changelist", query={"meeting": lists.choice_of(each)})


def _board(each):
    return reverse("admin:speakers_inscription_board", args=each.address)


def _interests(each):
    query = {"meeting": each.meeting_id}
    return reverse("admin:speakers_interest_changelist", query=query) if each.is_by_selection else ""


def _late(each):
    return reverse("admin:speakers_laterequest_changelist", query={"speakers_list__id__exact": each.pk})


def _mail(each):
    return reverse("admin:outbox_message_changelist", query={"about": each.meeting.slug})


def _programme(each):
    return reverse("admin:dialogue_programmeslot_changelist", query={"meeting__id__exact": each.meeting_id})


def _room(each):
    return reverse("floor:console", args=[each.meeting.slug])


def _booth(each):
    return reverse("floor:booth", args=[each.meeting.slug])


def _tickets(each):
    query = {"meeting": each.meeting_id}
    return reverse("admin:registration_representative_changelist", query=query) if each.has_tickets else ""


def _door(each):
    return reverse("registration:hand_over", args=[each.meeting.slug]) if each.has_tickets else ""


def _journal(each):
    return reverse("admin:journal_entry_changelist", query={"meeting": each.meeting_id})


def _figures(each):
    return reverse("admin:dialogue_meeting_figures", args=[each.meeting.slug])


def _meeting(each):
    return reverse("admin:dialogue_meeting_change", args=[each.meeting_id])


def _webhooks(each):
    return reverse("admin:webhooks_webhook_changelist", query={"meeting__id__exact": each.meeting_id})


# By the names that the tables `permissions.py` have for the places of work.
PARTS = {
    "list": Part(_("List"), _of_list, is_of_list=True),
    "board": Part(_("Board"), _board, is_of_list=True),
    "interests": Part(_("Interest"), _interests, is_of_list=True),
    "late": Part(_("Late requests"), _late, is_of_list=True),
    "mail": Part(_("Mail"), _mail),
    "programme": Part(_("Programme"), _programme),
    "room": Part(_("Room"), _room),
    "booth": Part(_("Texts for interpreters"), _booth),
    "tickets": Part(_("Tickets"), _tickets),
    "door": Part(_("Door"), _door),
    "figures": Part(_("Figures"), _figures),
    "journal": Part(_("Journal"), _journal),
    "meeting": Part(_("Dates and terms"), _meeting),
    "webhooks": Part(_("Webhooks"), _webhooks),
}


def lists_of(**meeting: Any) -> list[Any]:
    """The lists of the meeting that is told by such a lookup, the main one first, with `has_tickets` (one statement).

    They share one meeting, which has its main list at hand; without such a meeting, there are none.
    """
    found = list(SpeakersList.objects.filter(**meeting).annotate(has_tickets=HAS_TICKETS).order_by("slug"))
    for each in found:
        each.meeting = found[0].meeting
    return found


def open_to(user: Any, each: Any) -> dict[str, str]:
    """The addresses of the parts of the list `each` and its meeting that `user` may open, by their names."""
    found = {name: part.address(each) for name, part in PARTS.items()}
    return {name: address for name, address in found.items() if address and may_open(user, address)}


def workspace_of(meeting: Any) -> str:
    """The address of the page of a meeting where its parts come together."""
    return reverse("admin:dialogue_meeting_workspace", args=[meeting.slug])
