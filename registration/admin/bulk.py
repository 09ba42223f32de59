"""Acts on many at once: a page shows what they become and asks for what is to be typed.  R-47

A decision on many is one decision, under one lock; any other act goes through its rule for each person on its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acts.refusals import Refusal
from dialogue.admin import on_many
from dialogue.admin.acting import PlainForm
from dialogue.admin.base import staff
from registration.admin import decision_acts
from registration.admin.acts import REPRESENTATIVE_ACTS
from registration.models.representative import State
from spelling.listing import in_a_row, in_sentences

ACTS = {act.name: act for act in REPRESENTATIVE_ACTS}
DECISIONS = {"approve": State.APPROVED, "waitlist": State.WAITLISTED, "decline": State.DECLINED}


@dataclass(frozen=True)
class Bulk:
    """One act on many: the name of its action, the act on one, its label, and what was done in words with a count.

    A decision, a release and a selection say themselves what was done.
    """

    action: str
    act: str
    label: str | Promise
    done: Callable[[int], str] | None = None


BULK = (
    Bulk("approve_chosen", "approve", gettext_lazy("Approve the chosen")),
    Bulk("waitlist_chosen", "waitlist", gettext_lazy("Put the chosen on the waiting list")),
    Bulk("decline_chosen", "decline", gettext_lazy("Decline the chosen")),
    Bulk("release_chosen", "release", gettext_lazy("Release the mails of the chosen")),
    Bulk(
        "theme_chosen",
        "theme",
        gettext_lazy("Set the theme of the chosen"),
        lambda count: ngettext(
            "The theme of %(count)d person is saved.", "The theme of %(count)d people is saved.", count
        ),
    ),
    Bulk(
        "short_list_chosen",
        "short-list",
        gettext_lazy("Short-list the chosen"),
        lambda count: ngettext(
            "%(count)d person is on the short list.", "%(count)d people are on the short list.", count
        ),
    ),
    Bulk("select_chosen", "select", gettext_lazy("Select the chosen to speak")),
)


def actions() -> dict[str, Any]:
    """The actions of the queue, in the form that Django's admin expects."""
    return {bulk.action: (_action(bulk), bulk.action, bulk.label) for bulk in BULK}


def _action(bulk):
    def perform(model_admin, request, queryset):
        chosen = on_many.chosen(model_admin, request, queryset).order_by("turn")
        return _decide(model_admin, request, list(chosen), bulk)

    return perform


def _decide(model_admin, request, chosen, bulk):
    """Show what the act becomes and ask for the words, if there is anything to ask; then do it."""
    if not chosen:
        on_many.tell_none(model_admin, request)
        return None
    act = ACTS[bulk.act]
    is_previewed = issubclass(act.form, decision_acts.PeopleForm)
    is_answer = on_many.is_answer(request)
    form = act.form(request.POST if is_answer else None, subject=chosen if is_previewed else None)
    if act.form is not PlainForm and not (is_answer and form.is_valid()):
        return _page(model_admin, request, bulk, act, form, chosen)
    typed = form.cleaned_data if is_answer else {}
    if not is_previewed:
        return _each(model_admin, request, bulk, act, chosen, typed)
    try:
        done, refused = _together(bulk, chosen, typed, staff(request), form.at)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(model_admin, request, bulk, act, form, chosen)
    _tell(model_admin, request, done, refused)
    return None


def _together(bulk, chosen, typed, by, at):
    if bulk.act == "release":
        return decision_acts.release(chosen, typed, by, at)
    if bulk.act == "select":
        done, refused = decision_acts.select(chosen, typed, by, at)
    else:
        done, refused = decision_acts.decide(chosen, DECISIONS[bulk.act], typed, by, at)
    return done + [_("The mails are drafts until you release them.")] * bool(done), refused


def _each(model_admin, request, bulk, act, chosen, typed):
    """Apply `act` to each of the `chosen` on its own; a refusal is shown with its reason."""
    number, refused = 0, []
    for representative in chosen:
        try:
            act.perform(representative, typed, staff(request), model_admin.moment_of(representative))
            number += 1
        except Refusal as refusal:
            refused.append(str(refusal))
    _tell(model_admin, request, [bulk.done(number) % {"count": number}] * bool(number), refused)


def _tell(model_admin, request, done, refused):
    """Show what was done, with its counts, and who was left as they were, with the reason."""
    if done:
        model_admin.message_user(request, in_sentences(done), messages.SUCCESS)
    for words in refused:
        model_admin.message_user(request, words, messages.WARNING)


def _page(model_admin, request, bulk, act, form, chosen):
    is_previewed = isinstance(form, decision_acts.PeopleForm)
    people = [{"heading": _("Chosen"), "lines": [in_a_row([each, each.request.organization]) for each in chosen]}]
    return on_many.page(
        model_admin,
        request,
        form,
        action=bulk.action,
        title=bulk.label,
        guidance=act.guidance,
        rows=chosen,
        beside=form.blocks() if is_previewed else people,
    )
