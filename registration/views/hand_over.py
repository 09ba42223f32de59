"""The desk at the door: scan, see the verdict, count. Every scan is a form; scripts only send it sooner.  R-55"""

import json
from dataclasses import asdict
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from acts.refusals import Refusal
from dialogue.models import Meeting
from registration.door import hand_over_search, reading, scanning
from registration.door.attendance import Attendance
from registration.door.scan_words import OF_A_DESK, ScanWords, of_outcomes, where_and_when
from registration.door.seats import Seats
from registration.forms.scan import ByNameForm, DeskForm, FindForm, ScanForm, fresh_nonce
from registration.models import Representative, Scan
from registration.models.scan import Mode
from registration.states import may_become
from registration.views.arriving import TicketArrival
from registration.views.staff import SUPERVISE, actor, finder, may_find, operator

CONFLICTS_SHOWN = 20


@require_safe
@operator
def desk(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page of the desk, ready for the next voucher."""
    return _page(request, meeting)


@require_POST
@operator
def scan(request: TicketArrival, meeting: Meeting) -> HttpResponse:
    """Judge one scan. The answer is JSON for scripts, otherwise the page with the verdict, ready for the next.  R-55"""
    form = ScanForm(request.POST)
    refusal, words = _("Nothing was scanned."), None
    if form.is_valid():
        try:
            scanned = scanning.scan(meeting, form.to_attempt(), by=actor(request), at=request.moment)
            words = ScanWords.of(scanned)
        except Refusal as refused:
            refusal = str(refused)
    if request.headers.get("Accept") == "application/json":
        answer = asdict(words) if words else {"refusal": refusal}
        return JsonResponse(answer, status=200 if words else 422)
    return _page(request, meeting, words=words, refusal="" if words else refusal)


@require_safe
@operator
def counts(_request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Expected, arrived, inside, the picture of the seats, and the conflicting scans."""
    attendance = Attendance.of(meeting)
    seats = Seats.of(meeting, attendance)
    picture = render_to_string("registration/_seats.html", {"seats": seats}) if seats else ""
    return JsonResponse(asdict(attendance) | {"seats": picture, "conflicts": conflicts(meeting)})


@require_safe
@operator
def signed_list(request: TicketArrival, meeting: Meeting) -> HttpResponse:
    """The list with which a device judges scans while it is offline.  R-54"""
    from registration.door import hand_over_list  # noqa: PLC0415  cryptography: seven MiB for the desks alone

    return JsonResponse(hand_over_list.signed(meeting, at=request.moment))


@require_POST
@finder
def find(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """People with this name; by POST, so that names do not appear in addresses.  R-55"""
    form = FindForm(request.POST)
    found = hand_over_search.find(meeting, form.cleaned_data["name"]) if form.is_valid() else []
    return _page(request, meeting, find=form, found=_rows(found, meeting))


@require_POST
@finder
def hand_over(request: TicketArrival, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """Hand the ticket over to a person found by name.  R-55"""
    person = get_object_or_404(Representative.objects.for_staff(), meeting=meeting, public_id=public_id)
    person.meeting = meeting
    form = ByNameForm(request.POST)
    if not form.is_valid():
        return _page(request, meeting, refusal=_("Nothing was handed over. Find the person again."))
    try:
        scanned = scanning.hand_over(person, form.to_attempt(), by=actor(request), at=request.moment)
    except Refusal as refused:
        return _page(request, meeting, refusal=str(refused))
    return _page(request, meeting, words=ScanWords.of(scanned))


@require_safe
def worker(request: HttpRequest, slug: str) -> HttpResponse:  # noqa: ARG001  the address names the meeting, whose pages it keeps
    """The script that keeps this one page readable offline; it contains no personal data."""
    return render(request, "registration/hand_over_worker.js", content_type="text/javascript")


def _page(request, meeting, *, words=None, refusal="", find=None, found=None):
    """The page of the desk; as a shell, which devices cache, it contains no names."""
    from registration.door import hand_over_list  # noqa: PLC0415  as above

    at_desk, attendance = DeskForm(request.POST), Attendance.of(meeting)
    at_desk.full_clean()
    context = {
        "meeting": meeting,
        "words": words,
        "refusal": refusal,
        "counts": attendance,
        "seats": Seats.of(meeting, attendance),
        "conflicts": [] if "shell" in request.GET else conflicts(meeting),
        "nonce": fresh_nonce(),
        "modes": Mode,
        "outcomes": of_outcomes(),
        "of_a_desk": OF_A_DESK,
        "time_format": formats.get_format("TIME_FORMAT"),
        "mode": at_desk.cleaned_data.get("mode", Mode.HAND_OVER),
        "desk": at_desk.cleaned_data.get("desk", ""),
        "key": hand_over_list.public_key(),
        "codes": json.dumps(reading.for_devices(), ensure_ascii=False),
        "may_find": may_find(request, meeting),
        "may_supervise": request.user.has_perm(SUPERVISE),
        "find": find or FindForm(),
        "found": found,
    }
    return render(request, "registration/hand_over.html", context, status=422 if refusal else 200)


def _rows(people, meeting):
    """Those found, each with whether a ticket can be handed over, and a nonce for doing so."""
    for person in people:
        person.meeting = meeting
        may_have = may_become(person, person.State.HANDED_OVER) and not person.awaits_release
        yield {"person": person, "may_have": may_have, "nonce": fresh_nonce()}


def conflicts(meeting: Meeting) -> list[dict[str, str]]:
    """Scans that devices showed green offline and the server could not confirm, newest first, in words.

    Those that are settled are not among them. `address` is the page on which a supervisor settles one.
    """
    rows = Scan.objects.conflicts().filter(meeting=meeting)
    rows = rows.select_related("representative__request__organization", "earlier__meeting", "meeting")
    shown = ((ScanWords.of(row), where_and_when(row)) for row in rows[:CONFLICTS_SHOWN])
    return [
        {
            "name": words.name,
            "told": _("%(title)s. %(reason)s") % {"title": words.title, "reason": words.reason},
            "scanned": _("Scanned %(where)s.") % {"where": where},
            "address": reverse("registration:conflict", args=[meeting.slug, words.nonce]),
        }
        for words, where in shown
    ]
