"""What all pages of the secretariat share: no delete, the meeting's zone, and a row in the journal."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Field, ManyToManyField, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from i18nfield.strings import LazyI18nString

import clock
from dialogue import typed
from dialogue.admin import widgets
from journal.actors import STAFF, Actor
from journal.recording import record
from spelling.searching import Folded

# The journal's chain for acts that belong to no single meeting.
STREAM = "secretariat"
# Several times as many as the longest programme has lines.
MOST_ROWS = 300


def staff(request: HttpRequest) -> Actor:
    """The signed-in member of staff, as an actor of the journal."""
    user = cast(User, request.user)
    return Actor(user.get_full_name() or user.get_username(), STAFF)


class WholeForm(ModelForm):
    """A form that takes texts as files do, and checks all constraints of its row, even on fields that it does not show.

    Django skips those, and the database would raise an error instead of showing words. Constraints on one of the fields
    in `checked_together` are left to what checks several rows.
    """

    checked_together: frozenset[str] = frozenset()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        fields = {field.name: field for field in self._meta.model._meta.fields}
        for name, value in list(cleaned.items()):
            try:
                cleaned[name] = typed.as_stored(fields[name], value) if name in fields else value
            except ValidationError as error:
                self.add_error(name, error)
        return cleaned

    def _post_clean(self):
        super()._post_clean()  # type: ignore[misc]  # a step of Django’s forms that its stubs leave out
        if not self.errors:
            try:
                self.instance.validate_constraints(exclude=self.checked_together)
            except ValidationError as error:
                self._update_errors(error)  # type: ignore[attr-defined]  # as above


class NeverDeleted(BaseModelAdmin):
    """Mixin: no page deletes anything, not even for a superuser, and every one takes texts as files do.  R-58"""

    form: Any = WholeForm
    formfield_overrides = widgets.FIELDS

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Rows(NeverDeleted):
    """Mixin for the rows of a page: no more of them are read than a meeting may have, whatever number is sent."""

    max_num: int | None = MOST_ROWS
    at_most = MOST_ROWS

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, absolute_max=self.at_most, **kwargs)  # type: ignore[misc]


class Labelled(BaseModelAdmin):
    """For rows of fields under one heading: each field has a label for screen readers, which do not see the heading."""

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            widget = field.widget
            inner = widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget
            inner.attrs["aria-label"] = capfirst(field.label)
        return field


class ReadOnly(NeverDeleted):
    """Staff read this page and change nothing on it."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeskAdmin(NeverDeleted, Folded, admin.ModelAdmin):
    """A page whose saves are journalled, in the zone of the meeting it belongs to."""

    actions: Sequence[Any] | None = None
    show_full_result_count = False
    save_on_top = False

    def zone_of(self, request: HttpRequest, obj: Any) -> ZoneInfo:
        """The zone in which moments of `obj` (None for a new one) are entered and shown.  R-01"""
        return timezone.get_default_timezone()

    def stream_of(self, obj: Any) -> str:
        """The journal's chain to which changes of `obj` belong."""
        return STREAM

    def moment_of(self, obj: Any) -> datetime:
        """The moment at which a change of `obj` is journalled: now, by the clock of its meeting if it has one."""
        return clock.now()

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **{"form_class": typed.Several, **kwargs})

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id)) if object_id else None
        with timezone.override(self.zone_of(request, obj)):
            response = super().changeform_view(request, object_id, form_url, extra_context)
            return response.render() if hasattr(response, "render") else response

    def save_related(self, request: HttpRequest, form: ModelForm, formsets: list[Any], change: bool) -> None:
        """Save the inlines, and journal what changed on the whole page in the same transaction.  R-58"""
        super().save_related(request, form, formsets, change)
        before, after = changes(form, formsets)
        if after:
            record(
                "changed" if change else "added",
                stream=self.stream_of(form.instance),
                subject=f"{self.opts.model_name}/{form.instance.pk}",
                by=staff(request),
                at=self.moment_of(form.instance),
                before=before if change else None,
                after=after,
            )


def changes(form: ModelForm, formsets: list[Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What a saved `form` and its inline `formsets` changed, as two dicts, before and after, without passwords."""
    before, after = _changed_fields(form)
    for formset in formsets:
        for inline in formset.forms:
            if inline.has_changed():
                name = f"{inline.instance._meta.model_name}/{inline.instance.pk}"
                before[name], after[name] = _changed_fields(inline)
    return before, after


def _changed_fields(form):
    names = [name for name in form.changed_data if name in form.cleaned_data and "password" not in name]
    before = {name: _plain(form.initial.get(name)) for name in names}
    return before, {name: _plain(form.cleaned_data[name]) for name in names}


def _plain(value):
    """A value of a form as the journal keeps it: plain, so that it reads the same in ten years."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, LazyI18nString):
        return value.data
    if isinstance(value, list | tuple | QuerySet):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
