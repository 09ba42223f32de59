"""The rows of a request: one form for each representative; rows can be added and removed without a script, too."""

import re
from typing import Self

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from registration.forms.representative import RepresentativeForm
from registration.models import Representative
from registration.refusals import TicketRefused

PREFIX = "representative"
MOST = 50
FIELD = re.compile(rf"^{PREFIX}-(\d{{1,2}})-(.+)$", re.ASCII)


class BaseRows(BaseFormSet):
    """At least one row and at most as many as an organization may send; the rule checks the number again."""

    @classmethod
    def get_default_prefix(cls) -> str:
        return PREFIX

    def total_form_count(self) -> int:
        """At least one, also if what was sent names no number of rows."""
        return max(1, super().total_form_count())

    @property
    def filled(self) -> list[RepresentativeForm]:
        """The rows in which something was typed; the first one always counts."""
        return [form for number, form in enumerate(self.forms) if number == 0 or form.has_changed()]

    def representatives(self) -> list[Representative]:
        """The unsaved representatives of the cleaned rows, in order."""
        return [form.to_representative() for form in self.filled]

    def content(self) -> list[dict[str, str]]:
        """Everything that was typed, as plain values, for the digest.  R-09"""
        return [{name: str(value) for name, value in form.cleaned_data.items()} for form in self.filled]

    def show_only(self) -> Self:
        """Keep what was typed without checking it, because a row is being added or removed."""
        for form in self.forms:
            form.is_only_shown = True
        return self

    def add_refusal(self, refusal: TicketRefused) -> None:
        """Add the words of `refusal` to the field and row that they are about."""
        form = self.filled[refusal.row]
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))


_Rows = formset_factory(RepresentativeForm, formset=BaseRows, extra=0, min_num=1, max_num=MOST, absolute_max=MOST)


class Rows(_Rows):  # type: ignore[misc, valid-type]  # made by a function of Django
    """Empty rows with `Rows(limit=…)`, or the rows that were sent with `Rows(posted, limit=…)`."""

    def __init__(self, data=None, *, limit):
        self.max_num = limit
        super().__init__(data)

    @property
    def is_full(self) -> bool:
        return self.total_form_count() >= self.max_num


class RowButton(forms.Form):
    """The button that adds a row, or removes the row of that number."""

    add = forms.BooleanField(required=False)
    remove = forms.IntegerField(required=False, min_value=0)


def changed(posted: QueryDict, limit: int) -> QueryDict | None:
    """The POST data `posted` with one row more or less, if one of these buttons was pressed; otherwise None."""
    button = RowButton(posted)
    if not button.is_valid():
        return posted
    if button.cleaned_data["add"]:
        return _with_one_more(posted, limit)
    row = button.cleaned_data["remove"]
    return None if row is None else _without(posted, row)


def _with_one_more(posted, limit):
    """The POST data with one more row, up to `limit`."""
    changed = posted.copy()
    changed[f"{PREFIX}-TOTAL_FORMS"] = str(min(_number_of_rows(posted) + 1, limit))
    return changed


def _without(posted, row):
    """The POST data without the given `row`; the rows after it move up."""
    changed, number = posted.copy(), _number_of_rows(posted)
    if number < 2 or row >= number:
        return changed
    for name in [name for name in posted if FIELD.match(name)]:
        del changed[name]
    for name, values in posted.lists():
        if (found := FIELD.match(name)) and (position := int(found[1])) != row:
            changed.setlist(f"{PREFIX}-{position - (position > row)}-{found[2]}", values)
    changed[f"{PREFIX}-TOTAL_FORMS"] = str(number - 1)
    return changed


def _number_of_rows(posted):
    return Rows(posted, limit=MOST).total_form_count()
