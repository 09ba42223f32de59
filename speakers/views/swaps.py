"""Swaps on the web: a choice with the impossible ones greyed out, and the answers on the receipt.  R-26 R-68"""

from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from acts.questions import Question
from acts.refusals import Refusal
from speakers.forms.confirming import Confirming
from speakers.forms.layout import typed_by
from speakers.models import Inscription, SwapProposal
from speakers.models.swap import LONGEST_REMARK
from speakers.moves import swap_rules, swapping
from speakers.views import drafts
from speakers.views.arriving import Arrival, arriving
from speakers.views.owning import own, who_and_when
from speakers.views.refusing import add_refusal
from spelling.typed import Line

# The number of latest swaps that a receipt shows.
SHOWN = 5
ANSWERS = {"accept": swapping.accept, "decline": swapping.decline, "cancel": swapping.cancel}
# The side on whose receipt each answer is given: no side accepts its own proposal.
SIDES = {"accept": "partner_id", "decline": "partner_id", "cancel": "proposer_id"}


class PartnerForm(Confirming):
    """The partner of a swap, and a word to it; the rule checks whether it is possible."""

    use_required_attribute = False
    partner = forms.UUIDField(error_messages={"required": gettext_lazy("Choose a delegation.")})
    remark = Line(
        label=gettext_lazy("A word to the other delegation (optional)"),
        required=False,
        max_length=LONGEST_REMARK,
        help_text=gettext_lazy("On one line. The other delegation and the secretariat read it, in the mail too."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
@own
def propose(request: Arrival, inscription: Inscription) -> HttpResponse:
    """Show every other entry, the impossible ones greyed out with the reason; propose to the one chosen."""
    form = PartnerForm(drafts.typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            partner = get_object_or_404(inscription.speakers_list.inscriptions, public_id=form.cleaned_data["partner"])
            said = {name: form.cleaned_data[name] for name in ("remark", "seen")}
            swapping.propose(inscription, partner=partner, **said, **who_and_when(request, inscription))
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            drafts.forget(request)
            messages.success(request, _("The swap is proposed. The other delegation is being asked."))
            return redirect(inscription)
    return _page(request, inscription, form)


@arriving
@require_http_methods(["GET", "HEAD", "POST"])
@own
def answer(request: Arrival, inscription: Inscription, swap: UUID, act: str) -> HttpResponse:
    """Accept or decline a swap proposed to this entry, or withdraw one it proposed; only a POST acts.

    Accepting asks once more, with both places.  R-68
    """
    if act not in ANSWERS:
        raise Http404
    proposal = get_object_or_404(inscription.speakers_list.swaps, public_id=swap, **{SIDES[act]: inscription.pk})
    if request.method == "POST":
        given: dict[str, Any] = who_and_when(request, inscription)
        if act == "accept":
            given["seen"] = Confirming.sent(request.POST)
        try:
            done = ANSWERS[act](proposal, **given)
        except Refusal as refusal:
            if refusal.asks_twice:
                return _asked(request, inscription, refusal)
            messages.error(request, str(refusal))
        else:
            messages.success(request, said(done))
    return redirect(inscription)


def _asked(request, inscription, question):
    """The page that says what accepting does, with the button that confirms it.  R-68"""
    context = {"inscription": inscription, "meeting": inscription.meeting, "question": question}
    return render(request, "speakers/swap_accept.html", context, status=422)


def said(proposal: SwapProposal) -> str:
    """The message shown after an answer."""
    return {
        SwapProposal.State.ACCEPTED: _("You have agreed. The swap takes effect when the secretariat approves it."),
        SwapProposal.State.EFFECTIVE: _("The swap is in effect. Your place has changed."),
        SwapProposal.State.DECLINED: _("The swap is declined. The other delegation is being notified."),
        SwapProposal.State.CANCELLED: _("The swap is withdrawn. The other delegation is being notified."),
    }[SwapProposal.State(proposal.state)]


def shown_on_receipt(inscription: Inscription, at: datetime) -> list[dict[str, Any]]:
    """The latest swaps of `inscription` at its meeting's moment `at`, with the answers a receipt offers for each."""
    newest = [pk for (pk,) in newest_of.ask(speakers_list=inscription.speakers_list_id, entry=inscription.pk)]
    swaps = list(inscription.speakers_list.swaps.filter(pk__in=newest).with_sides()) if newest else []
    is_any_open = any(swap.is_open_at(at) for swap in swaps)
    offer = swap_rules.Offer.of(inscription.speakers_list, inscription.pk, at=at) if is_any_open else None
    return [_shown(swap, inscription, offer, at) for swap in swaps]


@Question
def newest_of(speakers_list: Any, entry: Any) -> QuerySet[Any]:
    """The keys of the latest swaps of one entry."""
    found = SwapProposal.objects.filter(speakers_list=speakers_list).of(entry)
    return found.values_list("pk")[:SHOWN]


def _shown(swap, inscription, offer, at):
    """One swap as its template needs it: the other side, both places while it is open, who is to answer."""
    other, is_open = swap.other_side(inscription), swap.is_open_at(at)
    is_proposer = swap.proposer_id == inscription.pk
    return {
        "swap": swap,
        "other": other,
        "is_open": is_open,
        "is_proposer": is_proposer,
        "may_accept": is_open and not is_proposer and swap.state == SwapProposal.State.PROPOSED,
        "state": swap.get_state_display() if is_open or swap.ended_at else SwapProposal.State.EXPIRED.label,
        "place": offer.places.get(inscription.pk) if is_open else None,
        "other_place": offer.places.get(other.pk) if is_open else None,
    }


def _page(request, inscription, form):
    meeting = inscription.meeting
    offer = swap_rules.Offer.of(meeting.speakers_list, inscription.pk, at=meeting.moment(request.arrived_at))
    choices = offer.choices()
    context = {
        "inscription": inscription,
        "meeting": meeting,
        "form": form,
        "place": offer.places.get(inscription.pk),
        "why_not": offer.why_not_propose(),
        "bands": [(label, list(run)) for label, run in groupby(choices, key=lambda choice: choice.place.band_label)],
        "is_any_possible": any(not choice.why_not for choice in choices),
        "typed_by": typed_by(request),
    }
    return render(request, "speakers/swap.html", context, status=422 if request.method == "POST" else 200)
