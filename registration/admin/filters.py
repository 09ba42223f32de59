"""Filters of the queue of representatives. One meeting is always chosen; the other filters narrow its queue."""

from collections.abc import Iterator
from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from outbox.models import State as MailState
from registration.decisions import selecting
from registration.models import Representative, TicketRequest
from registration.models.representative import LET_IN, Gender, RepresentativeQuerySet, Selection, State
from speakers.admin.filters import MeetingFilter as AnyMeetingFilter
from speakers.admin.filters import NarrowingFilter
from speakers.models import Delegation, SpeakersList


class MeetingFilter(AnyMeetingFilter):
    """The meeting whose queue is shown: the one that staff are working on, unless another is chosen."""

    def offered(self) -> QuerySet[SpeakersList]:
        """The main list of each meeting, which stands for it."""
        return SpeakersList.objects.filter(slug="")

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.none() if self.meeting is None else queryset.filter(meeting=self.meeting)


class StateFilter(NarrowingFilter):
    """Shows the representatives to be decided on, unless other states are chosen."""

    title = _("state")
    parameter_name = "state"
    narrowings = {
        "active": (_("all active"), Q(state__in=[State.CONFIRMED, State.WAITLISTED, *LET_IN])),
        "waitlisted": (State.WAITLISTED.label, Q(state=State.WAITLISTED)),
        "offered": (_("offered a seat"), Q(offer_ends_at__isnull=False)),
        "let_in": (_("approved, including later states"), Q(state__in=LET_IN)),
        "declined": (State.DECLINED.label, Q(state=State.DECLINED)),
        "cancelled": (State.CANCELLED.label, Q(state=State.CANCELLED)),
        "any": (_("any state"), Q()),
    }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value():
            return super().queryset(request, queryset)
        return queryset.filter(state=State.CONFIRMED)

    def choices(self, changelist: Any) -> Iterator[Any]:
        first, *others = super().choices(changelist)
        yield {**first, "display": _("To be decided")}
        yield from others


def same_name(queryset: RepresentativeQuerySet) -> RepresentativeQuerySet:
    """Annotate `has_double`: does another active representative of the meeting have the same name?  R-49"""
    own, latin = OuterRef("name_key"), OuterRef("latin_key")
    is_same = Q(name_key=own) | Q(name_key=latin) | Q(latin_key=own) | (Q(latin_key=latin) & ~Q(latin_key=""))
    others = Representative.objects.active().filter(is_same, meeting=OuterRef("meeting"))
    return queryset.annotate(has_double=Exists(others.exclude(pk=OuterRef("pk"))))


def other_requests(queryset: RepresentativeQuerySet) -> RepresentativeQuerySet:
    """Annotate `has_other_request`: does the organization have another open request for the meeting?  R-46"""
    organization = OuterRef("request__organization")
    others = TicketRequest.objects.open().filter(meeting=OuterRef("meeting"), organization=organization)
    return queryset.annotate(has_other_request=Exists(others.exclude(pk=OuterRef("request"))))


class MarkFilter(NarrowingFilter):
    title = _("mark")
    parameter_name = "mark"
    narrowings = {
        "double": (_("same name as another"), Q(has_double=True)),
        "requests": (_("organization has another request"), Q(has_other_request=True)),
        "amended": (_("amended after approval"), Q(state=State.CONFIRMED, holds_seat=True)),
        "held": (_("mail to be released"), Q(decision__state=MailState.HELD)),
        "needs": (_("accessibility needs"), ~Q(accessibility="")),
        "lapsed": (_("did not answer an offer"), Q(lapsed_offers__gt=0)),
    }


class PassFilter(NarrowingFilter):
    title = _("grounds pass")
    parameter_name = "pass"
    narrowings = {"yes": (_("with"), Q(has_grounds_pass=True)), "no": (_("without"), Q(has_grounds_pass=False))}


class SpeakingFilter(NarrowingFilter):
    title = _("wish to speak")
    parameter_name = "speaking"
    narrowings = {
        "wish": (_("wishes to speak"), Q(wishes_to_speak=True)),
        "short_listed": (Selection.SHORT_LISTED.label, Q(selection=Selection.SHORT_LISTED)),
        "selected": (Selection.SELECTED.label, Q(selection=Selection.SELECTED)),
        "not_selected": (Selection.NOT_SELECTED.label, Q(selection=Selection.NOT_SELECTED)),
    }


class ThemeFilter(SimpleListFilter):
    """Shows those who wish to speak on a theme that staff named for the shown meeting, or on none yet.  R-56"""

    title = _("theme")
    parameter_name = "theme"
    # Values of the query parameter: no theme yet, and the prefix before the words of a theme, which may be anything.
    NONE, NAMED = "none", "is:"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin) -> Any:
        return []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterator[Any]:
        meeting = next(spec.meeting for spec in changelist.filter_specs if isinstance(spec, MeetingFilter))
        named = selecting.themes(meeting) if meeting else []
        offered = [(None, _("All")), (self.NONE, _("none yet")), *((f"{self.NAMED}{theme}", theme) for theme in named)]
        for value, label in offered:
            given = {self.parameter_name: value} if value else {}
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string(given, [] if value else [self.parameter_name]),
                "display": label,
            }

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or ""
        if chosen == self.NONE:
            return queryset.filter(wishes_to_speak=True, theme="")
        return queryset.filter(theme=chosen.removeprefix(self.NAMED)) if chosen.startswith(self.NAMED) else queryset


class StatusFilter(NarrowingFilter):
    title = _("consultative status")
    parameter_name = "status"
    narrowings = {
        value: (label, Q(request__consultative_status=value))
        for value, label in TicketRequest.ConsultativeStatus.choices
    }


class RegionFilter(NarrowingFilter):
    title = _("region")
    parameter_name = "region"
    narrowings = {
        **{
            value: (label, Q(request__organization__country__regional_group=value))
            for value, label in Delegation.RegionalGroup.choices
        },
        "international": (_("no single country"), Q(request__organization__country=None)),
    }


class GenderFilter(NarrowingFilter):
    title = _("gender, self-described")
    parameter_name = "gender"
    narrowings = {value or "none": (label, Q(gender=value)) for value, label in Gender.choices}
