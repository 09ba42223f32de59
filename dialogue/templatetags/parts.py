"""The parts of a page that are folded: what each holds, in one line, and whether it is open."""

from datetime import datetime
from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue import moments
from spelling.listing import in_parts

register = template.Library()
# Of a text or of many rows, a line shows the beginning; the page folds away what does not fit.
LONGEST = 400


@register.filter
def in_short(part: Any) -> str:
    """What a fieldset or the rows of an inline hold now."""
    formset = getattr(part, "formset", None)
    return _of_rows(part, formset) if formset is not None else _of_fields(part)


@register.filter
def is_open(part: Any, is_new: bool) -> bool:
    """Is the part open at first? It is if something in it is refused or, on the page of a new object, must be typed."""
    formset = getattr(part, "formset", None)
    if formset is not None:
        return bool(is_new and formset.min_num) or bool(formset.total_error_count())
    names = [name for name in part.fields if name in part.form.fields]
    return any(name in part.form.errors or (is_new and _must_be_typed(part.form, name)) for name in names)


def _must_be_typed(form, name):
    field = form.instance._meta.get_field(name)
    return not field.blank and not field.has_default()


def _of_rows(part, formset):
    rows = [form.instance for form in formset.initial_forms]
    if not rows:
        return _("none yet")
    word = getattr(part.opts, "in_short", lambda row, _meeting: str(row))
    words = in_parts(word(row, formset.instance) for row in rows)
    if formset.max_num == 1:
        return words
    return ngettext("%(count)d: %(rows)s", "%(count)d: %(rows)s", len(rows)) % {
        "count": len(rows),
        "rows": words[:LONGEST],
    }


def _of_fields(part):
    """The fields that are filled in, as they are stored."""
    row = part.form.instance
    stored = [(name, getattr(row, name, None)) for name in part.fields if name in _names(row)]
    words = " · ".join(filter(None, (_told(row, name, value) for name, value in stored)))[:LONGEST]
    return words or (_("nothing yet") if row.pk else "")


def _names(row):
    return {field.name for field in row._meta.fields} if row.pk else set()


def _told(row, name, value):
    label = row._meta.get_field(name).verbose_name
    if isinstance(value, bool):
        return _("%(label)s: %(answer)s") % {"label": label, "answer": _("yes") if value else _("no")}
    if isinstance(value, datetime):
        return _("%(label)s: %(answer)s") % {"label": label, "answer": _day_and_time(value, row)}
    if isinstance(value, int):
        return _("%(label)s: %(answer)s") % {"label": label, "answer": value}
    return " ".join(str(value or "").split())


def _day_and_time(at, row):
    return _("%(day)s, %(time)s") % {"day": moments.date_in_words(at, row), "time": moments.time_in_words(at, row)}
