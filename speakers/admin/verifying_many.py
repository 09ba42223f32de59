"""Verifying the chosen entries: the page says what becomes of each, and its button does it.  R-11"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from acts.refusals import Refusal
from dialogue.admin import on_many
from dialogue.admin.base import staff
from speakers.admin.moving import MoveForm
from speakers.entries import verifying_many
from speakers.models.inscription import InscriptionQuerySet


def verify_chosen(model_admin: Any, request: HttpRequest, queryset: InscriptionQuerySet) -> HttpResponse | None:
    """Show what verifying the chosen entries of the first one's list becomes; the button on that page does it."""
    chosen = list(on_many.chosen(model_admin, request, queryset).order_by("receipt_no"))
    chosen = [entry for entry in chosen if entry.speakers_list_id == chosen[0].speakers_list_id]
    if not chosen:
        on_many.tell_none(model_admin, request)
        return None
    facts = {"by": staff(request), "at": model_admin.moment_of(chosen[0])}
    form = MoveForm(request.POST if on_many.is_answer(request) else None, subject=chosen)
    if form.is_valid():
        try:
            done = verifying_many.verify_all(chosen, seen=form.cleaned_data["seen"], **facts)
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return _tell(model_admin, request, done)
    preview = verifying_many.preview(chosen, **facts)
    form.initial = {"seen": preview.shown}
    return _page(model_admin, request, form, chosen, preview)


def _tell(model_admin, request, done):
    """Show how many are verified, and which are not, with the reason."""
    if number := len(done.moves):
        words = ngettext("%(count)d entry is verified.", "%(count)d entries are verified.", number)
        model_admin.message_user(request, words % {"count": number}, messages.SUCCESS)
    for words in done.consequences:
        model_admin.message_user(request, words, messages.WARNING)


def _page(model_admin, request, form, chosen, preview):
    return on_many.page(
        model_admin,
        request,
        form,
        action="verify_chosen",
        title=_("Verify the chosen entries"),
        guidance=_("Verify only what the missions have confirmed to you that they sent."),
        rows=chosen,
        beside=preview.blocks,
    )
