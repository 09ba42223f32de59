"""The mail desk: what is on its way, what failed and why. Staff release, retry, correct addresses, and send again."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import clock
from acts.refusals import Refusal
from languages import stored
from languages.collation import in_order
from languages.dates import in_utc
from outbox import chosen_mail, desk, kinds
from outbox.addressing import AddressForm
from outbox.batches import Batch
from outbox.chosen_mail import DROP_KEPT, RELEASE, RELEASE_KEPT, RETRY
from outbox.delivery import failures, writing
from outbox.models import Message, MessageQuerySet
from spelling.listing import in_a_row
from spelling.searching import Folded


class KindFilter(admin.AllValuesFieldListFilter):
    """Filter by kind of mail, each under its name."""

    def choices(self, changelist: Any) -> Any:
        found = [choice | {"display": kinds.label(choice["display"])} for choice in super().choices(changelist)]
        everything, *others = found
        return [everything, *in_order(others, key=lambda choice: choice["display"])]


@admin.register(Message)
class MessageAdmin(Folded, admin.ModelAdmin):
    """The text of a mail that holds a one-time code is never shown: anyone who read it could sign in.  R-59"""

    actions = ["release_chosen", "retry_chosen", "release_kept", "drop_kept"]
    change_form_template = "admin/outbox/message/change_form.html"
    show_full_result_count = False
    admin_site: Any  # the secretariat’s own, which also records
    list_display = ["titled", "recipients", "what", "standing", "age", "attempts", "failed"]
    list_filter = ["state", "is_rehearsal", ("kind", KindFilter), "about"]
    list_per_page = 100
    search_fields = ["subject", "to", "cc", "about", "message_id", "last_error"]
    search_help_text = _("Subject, address, what the mail is about, Message-ID or error.")
    fieldsets = [
        (None, {"fields": ["titled", "recipients", "copies", "what", "about", "in_language"]}),
        (_("On its way"), {"fields": ["state", "kept_back", "written", "sent", "attempts", "failed", "tried"]}),
        (_("Text"), {"fields": ["text"]}),
        (_("For the mail server’s log"), {"fields": ["message_id", "key"]}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The first thing shown about a mail of a rehearsal is that it is one."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not obj.is_rehearsal:
            return fieldsets
        words = _(
            "Mail of a rehearsal. Its addresses may belong to real people who do not expect it: release or send it "
            "only if they do."
        )
        (heading, first), *others = fieldsets
        return [(heading, {**first, "description": words}), *others]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each mail with the moment at which it is read, so that the clock is not asked again for the age of each."""
        return super().get_queryset(request).annotate(read_at=clock.as_expression())

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_desk_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.change_message")

    def has_kept_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("outbox.decide_on_kept")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.address_view)
        return [path("<int:pk>/addresses/", view, name="outbox_message_addresses"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Mail desk"), **(extra_context or {})})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        message = self.get_object(request, object_id)
        is_kept = message is not None and message.state == Message.State.KEPT
        may_act = message is not None and (self.has_kept_permission if is_kept else self.has_desk_permission)(request)
        context = {
            "possible": _possible_actions(message) if may_act else [],
            "addresses": _address_act(message) if may_act else "",
            "seen": Batch([message]).shown if message else "",
            "title": _("Mail"),
        }
        return super().change_view(request, object_id, form_url, context)

    def address_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Correct the addresses of a mail that was not sent, or send a copy of one that was to the addresses given."""
        message = self.get_object(request, str(pk))
        if message is None:
            raise Http404
        if not self.has_desk_permission(request):
            raise PermissionDenied
        form = AddressForm(request.POST if request.method == "POST" else None, message=message)
        if form.is_valid() and (done := self._readdress(request, message, form)):
            return redirect("admin:outbox_message_change", done.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _address_act(message) or _("Addresses"),
            "guidance": _(
                "Later mails go to the address on the list of speakers or in the focal points: correct it there too."
            ),
            "form": form,
            "media": self.media + form.media,
            "opts": self.opts,
            "subject": message.subject,
            "back": reverse("admin:outbox_message_change", args=[message.pk]),
        }
        return TemplateResponse(request, "admin/act.html", context, status=422 if form.errors else 200)

    def _readdress(self, request, message, form):
        """Hand the addresses to the desk and journal it. Returns the mail to show, or None if the desk refuses."""
        at = clock.now()
        to, cc = form.addresses("to"), form.addresses("cc")
        is_copy = message.state == Message.State.SENT
        try:
            with transaction.atomic():
                done = desk.send_again(message, to=to, cc=cc, at=at) if is_copy else message
                if not is_copy:
                    desk.readdress(message, to=to, cc=cc, at=at)
                verb = "sent again" if is_copy else "addresses corrected"
                before = {"to": message.to, "cc": message.cc}
                after = {"to": to, "cc": cc, "mail": done.pk}
                self.admin_site.record(request, verb, subject=f"mail/{message.pk}", at=at, before=before, after=after)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return None
        self.message_user(request, _("A copy is on its way.") if is_copy else _("The addresses are corrected."))
        return done

    @admin.action(description=RELEASE.label, permissions=["desk"])
    def release_chosen(self, request: HttpRequest, queryset: MessageQuerySet) -> HttpResponse | None:
        return chosen_mail.act(self, request, queryset, RELEASE)

    @admin.action(description=RETRY.label, permissions=["desk"])
    def retry_chosen(self, request: HttpRequest, queryset: MessageQuerySet) -> HttpResponse | None:
        return chosen_mail.act(self, request, queryset, RETRY)

    @admin.action(description=RELEASE_KEPT.label, permissions=["kept"])
    def release_kept(self, request: HttpRequest, queryset: MessageQuerySet) -> HttpResponse | None:
        return chosen_mail.act(self, request, queryset, RELEASE_KEPT)

    @admin.action(description=DROP_KEPT.label, permissions=["kept"])
    def drop_kept(self, request: HttpRequest, queryset: MessageQuerySet) -> HttpResponse | None:
        return chosen_mail.act(self, request, queryset, DROP_KEPT)

    @admin.display(description=pgettext_lazy("mail", "to"))
    def recipients(self, message: Message) -> str:
        return in_a_row(message.to)

    @admin.display(description=_("language"))
    def in_language(self, message: Message) -> str:
        return dict(settings.LANGUAGES).get(message.language, message.language)

    @admin.display(description=_("copies to"))
    def copies(self, message: Message) -> str:
        return in_a_row(message.cc) or "–"

    @admin.display(description=_("kind"), ordering="kind")
    def what(self, message: Message) -> str:
        return kinds.label(message.kind)

    @admin.display(description=_("state"), ordering="state")
    def standing(self, message: Message) -> str:
        words = message.get_state_display()
        return _("%(state)s, of a rehearsal") % {"state": words} if message.is_rehearsal else words

    @admin.display(description=_("kept back because"))
    def kept_back(self, message: Message) -> str:
        return message.get_kept_back_for_display() or "–"

    @admin.display(description=_("age"), ordering="created_at")
    def age(self, message: Any) -> str:
        return timesince(message.created_at, message.read_at, depth=1)

    @admin.display(description=_("written at"))
    def written(self, message: Message) -> str:
        return _in_utc(message.created_at)

    @admin.display(description=_("sent at"))
    def sent(self, message: Message) -> str:
        return _in_utc(message.sent_at)

    @admin.display(description=_("subject"), ordering="subject")
    def titled(self, message: Message) -> str:
        """The subject; of a mail that is not written yet, what it is."""
        return message.subject or kinds.label(message.kind)

    @admin.display(description=_("text"))
    def text(self, message: Any) -> str | Promise:
        if message.is_secret:
            return _("Not shown: it holds a one-time code.")
        if message.body_erased_at:
            return _("Erased on %(moment)s.") % {"moment": _in_utc(message.body_erased_at)}
        if writing.write(message, at=message.read_at):
            words = _("Written when it is sent. Now it would say:")
            subject = format_html('<p lang="{}" dir="auto">{}</p>', message.language, message.subject)
            return format_html("<p>{}</p>{}{}", words, subject, _in_its_language(message))
        return _in_its_language(message)

    @admin.display(description=_("attempts in full"))
    def tried(self, message: Message) -> str:
        words = _("%(moment)s: %(outcome)s. %(detail)s")
        facts = (
            {
                "moment": _in_utc(each.at),
                "outcome": each.get_outcome_display(),
                "detail": failures.SAID.shown(each.detail),
            }
            for each in message.history.all()
        )
        lines = format_html_join("", "<li>{}</li>", ((stored.in_html(words, **each),) for each in facts))
        return format_html("<ol>{}</ol>", lines)

    @admin.display(description=_("last error"), ordering="last_error", empty_value="–")
    def failed(self, message: Message) -> str:
        return failures.SAID.shown(message.last_error)


def _in_its_language(message):
    return format_html('<pre lang="{}" dir="auto">{}</pre>', message.language, message.body)


def _address_act(message):
    """What staff may do about the addresses of `message`, as a label; empty if nothing."""
    if message.body_erased_at or message.is_secret:
        return ""
    if message.state == Message.State.SENT:
        return _("Send a copy again")
    state = Message.State
    return "" if message.state in {state.SENDING, state.KEPT, state.DROPPED} else _("Correct the addresses")


def _possible_actions(message):
    """The actions that the state of `message` allows, as pairs of name and label."""
    possible = {
        Message.State.HELD: [("release_chosen", _("Release this mail"))],
        Message.State.FAILED: [("retry_chosen", _("Try this mail again"))],
        Message.State.QUEUED: [("retry_chosen", _("Try this mail again now"))],
        Message.State.KEPT: [("release_kept", _("Send this mail")), ("drop_kept", _("Drop this mail"))],
    }
    return possible.get(message.state, [])


def _in_utc(at):
    """A moment in UTC, because it belongs to no meeting's zone."""
    return _("%(moment)s UTC") % {"moment": in_utc(at)} if at else "–"
