"""What a supervisor puts right at the door: a hand-over made in error, a conflict of devices.  R-55"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from acts.refusals import Refusal
from dialogue.models import Meeting
from registration.door import scanning, taking_back
from registration.door.scan_words import ScanWords, where_and_when
from registration.forms.scan import ReasonForm, WordForm
from registration.models import Representative
from registration.views.arriving import TicketArrival
from registration.views.staff import actor, supervisor
from speakers.views.refusing import add_refusal


@require_http_methods(["GET", "HEAD", "POST"])
@supervisor
def take_back(request: TicketArrival, meeting: Meeting, public_id: UUID) -> HttpResponse:
    """Say to whom, where and when the ticket was handed over, and take that back for a reason."""
    people = Representative.objects.for_staff().select_related("request__organization", "decision")
    person = get_object_or_404(people, meeting=meeting, public_id=public_id)
    person.meeting = meeting
    scan = scanning.last_hand_over(person, meeting)
    form = ReasonForm(request.POST if request.method == "POST" else None, initial={"seen": scan.pk if scan else 0})
    if form.is_valid():
        try:
            taking_back.take_back(person, **form.cleaned_data, by=actor(request), at=request.moment)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(
                request, _("Taken back: the ticket of %(name)s can be handed over again.") % {"name": person}
            )
            return redirect("registration:hand_over", meeting.slug)
    where = where_and_when(scan) if scan and person.state == person.State.HANDED_OVER else ""
    context = {"meeting": meeting, "person": person, "where": where, "form": form}
    return render(request, "registration/take_back.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@supervisor
def settle(request: TicketArrival, meeting: Meeting, nonce: str) -> HttpResponse:
    """Say what two devices made of one voucher, and mark it as settled with a word."""
    if (scan := taking_back.conflict(meeting, nonce)) is None:
        raise Http404
    form = WordForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            taking_back.settle(scan, word=form.cleaned_data["word"], by=actor(request), at=request.moment)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("Settled. The scan and the word are kept."))
            return redirect("registration:hand_over", meeting.slug)
    context = {"meeting": meeting, "words": ScanWords.of(scan), "where": where_and_when(scan), "form": form}
    return render(request, "registration/conflict.html", context, status=422 if form.errors else 200)
