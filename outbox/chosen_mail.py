"""Releasing the chosen mails, or trying them again: the page counts and shows them, and its button sends just those."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

import clock
from acts.refusals import Refusal
from outbox import desk
from outbox.batches import Batch
from outbox.models import Message, MessageQuerySet


class SeenForm(forms.Form):
    """What the page of the mails has shown; empty before it was."""

    seen = forms.CharField(required=False)


@dataclass(frozen=True)
class OnMany:
    """One act on many mails: the name of its action, its rule on those of which it is possible, and its words.

    `verb` is the act in the journal, `done` says for how many it was done, `left` why a mail is left as it is.
    """

    action: str
    rule: Callable[..., Batch]
    possible: Callable[[MessageQuerySet], MessageQuerySet]
    verb: str
    label: Any
    left: Any
    done: Callable[[int], str]
    guidance: Any


_NOT_YET = _("Nothing is sent yet. Read what would be sent, and press the button to send it.")
_NOT_KEPT = _("“%(subject)s” is not kept back, so it is left as it is.")
RELEASE = OnMany(
    "release_chosen",
    desk.release_all,
    MessageQuerySet.held,
    "released",
    _("Release the selected mails"),
    _("“%(subject)s” is not held, so it is not released."),
    lambda count: ngettext("%(count)d mail was released.", "%(count)d mails were released.", count),
    _NOT_YET,
)
RETRY = OnMany(
    "retry_chosen",
    desk.retry_all,
    MessageQuerySet.to_retry,
    "tried again",
    _("Try the selected mails again"),
    _("“%(subject)s” has neither failed nor waits for its next attempt, so it is not tried again."),
    lambda count: ngettext("%(count)d mail is tried again.", "%(count)d mails are tried again.", count),
    _NOT_YET,
)
RELEASE_KEPT = OnMany(
    "release_kept",
    desk.release_kept_all,
    MessageQuerySet.kept,
    "released after a restore",
    _("Send the selected mails that a restore kept back"),
    _NOT_KEPT,
    lambda count: ngettext("%(count)d mail is sent.", "%(count)d mails are sent.", count),
    _("These mails may have been sent already; their recipients then get them a second time. Nothing is sent yet."),
)
DROP_KEPT = OnMany(
    "drop_kept",
    desk.drop_kept_all,
    MessageQuerySet.kept,
    "dropped after a restore",
    _("Drop the selected mails that a restore kept back"),
    _NOT_KEPT,
    lambda count: ngettext("%(count)d mail was dropped.", "%(count)d mails were dropped.", count),
    _("These mails will never be sent: drop those that were sent before the restore. Nothing is dropped yet."),
)


def act(model_admin: Any, request: HttpRequest, queryset: MessageQuerySet, on_many: OnMany) -> HttpResponse | None:
    """Show how many mails of each kind go to how many addresses; the second press sends just those.

    A mail for which it is not possible is named, and left as it is.
    """
    batch = Batch(list(on_many.possible(queryset).order_by("pk")))
    for message in queryset.exclude(pk__in=[each.pk for each in batch.messages]):
        model_admin.message_user(request, on_many.left % {"subject": message.subject}, messages.WARNING)
    if not batch.messages:
        return None
    form = SeenForm(request.POST)
    if form.is_valid() and (seen := form.cleaned_data["seen"]):
        return _sent(model_admin, request, on_many, batch, seen)
    return _page(model_admin, request, on_many, batch)


def _sent(model_admin, request, on_many, batch, seen):
    """Send the mails of `batch` and journal each, all in one transaction; or ask again if they have changed."""
    at, keys = clock.now(), [message.pk for message in batch.messages]
    try:
        with transaction.atomic():
            done = on_many.rule(keys, seen=seen, at=at)
            for message in done.messages:
                model_admin.admin_site.record(request, on_many.verb, subject=f"mail/{message.pk}", at=at)
    except Refusal as refusal:
        model_admin.message_user(request, str(refusal), messages.WARNING)
        left = Batch(list(on_many.possible(Message.objects.filter(pk__in=keys)).order_by("pk")))
        return _page(model_admin, request, on_many, left) if left.messages else None
    model_admin.message_user(request, on_many.done(len(keys)) % {"count": len(keys)}, messages.SUCCESS)
    return None


def _page(model_admin, request, on_many, batch):
    keys = [(ACTION_CHECKBOX_NAME, message.pk) for message in batch.messages]
    context = {
        **model_admin.admin_site.each_context(request),
        "title": on_many.label,
        "guidance": on_many.guidance,
        "form": forms.Form(),
        "opts": model_admin.opts,
        "hidden": [("action", on_many.action), ("seen", batch.shown), *keys],
        "beside": batch.blocks(at=clock.now()),
        "back": request.get_full_path(),
    }
    return TemplateResponse(request, "admin/act.html", context)
