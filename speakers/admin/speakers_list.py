"""The page of a list beside the main one: its name, its terms, and the acts that the main list has too.  R-62"""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

import clock
from dialogue.admin.acting import WithActs
from dialogue.admin.whole import CheckedWhole, PartOfMeeting
from dialogue.models import Meeting
from speakers import consistency, lists
from speakers.admin.deadlines import DEADLINE_ACTS
from speakers.admin.drawing import DRAW_ACTS
from speakers.admin.extension import EXTENSION_ACTS
from speakers.admin.ordering import TERM_ACTS
from speakers.admin.publishing import PUBLISHING_ACTS
from speakers.admin.registering import REGISTER
from speakers.admin.sittings import SittingsField
from speakers.admin.terms import READ_ONLY, ListForm, RankedForm, TermsShown, fieldsets_of, fixed_fields, typed_fields
from speakers.list_state import ListState
from speakers.models import SpeakersList

# The clock of a rehearsal is that of its meeting.
OF_A_LIST = tuple(act for act in DEADLINE_ACTS if act.name != "shift-clock")


class MeetingForm(forms.Form):
    """The meeting to which a new list is to belong."""

    meeting = forms.ModelChoiceField(Meeting.objects.all())


class NameForm(PartOfMeeting, ListForm):
    """A list beside the main one has a short name and a title."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"slug", "title"} & self.fields.keys():
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        known = SpeakersList.objects.filter(meeting=typed.get("meeting"), slug=typed.get("slug", ""))
        if "slug" in typed and known.exists():
            self.add_error("slug", _("Another list of this meeting has this short name."))
        return typed


class NewForm(NameForm, RankedForm):  # type: ignore[misc]  # made with a field for each band
    """A list that has not opened: all its terms can be typed."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = MeetingForm(self.request.POST or self.request.GET)
        if not self.instance.pk and chosen.is_valid():
            cast(SittingsField, self.fields["heard_in"]).offer(chosen.cleaned_data["meeting"])


@admin.register(SpeakersList)
class SpeakersListAdmin(TermsShown, WithActs, CheckedWhole):
    """Every list. The terms of a main list stand on the page of its meeting, to which this page leads."""

    acts = (*OF_A_LIST, *EXTENSION_ACTS, *TERM_ACTS, REGISTER, *DRAW_ACTS, *PUBLISHING_ACTS)
    check_whole = staticmethod(consistency.objections)
    list_display = ["named", "state", "deadline", "open_to", "heard_in_words"]
    list_filter = ["meeting"]
    ordering = ["meeting", "slug"]
    search_fields = ["title", "slug", "meeting__title", "meeting__slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Each list with its meeting, its sittings, and the moment at which it is read."""
        return (
            super().get_queryset(request).annotate(read_at=clock.as_expression()).prefetch_related("meeting__sittings")
        )

    def get_form(self, request: Any, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """What is fixed when the list opens is changed from then on by an act.  R-21"""
        form = NameForm if self._is_fixed(obj) else NewForm
        return super().get_form(request, obj, change=change, **kwargs | {"form": form})

    def get_fieldsets(self, request: HttpRequest, obj: SpeakersList | None = None) -> Any:
        guidance = _("For a panel or a round table. Its short name stays as it is: its pages and its journal have it.")
        name = (_("The list"), {"description": guidance, "fields": ["meeting", "slug", "title"]})
        pages = [(_("Pages"), {"fields": ["pages"]})] if obj else []
        return [name, *fieldsets_of(is_fixed=self._is_fixed(obj), is_new=obj is None), *pages]

    def get_readonly_fields(self, request: HttpRequest, obj: SpeakersList | None = None) -> list[str]:
        named = ["meeting", "slug", "pages"] if obj else []
        return [*READ_ONLY, *named, *(fixed_fields(obj, self.moment_of(obj)) if obj else [])]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a list; for a main list, that of its meeting."""
        found = self.get_object(request, object_id)
        if found is not None and not found.slug and self.has_view_permission(request, found):
            return redirect("admin:dialogue_meeting_change", found.meeting_id)
        return super().change_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: SpeakersList, form: Any, change: bool) -> None:
        """Store what was typed alone: meanwhile others may have counted."""
        obj.save(update_fields=typed_fields(form) if change else None)

    def subject_of(self, obj: SpeakersList) -> Meeting:
        """The acts on a list are those on its meeting, which has it at hand."""
        return obj.meeting_at_hand

    def meeting_of(self, obj: SpeakersList) -> Meeting:
        return obj.meeting

    def zone_of(self, request: HttpRequest, obj: SpeakersList | None) -> ZoneInfo:
        form = MeetingForm(request.POST or request.GET)
        meeting = obj.meeting if obj else form.is_valid() and form.cleaned_data["meeting"]
        return (meeting or Meeting()).zone

    def stream_of(self, obj: SpeakersList) -> str:
        return obj.journal_stream

    def moment_of(self, obj: SpeakersList) -> datetime:
        return obj.meeting.moment(clock.now())

    def _is_fixed(self, obj):
        return obj is not None and obj.has_fixed_terms(self.moment_of(obj))

    @admin.display(description=_("list of speakers"), ordering="meeting")
    def named(self, speakers_list: SpeakersList) -> str:
        return str(speakers_list)

    @admin.display(description=_("state"))
    def state(self, speakers_list: Any) -> str:
        return ListState.of(speakers_list, speakers_list.meeting.moment(speakers_list.read_at)).label

    @admin.display(description=_("open"))
    def pages(self, speakers_list: SpeakersList) -> str:
        """Links to where the list is worked on and read."""
        chosen = {"meeting": lists.choice_of(speakers_list)}
        links = [
            (reverse("admin:speakers_inscription_changelist", query=chosen), _("Entries")),
            (reverse("admin:speakers_inscription_board", args=speakers_list.address), _("The board")),
            (reverse("speakers:list", args=speakers_list.address), _("The public list")),
            (reverse("admin:dialogue_meeting_change", args=[speakers_list.meeting_id]), _("The meeting")),
        ]
        if speakers_list.is_by_selection:
            asked = reverse("admin:speakers_interest_changelist", query={"meeting": speakers_list.meeting_id})
            links.insert(0, (asked, _("Expressions of interest")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)
