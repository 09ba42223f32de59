"""Webhooks at the desk: added and changed, given a secret, tried again, and told again from a position."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import clock
from dialogue import moments
from dialogue.admin.acting import Act, ActForm, PlainForm, WithActs
from dialogue.admin.base import WholeForm, staff
from journal import position
from journal.actors import Actor
from webhooks import signing, subscribing, telling
from webhooks.kinds import TOLD_TO_ALL, Kind
from webhooks.models import Cursor, Webhook

CHANGE = "webhooks.change_webhook"
OFF = _(
    "Webhooks are switched off in the settings of this site: nothing is sent. With WEBHOOKS=1 in the settings, each "
    "one goes on where it stopped."
)


class WebhookForm(WholeForm):
    """Which events it is told is chosen from those that there are, and lists from those of its meeting."""

    kinds = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(each.value, each.label) for each in Kind if each != TOLD_TO_ALL],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )
    lists = forms.MultipleChoiceField(
        label=_("Lists"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means all."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "lists" in self.fields:
            lists = self.instance.meeting.lists.order_by("slug") if self.instance.pk else []
            cast(forms.MultipleChoiceField, self.fields["lists"]).choices = [(each.slug, each.name) for each in lists]


class SecretForm(ActForm):
    """The half from which the secret follows that the page shows: this one, and no other, is taken by the button."""

    half = forms.CharField(widget=forms.HiddenInput, validators=[RegexValidator(r"^[0-9a-f]{32}\Z")])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.subject.offered = self.data.get("half") or signing.new_half()
        self.fields["half"].initial = self.subject.offered


class ReplayForm(ActForm):
    """From which entry of the journal on, of which list."""

    stream = forms.ChoiceField(label=_("List"))
    number = forms.IntegerField(
        label=_("From position"),
        min_value=1,
        help_text=_("Each event says its position. A later one than the last leaves out what lies between."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        lists = self.subject.meeting.lists.order_by("slug")
        cast(forms.ChoiceField, self.fields["stream"]).choices = [(each.journal_stream, each.name) for each in lists]


def _give_secret(webhook: Webhook, typed: dict[str, Any], by: Actor, at: datetime) -> Any:
    had = bool(webhook.secret_half)
    subscribing.give_secret(webhook, typed["half"], by=by, at=at)
    if had:
        return _("The new secret holds. For a day, events are also signed by the former one.")
    return _("The secret holds: events are sent from now on.")


def _try_again(webhook: Webhook, _typed: dict[str, Any], by: Actor, at: datetime) -> Any:
    subscribing.try_again(webhook, by=by, at=at)
    return _("It is tried again within seconds.")


def _replay(webhook: Webhook, typed: dict[str, Any], by: Actor, at: datetime) -> Any:
    subscribing.replay(webhook, typed["stream"], typed["number"], by=by, at=at)
    return _("Events are sent again from position %(number)d on.") % {"number": typed["number"]}


def _secret_beside(webhook: Any, _at: datetime) -> list[dict[str, Any]]:
    words = _("Enter it at the receiver now, then press the button. It is not shown again.")
    shown = signing.secret_of(webhook.offered)
    return [{"heading": _("The new secret"), "lines": [words], "text": shown}]


ACTS = (
    Act(
        name="secret",
        label=_("Use a new secret"),
        guidance=_("The receiver knows by it that an event is from here. Until there is one, nothing is sent."),
        form=SecretForm,
        perform=_give_secret,
        permission=CHANGE,
        beside=_secret_beside,
    ),
    Act(
        name="again",
        label=_("Try again now"),
        guidance=_("What the receiver did not take is sent again, in order, under the same identity."),
        form=PlainForm,
        perform=_try_again,
        permission=CHANGE,
        is_possible=lambda webhook, _at: webhook.cursors.exclude(last_error="", stopped_at=None).exists(),
    ),
    Act(
        name="replay",
        label=_("Send again from a position"),
        guidance=_("Events have the identity they had. A receiver that keeps them apart by it takes each once."),
        form=ReplayForm,
        perform=_replay,
        permission=CHANGE,
    ),
)


@admin.register(Webhook)
class WebhookAdmin(WithActs):
    """The webhooks of all meetings; the address of one is never in a list."""

    form = WebhookForm
    acts = ACTS
    list_display = ["name", "meeting", "host_alone", "standing"]
    list_filter = ["meeting"]
    list_select_related = ["meeting"]
    search_fields = ["name"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("cursors")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What is shown of one; a new one has no lists to choose from before it has its meeting."""
        words = _(
            "What happens at the meeting is sent to this address: facts that everyone may read, while everyone may see "
            "the meeting. An address may hold a password: only leads see it."
        )
        fields = ["meeting", "name", "url", "kinds"]
        fieldsets: list[Any] = [(None, {"description": words if settings.WEBHOOKS else OFF, "fields": fields})]
        if obj:
            fields += ["lists", "is_on"]
            fieldsets.append((_("How it goes"), {"fields": ["standing", "secret", "progress"]}))
        return fieldsets

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return ["meeting", "standing", "secret", "progress"] if obj else []

    def zone_of(self, request: HttpRequest, obj: Webhook | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    def moment_of(self, obj: Webhook) -> datetime:
        return obj.meeting.moment(clock.now())

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:
        act = subscribing.change if change else subscribing.add
        act(obj, by=staff(request), at=self.moment_of(obj))

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        """There is nothing beside it, and the act has journalled it."""

    @admin.display(description=_("host"))
    def host_alone(self, webhook: Webhook) -> str:
        return webhook.host

    @admin.display(description=_("state"))
    def standing(self, webhook: Webhook) -> str | Promise:
        """The one thing to know about it."""
        cursors = webhook.cursors.all()
        if not settings.WEBHOOKS:
            return _("switched off in the settings")
        if not webhook.is_on:
            return _("off")
        if not webhook.secret_half:
            return _("has no secret yet: nothing is sent")
        if not webhook.meeting.is_published:
            return _("waits until the meeting is published")
        if any(each.stopped_at for each in cursors):
            return _("given up: press “Try again now”")
        if any(each.last_error for each in cursors):
            return _("fails, and is tried again")
        return _("on")

    @admin.display(description=pgettext_lazy("webhook", "secret"))
    def secret(self, webhook: Webhook) -> str | Promise:
        if not webhook.secret_half:
            return pgettext_lazy("secret of a webhook", "none")
        if webhook.former_until and clock.now() < webhook.former_until:
            until = moments.in_words(webhook.former_until, webhook.meeting)
            return _("given; the former one holds until %(moment)s") % {"moment": until}
        return _("given")

    @admin.display(description=_("told"))
    def progress(self, webhook: Webhook) -> str:
        """A line for each list: how far it was told, and what went wrong last."""
        return format_html_join("", "<div>{}</div>", _lines(webhook))


def _lines(webhook):
    names = {each.journal_stream: each.name for each in webhook.meeting.lists.order_by("slug")}
    return [(_line(names.get(each.stream, each.stream), each, webhook.meeting),) for each in webhook.cursors.all()]


def _line(name: str, cursor: Cursor, meeting: Any) -> str:
    facts = {"list": name, "told": cursor.told_up_to, "last": position.position(cursor.stream)}
    words = _("%(list)s: up to position %(told)d of %(last)d.") % facts
    if not cursor.last_error:
        return words
    error = telling.SAID.read(cursor.last_error)
    if cursor.stopped_at is None:
        return _("%(told)s Last failure: %(error)s") % {"told": words, "error": error}
    moment = moments.in_words(meeting.moment(cursor.stopped_at), meeting)
    words = _("%(told)s Given up on %(moment)s: %(error)s") % {
        "told": words,
        "moment": moment,
        "error": error,
    }
    return words
