"""Deciding on many at once: a page asks for what is to be typed, then each goes through the rule on its own.  R-47"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from acts.refusals import Refusal
from dialogue.admin.acting import PlainForm
from dialogue.admin.base import staff
from registration.admin.acts import REPRESENTATIVE_ACTS

ACTS = {act.name: act for act in REPRESENTATIVE_ACTS}


@dataclass(frozen=True)
class Bulk:
    """One act on many: the name of its action, the act on one, and its label."""

    action: str
    act: str
    label: str | Promise


BULK = (
    Bulk("approve_chosen", "approve", gettext_lazy("Approve the chosen")),
    Bulk("waitlist_chosen", "waitlist", gettext_lazy("Put the chosen on the waiting list")),
    Bulk("decline_chosen", "decline", gettext_lazy("Decline the chosen")),
    Bulk("release_chosen", "release", gettext_lazy("Release the mails of the chosen")),
    Bulk("theme_chosen", "theme", gettext_lazy("Set the theme of the chosen")),
    Bulk("short_list_chosen", "short-list", gettext_lazy("Short-list the chosen")),
    Bulk("select_chosen", "select", gettext_lazy("Select the chosen to speak")),
)


def actions() -> dict[str, Any]:
    """The actions of the queue, in the form that Django's admin expects."""
    return {bulk.action: (_action(bulk), bulk.action, bulk.label) for bulk in BULK}


def _action(bulk):
    def perform(model_admin, request, queryset):
        return _decide(model_admin, request, queryset, bulk)

    return perform


def _decide(model_admin, request, queryset, bulk):
    """Ask for the words, if there is anything to ask; then apply the act to each, in the order of confirmation."""
    act = ACTS[bulk.act]
    chosen = list(queryset.order_by("turn"))
    is_answer = "apply" in request.POST
    form = act.form(request.POST if is_answer else None, subject=None)
    if act.form is not PlainForm and not (is_answer and form.is_valid()):
        return _page(model_admin, request, bulk, act, form, chosen)
    typed = form.cleaned_data if is_answer else {}
    done = sum(_is_done(model_admin, request, act, representative, typed) for representative in chosen)
    words = ngettext("%(label)s: done for %(count)d.", "%(label)s: done for %(count)d.", done)
    level = messages.SUCCESS if done else messages.WARNING
    model_admin.message_user(request, words % {"label": bulk.label, "count": done}, level)
    return None


def _is_done(model_admin, request, act, representative, typed):
    """Apply `act` to one representative; a refusal is shown with the name and the reason."""
    try:
        words = act.perform(representative, typed, staff(request), model_admin.moment_of(representative))
    except Refusal as refusal:
        model_admin.message_user(request, f"{representative}: {refusal}", messages.WARNING)
        return False
    if act.name == "approve" and not type(representative).objects.get(pk=representative.pk).vouchers.exists():
        model_admin.message_user(request, f"{representative}: {words}", messages.WARNING)
    return True


def _page(model_admin, request, bulk, act, form, chosen):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": bulk.label,
        "guidance": act.guidance,
        "form": form,
        "media": model_admin.media + form.media,
        "opts": model_admin.opts,
        "hidden": [("action", bulk.action), ("apply", "1")] + [(ACTION_CHECKBOX_NAME, each.pk) for each in chosen],
        "beside": [{"heading": _("Chosen"), "lines": [f"{each}, {each.request.organization}" for each in chosen]}],
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/act.html", context)
