"""Filters of the list of speakers. One meeting is always chosen; the others narrow its list."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import BigAutoField, Q, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

import clock
from dialogue.models import Meeting
from speakers import lists
from speakers.models import Band, Delegation, Inscription, Level, SpeakersList


def current_meeting(meetings: Any, at: datetime) -> Meeting | None:
    """The meeting staff work on at the moment `at`: of `meetings`, the next to end, or the last that ended, or None."""
    running = [meeting for meeting in meetings if meeting.ends_at > meeting.moment(at)]
    if running:
        return min(running, key=lambda meeting: meeting.starts_at)
    return max(meetings, key=lambda meeting: meeting.starts_at, default=None)


class ChosenListForm(forms.Form):
    """Which list the address of a page names; see `lists.choice_of`."""

    meeting = forms.CharField()


class ChosenForm(forms.Form):
    """Which meeting the address of a page names."""

    meeting = forms.IntegerField(min_value=1, max_value=BigAutoField.MAX_BIGINT)


def chosen_meeting(request: HttpRequest, meetings: Iterable[Meeting], at: datetime) -> Meeting | None:
    """Of `meetings`, the one that the address of the page names, or else the one that staff work on now, or None."""
    form, found = ChosenForm(request.GET), {meeting.pk: meeting for meeting in meetings}
    named = found.get(form.cleaned_data["meeting"]) if form.is_valid() else None
    return named or current_meeting(found.values(), at)


def chosen_list(request: HttpRequest, at: datetime) -> Meeting | None:
    """The meeting whose list the address of the page names, with that list at hand; see `lists.choice_of`.

    Without one, the meeting that staff work on now, with its main list; None if there is none.
    """
    form = ChosenListForm(request.GET)
    found = {lists.choice_of(each): each.meeting_at_hand for each in SpeakersList.objects.all()}
    named = found.get(form.cleaned_data["meeting"]) if form.is_valid() else None
    return named or current_meeting([each for each in found.values() if not each.speakers_list.slug], at)


class MeetingFilter(SimpleListFilter):
    """The meeting whose list is shown: the one staff work on now, unless another is chosen.

    A list beside the main one is a choice of its own; the meeting then knows it as the list at hand.
    """

    title = _("meeting")
    parameter_name = "meeting"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Any:
        self.read_at = clock.now()
        self.meetings = {lists.choice_of(each): each.meeting_at_hand for each in self.offered()}
        return [(choice, str(meeting.speakers_list)) for choice, meeting in self.meetings.items()]

    def offered(self) -> Iterable[SpeakersList]:
        """The lists that can be chosen."""
        return SpeakersList.objects.all()

    @property
    def meeting(self) -> Meeting | None:
        """The chosen meeting, or None if there is no meeting."""
        if chosen := self.meetings.get(self.value() or ""):
            return chosen
        with_main_list = [each for each in self.meetings.values() if not each.speakers_list.slug]
        return current_meeting(with_main_list, self.read_at)

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice, meeting in self.meetings.items():
            yield {
                "selected": meeting is self.meeting,
                "query_string": changelist.get_query_string({self.parameter_name: choice}),
                "display": str(meeting.speakers_list),
            }

    def has_output(self) -> bool:
        return True

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        """The list of the chosen meeting, with the bands in force on its date."""
        if self.meeting is None:
            return queryset.none()
        return queryset.filter(speakers_list=self.meeting.speakers_list)


class NarrowingFilter(SimpleListFilter):
    """A filter whose `narrowings` give each choice its label and its condition."""

    narrowings: dict[str, tuple[str | Promise, Q]] = {}

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Any:
        return [(value, label) for value, (label, condition) in self.narrowings.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.narrowings.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(chosen[1])


class StateFilter(NarrowingFilter):
    """Entries that hold a place or wait to be verified, unless another state is chosen."""

    title = _("state")
    parameter_name = "state"
    narrowings = {
        "standing": (_("holding a place"), Q(state=Inscription.State.STANDING)),
        "unverified": (_("to be verified"), Q(state=Inscription.State.UNVERIFIED)),
        "withdrawn": (_("withdrawn"), Q(state=Inscription.State.WITHDRAWN)),
        "refused": (_("refused"), Q(state=Inscription.State.REFUSED)),
        "any": (_("any state"), Q()),
    }

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet[Any]:
        return super().queryset(request, queryset) if self.value() else queryset.active()

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("On the list or to be verified")}
        yield from others


class MarkFilter(NarrowingFilter):
    title = _("mark")
    parameter_name = "mark"
    narrowings = {
        "unconfirmed": (_("speaker to be confirmed"), Q(speaker_name="")),
        "late": (_("late"), Q(is_late=True)),
        "extension": (_("by extension"), Q(extension__isnull=False)),
        "pinned": (_("pinned"), Q(pinned_before__isnull=False) | Q(is_pinned_last=True)),
        "swapped": (_("swapped"), Q(swapped_by__isnull=False)),
        "joint": (_("joint statement"), ~Q(joined=[])),
        "video": (_("by recorded video"), Q(is_by_video=True)),
    }


class CapacityFilter(NarrowingFilter):
    title = _("capacity")
    parameter_name = "capacity"
    narrowings = {value: (label, Q(capacity=value)) for value, label in Inscription.Capacity.choices}


class BandFilter(NarrowingFilter):
    """By the entry's band on the date of its meeting.  R-17 R-18"""

    title = _("band")
    parameter_name = "band"
    narrowings = {
        value: (
            label,
            Q(capacity=Inscription.Capacity.GROUP)
            if value == Band.GROUPS
            else Q(capacity=Inscription.Capacity.NATIONAL, place_band=value),
        )
        for value, label in Band.choices
    }


class RegionFilter(NarrowingFilter):
    title = _("regional group")
    parameter_name = "region"
    narrowings = {
        value: (label, Q(delegation__regional_group=value)) for value, label in Delegation.RegionalGroup.choices
    }


class LevelFilter(SimpleListFilter):
    """By level of representation."""

    title = _("level")
    parameter_name = "level"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Any:
        return [(level.code, str(level)) for level in Level.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(level__code=self.value()) if self.value() else queryset


class OnListFilter(SimpleListFilter):
    """For delegations: whether they are inscribed on the list staff work on now."""

    title = _("the list of speakers")
    parameter_name = "inscribed"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Any:
        return [("yes", _("inscribed")), ("no", _("not inscribed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"yes", "no"}:
            return queryset
        meeting = current_meeting(list(Meeting.objects.all()), clock.now())
        on_list = Inscription.objects.active().filter(speakers_list__meeting=meeting, speakers_list__slug="")
        inscribed = on_list.values("delegation")
        return queryset.filter(pk__in=inscribed) if self.value() == "yes" else queryset.exclude(pk__in=inscribed)
