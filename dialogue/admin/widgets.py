"""Form fields of the secretariat's pages: moments with their zone, texts in six languages."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminSplitDateTime
from django.db import models
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.forms import I18nWidget
from i18nfield.strings import LazyI18nString

from dialogue import typed
from spelling.listing import named

LANGUAGE_CODES = [code for code, name in settings.LANGUAGES]
FIRST = LANGUAGE_CODES.index(settings.LANGUAGE_CODE)


class ZonedDateTime(AdminSplitDateTime):
    """A date and a time, with the zone they are entered in, the meeting's own, shown beside them.  R-01"""

    template_name = "admin/widgets/zoned_date_time.html"

    def get_context(
        self, name: str, value: datetime | list[Any] | None, attrs: dict[str, Any] | None
    ) -> dict[str, Any]:
        context = super().get_context(name, value, attrs) | {"zone": timezone.get_current_timezone_name()}
        for part, word in zip(context["widget"]["subwidgets"], (_("Date"), _("Time")), strict=True):
            if label := part["attrs"].get("aria-label"):
                part["attrs"]["aria-label"] = named(label, word)
        return context


class ManyLanguages(I18nWidget):
    """One text in the language of the site, and, folded away, in the other official languages."""

    use_fieldset = False  # the label of the field is that of the first text; each other has its own

    def decompress(self, value: LazyI18nString | None) -> list[str | None]:
        """The text of each language. A text stored without a language is taken to be in the language of the site."""
        if isinstance(value, LazyI18nString) and isinstance(value.data, str):
            value = LazyI18nString({settings.LANGUAGE_CODE: value.data})
        return super().decompress(value)

    def render(
        self,
        name: str,
        value: LazyI18nString | list[str] | None,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> str:
        """Label each language, so that people who cannot see its place know which it is."""
        if attrs and "aria-describedby" in attrs:
            first = self.id_for_label(attrs["id"])
            told = attrs["aria-describedby"].replace(f"{attrs['id']}_helptext", f"{first}_helptext")
            attrs = attrs | {"aria-describedby": told}
        label = self.attrs.get("aria-label")
        for (_code, language), widget in zip(settings.LANGUAGES, self.widgets, strict=True):
            widget.attrs["aria-label"] = named(label, language) if label else language
        return super().render(name, value, attrs, renderer)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{FIRST}" if id_ else id_

    def format_output(self, rendered_widgets: list[str], id_: str) -> str:
        others = [widget for position, widget in enumerate(rendered_widgets) if position != FIRST]
        return format_html(
            '<div class="languages" id="{}">{}<details><summary>{}</summary>{}</details></div>',
            id_ or "",
            mark_safe(rendered_widgets[FIRST]),  # noqa: S308  rendered by Django's own widget
            _("Other languages"),
            mark_safe("".join(others)),  # noqa: S308
        )


class LineInManyLanguages(ManyLanguages):
    widget = forms.TextInput


class TextInManyLanguages(ManyLanguages):
    widget = forms.Textarea


# For `formfield_overrides` of every page of the secretariat, whose forms take texts as `dialogue.typed` does.
FIELDS: dict[type[models.Field], dict[str, Any]] = {
    I18nCharField: {"widget": LineInManyLanguages},
    I18nTextField: {"widget": TextInManyLanguages},
    **typed.FIELDS,
    models.DateTimeField: {**typed.FIELDS[models.DateTimeField], "widget": ZonedDateTime},
}
