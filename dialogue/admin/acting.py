"""Acts: what staff do to a meeting or an entry, each through its rule. GET shows the form; POST acts.

An `Act` names a form and the rule that the form feeds. The rule decides; its refusal appears as words at the
field, and everything that was typed is still there. No act writes to the database itself.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from acts.refusals import Refusal
from dialogue.admin.base import DeskAdmin, staff
from dialogue.admin.widgets import ZonedDateTime
from dialogue.typed import Moment
from spelling.typed import Paragraphs, refuse_invisible


class ActForm(forms.Form):
    """The form of an act on `subject`.

    A field named in `asks_twice` is hidden at first. If the act needs a second look, it appears as a box to tick; the
    box of a refusal that says what was `shown` holds just that.
    """

    asks_twice = ""

    def __init__(self, *args, subject, **kwargs):
        super().__init__(*args, **kwargs)
        self.subject = subject
        if self.asks_twice and not self.data.get(self.asks_twice):
            self.fields[self.asks_twice].widget = forms.HiddenInput()

    @property
    def only_asks(self) -> bool:
        """Whether nothing is wrong: the form waits for the box to be ticked."""
        return list(self.errors) == [self.asks_twice]

    def blocks(self) -> list[dict[str, Any]]:
        """What the page shows beside this form, of what was typed."""
        return []

    def ask_again(self, words: Any, *, shown: str = "") -> None:
        """Say why the act needs a confirmation, and show the box to tick; what it held before, if `shown`, is gone."""
        self.fields[self.asks_twice].widget = forms.CheckboxInput({"value": shown} if shown else None)
        if shown:
            self.data = cast(QueryDict, self.data).copy()
            self.data.pop(self.asks_twice, None)
        self.add_error(self.asks_twice, words)

    def refuse(self, refusal: Refusal) -> None:
        """Put the words of a rule's `refusal` at the field they belong to."""
        if refusal.asks_twice:
            self.ask_again([str(refusal), *refusal.details], shown=refusal.shown)
        else:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))


class PlainForm(ActForm):
    """Nothing to type: the button is the question."""


def reason_field(**kwargs: Any) -> forms.Field:
    """A mandatory reason, typed by staff."""
    widget = forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"})
    return Paragraphs(label=_("Reason"), max_length=300, widget=widget, validators=[refuse_invisible], **kwargs)


def moment_field(**kwargs: Any) -> forms.Field:
    """A moment in the meeting's zone, with the zone shown beside it.  R-01"""
    return Moment(widget=ZonedDateTime, **kwargs)


def always(_subject: Any, _at: datetime) -> bool:
    """The `is_possible` of an act that may be tried on any subject."""
    return True


@dataclass(frozen=True, kw_only=True)
class Act:
    """One act.

    `perform(subject, typed, by, at)` calls the rule and returns the sentence to show; it raises a `Refusal`. `at` is
    the subject's moment, which the page reads once (`moment_of`). `permission` is needed to see the form and to act.
    `is_possible(subject, at)` decides whether the button is offered; the rule itself decides whether the act is done.
    `beside(subject, at)` returns what is shown beside the form, `others` names acts whose forms are on the same page,
    and `after(subject, typed)` returns the address to go to next, if not the subject's own page.
    """

    name: str
    label: str | Promise
    guidance: str | Promise
    form: type[ActForm]
    perform: Callable
    permission: str
    is_possible: Callable = always
    beside: Callable | None = None
    others: tuple[str, ...] = ()
    after: Callable | None = None


class WithActs(DeskAdmin):
    """Mixin for an admin page: the acts on its objects, each with an address of its own."""

    acts: tuple[Act, ...] = ()

    def subject_of(self, obj: Any) -> Any:
        """On what the acts of the page of `obj` act: on it, as a rule."""
        return obj

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_act"
        view = self.admin_site.admin_view(self.act_view)
        return [path("<int:object_id>/acts/<slug:name>/", view, name=name), *super().get_urls()]

    def act_address(self, act: Act, obj: Any) -> str:
        """The address of the form of `act` on the page of `obj`."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_act"
        return reverse(name, args=[obj.pk, act.name])

    def page_of(self, obj: Any) -> str:
        """The address of the page of `obj`; for None, of the page on which one is added."""
        page = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return reverse(f"{page}_change", args=[obj.pk]) if obj else reverse(f"{page}_add")

    def acts_on(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """The acts that the signed-in member of staff may try on the page of `obj` now, with their addresses."""
        at, subject = self.moment_of(obj), self.subject_of(obj)
        return [
            {"label": act.label, "address": self.act_address(act, obj)}
            for act in self.acts
            if request.user.has_perm(act.permission) and act.is_possible(subject, at)
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, object_id)
        acts = self.acts_on(request, obj) if obj else []
        return super().change_view(request, object_id, form_url, {"acts": acts, **(extra_context or {})})

    def act_view(self, request: HttpRequest, object_id: int, name: str) -> HttpResponse:
        """The page of one act: GET shows its form, POST acts."""
        act = next((act for act in self.acts if act.name == name), None)
        obj = self.get_object(request, str(object_id))
        if act is None or obj is None:
            raise Http404
        if not (request.user.has_perm(act.permission) and self.has_view_permission(request, obj)):
            raise PermissionDenied
        with timezone.override(self.zone_of(request, obj)):
            at, subject = self.moment_of(obj), self.subject_of(obj)
            form = act.form(request.POST if request.method == "POST" else None, subject=subject)
            if form.is_valid() and self._is_done(request, act, form, at):
                return redirect((act.after and act.after(subject, form.cleaned_data)) or self.page_of(obj))
            return self.act_page(request, act, form, obj, at)

    def _is_done(self, request, act, form, at):
        try:
            words = act.perform(form.subject, form.cleaned_data, staff(request), at)
        except Refusal as refusal:
            form.refuse(refusal)
            return False
        messages.success(request, words)
        return True

    def _other_acts(self, request, act, obj):
        """The acts whose forms are on the page of `act` too, each with its form under a prefix of its own."""
        return [
            {
                "act": other,
                "form": other.form(subject=self.subject_of(obj), auto_id=f"id_{other.name}_%s"),
                "address": self.act_address(other, obj),
            }
            for other in self.acts
            if other.name in act.others and request.user.has_perm(other.permission)
        ]

    def act_page(self, request: HttpRequest, act: Act, form: ActForm, obj: Any, at: datetime) -> HttpResponse:
        """The rendered page of `act` at the moment `at`, in the meeting's zone."""
        context = {
            **self.admin_site.each_context(request),
            "title": act.label,
            "guidance": act.guidance,
            "act": act,
            "form": form,
            "media": self.media + form.media,
            "opts": self.opts,
            "subject": obj,
            "beside": [*form.blocks(), *(act.beside(form.subject, at) if act.beside else [])],
            "others": self._other_acts(request, act, obj),
            "back": self.page_of(obj),
        }
        return TemplateResponse(request, "admin/act.html", context).render()
