"""What on a list waits for staff to decide: late requests, swaps, a draw; and current extensions.  R-21 R-26 R-27

`counted()` adds its queries to the statement for the meetings; `waiting()` puts the result into words with links.
"""

from datetime import datetime
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue.models.meeting import MeetingQuerySet
from speakers.models import Extension, LateRequest, SwapProposal
from speakers.models.swap import LIFETIME
from speakers.moves import drawing


def counted(meetings: MeetingQuerySet, at: datetime) -> MeetingQuerySet:
    """The QuerySet `meetings` with `late_waiting`, `swaps_waiting` and `extensions_now` at the real moment `at`."""
    now = at + F("meeting__clock_shift")
    agreed = SwapProposal.objects.filter(state=SwapProposal.State.ACCEPTED, proposed_at__gt=now - LIFETIME)
    return meetings.annotate(
        late_waiting=_number(LateRequest.objects.waiting()),
        swaps_waiting=_number(agreed),
        extensions_now=_number(Extension.objects.standing().filter(until__gt=now)),
    )


def waiting(meeting: Any, at: datetime) -> list[tuple[str, str, bool]]:
    """What waits on the list of a counted `meeting` at its moment `at`: tuples (words, address, whether it is urgent).

    Nothing waiting means no line. One more statement if the policy includes a draw.
    """
    late = ngettext("%(count)d late request waits.", "%(count)d late requests wait.", meeting.late_waiting)
    swaps = ngettext("%(count)d swap waits for approval.", "%(count)d swaps wait for approval.", meeting.swaps_waiting)
    extensions = ngettext(
        "%(count)d delegation has an extension and may still inscribe.",
        "%(count)d delegations have an extension and may still inscribe.",
        meeting.extensions_now,
    )
    lines = [
        (late, meeting.late_waiting, _page("laterequest", meeting, state__exact="waiting"), True),
        (swaps, meeting.swaps_waiting, _page("swapproposal", meeting, state__exact="accepted"), True),
        (extensions, meeting.extensions_now, _page("extension", meeting), False),
    ]
    found = [(words % {"count": count}, address, is_urgent) for words, count, address, is_urgent in lines if count]
    return found + _draw(meeting, at)


def _draw(meeting, at):
    """The step of a draw that is due, if one is.  R-21"""
    step = drawing.step_due(meeting, at)
    words = {
        "commit": _("The draw at the opening needs its commitment before the list opens."),
        "beacon": _("The draw at the opening waits for its public value."),
        "hold": _("The draw at the opening can be held."),
        "lots": _("The list is closed: its lots can be drawn."),
        "missed": _(
            "No commitment was made before the list opened: there is no draw, and the order of receipt decides."
        ),
    }
    address = reverse("admin:dialogue_meeting_change", args=[meeting.pk])
    return [(words[step], address, step != "missed")] if step else []


def _number(rows):
    """How many of `rows` belong to each meeting, as a subquery, so that no count multiplies another."""
    counts = rows.filter(meeting=OuterRef("pk")).order_by().values("meeting").annotate(number=Count("pk"))
    return Coalesce(Subquery(counts.values("number")), 0)


def _page(model, meeting, **filters):
    query = {"meeting__id__exact": meeting.pk, **filters}
    return reverse(f"admin:speakers_{model}_changelist", query=query)
