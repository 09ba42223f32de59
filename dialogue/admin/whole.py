"""Pages whose form and rows are checked together before they are saved, as what they would make of a meeting.  R-31"""

from collections.abc import Callable, Iterable
from typing import Any

from django.forms import ModelForm, all_valid

from dialogue import consistency
from dialogue.admin.base import DeskAdmin, WholeForm
from dialogue.consistency import InFull, Objection
from dialogue.models import Meeting


class PartOfMeeting(WholeForm):
    """The form of a `page`, which checks it together with its rows once each is in order by itself."""

    page: Any
    request: Any

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and all_valid(self.request.formsets):
            self.page.refuse(self, self.request.formsets)


class CheckedWhole(DeskAdmin):
    """A page of a meeting or of a part of it. What contradicts itself is refused at its field; see `consistency`."""

    form = PartOfMeeting
    check_whole: Callable[[InFull], Iterable[Objection]] = staticmethod(consistency.objections)

    def meeting_of(self, obj: Any) -> Meeting:
        """The meeting to which the object of this page belongs."""
        raise NotImplementedError

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form, which knows the page it is on."""
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"page": self, "request": request})

    def _create_formsets(self, request: Any, obj, change):
        """Keep the formsets with the request: the form is checked together with their rows."""
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]  # left out by the stubs
        request.formsets = formsets
        return formsets, inlines

    def refuse(self, form: ModelForm, formsets: list[Any]) -> None:
        """Put what the meeting must not be saved for at the fields of the valid `form` and the rows in `formsets`."""
        rows = [row for formset in formsets for row in formset.forms]
        for objection in self._refused(form.instance, [row.instance for row in rows if row.has_changed()]):
            at = next((each for each in [form, *rows] if each.instance == objection.row), form)
            _put(objection, at)

    def _refused(self, obj, rows):
        """The objections to saving `obj` with the changed `rows`; the meeting is locked, so no other part changes."""
        of = self.meeting_of(obj)
        stored = Meeting.objects.select_for_update(no_key=True).filter(pk=of.pk).first()
        meeting = stored if stored and of is not obj else of
        before = list(self.check_whole(consistency.in_full(stored))) if stored else []
        now = self.check_whole(consistency.in_full(meeting, [obj, *rows]))
        was_published = stored is not None and stored.is_published
        return consistency.refused(now, before, is_published=meeting.is_published, was_published=was_published)


def _put(objection: Objection, form: ModelForm) -> None:
    """What is missing keeps the meeting from being published; all else stands at its own field, if the page has it."""
    field = "is_published" if objection.is_missing else objection.field.partition(" ")[0]
    form.add_error(field if field in form.fields else None, objection.words)
