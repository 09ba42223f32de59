"""The rows of a request: one form for each representative; rows can be added and removed without a script, too."""

import re
from typing import Self

from django.forms import BaseFormSet, formset_factory
from django.http import QueryDict

from registration.forms.representative import RepresentativeForm
from registration.models import Representative
from registration.refusals import TicketRefused

PREFIX = "representative"
FIELD = re.compile(rf"^{PREFIX}-(\d+)-(.+)$")


class BaseRows(BaseFormSet):
    """At least one row and at most as many as an organization may send; the rule checks the number again."""

    @classmethod
    def get_default_prefix(cls) -> str:
        return PREFIX

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


_Rows = formset_factory(RepresentativeForm, formset=BaseRows, extra=0, min_num=1, max_num=50, absolute_max=50)


class Rows(_Rows):  # type: ignore[misc, valid-type]  # made by a function of Django
    """Empty rows with `Rows(limit=…)`, or the rows that were sent with `Rows(posted, limit=…)`."""

    def __init__(self, data=None, *, limit):
        self.max_num = limit
        super().__init__(data)

    @property
    def is_full(self) -> bool:
        return self.total_form_count() >= self.max_num


def with_one_more(posted: QueryDict, limit: int) -> QueryDict:
    """The POST data `posted` with one more row, up to `limit`."""
    changed = posted.copy()
    changed[f"{PREFIX}-TOTAL_FORMS"] = str(min(_number_of_rows(posted) + 1, limit))
    return changed


def without(posted: QueryDict, row: int) -> QueryDict:
    """The POST data `posted` without the given `row`; the rows after it move up."""
    changed, number = posted.copy(), _number_of_rows(posted)
    if number < 2 or not 0 <= row < number:
        return changed
    for name in [name for name in posted if FIELD.match(name)]:
        del changed[name]
    for name, values in posted.lists():
        if (found := FIELD.match(name)) and (position := int(found[1])) != row:
            changed.setlist(f"{PREFIX}-{position - (position > row)}-{found[2]}", values)
    changed[f"{PREFIX}-TOTAL_FORMS"] = str(number - 1)
    return changed


def _number_of_rows(posted):
    given = posted.get(f"{PREFIX}-TOTAL_FORMS", "1")
    return min(int(given), 50) if given.isdecimal() else 1
