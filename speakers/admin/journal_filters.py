"""The filters of the journal's page: whose acts, when, by whom, about whom, of which kind.  R-58"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib.admin import SimpleListFilter
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

import clock
from dialogue.models import Meeting
from journal import act_words, actors
from languages.collation import in_order
from speakers import chronicle, lists
from speakers.admin.filters import current_meeting
from speakers.models import Delegation, Inscription, Interest, LateRequest, SpeakersList, called_on

SITE, ALL = "site", "all"
# The chain of acts that belong to no single meeting.
STREAM_OF_SITE = "secretariat"
ROLES = {
    "staff": (_("the secretariat"), [actors.STAFF]),
    "delegations": (_("delegations"), [actors.FOCAL_POINT, actors.UNVERIFIED_PERSON]),
    "system": (_("the system itself"), [actors.SYSTEM.role]),
}


class AddressForm(forms.Form):
    """What the address of the page says of whose acts are shown."""

    meeting = forms.CharField(required=False)
    q = forms.CharField(required=False)


@dataclass(frozen=True)
class Scope:
    """Whose acts are shown: those of a meeting or of one of its lists, of the site, or all; read once per request."""

    choice: str
    lists: dict[str, SpeakersList]
    at: datetime

    @classmethod
    def of(cls, request: Any) -> "Scope":
        """The scope that the address of the page names; without one, the meeting staff work on now.

        A search that names no meeting goes through everything.
        """
        if not hasattr(request, "journal_scope"):
            request.journal_scope = cls._read(AddressForm(request.GET))
        return request.journal_scope

    @classmethod
    def _read(cls, form):
        form.full_clean()
        found = {lists.choice_of(each): each for each in SpeakersList.objects.all()}
        at, named = clock.now(), form.cleaned_data.get("meeting", "")
        if named not in {SITE, ALL, *found}:
            mains = [each.meeting for each in found.values() if not each.slug]
            now = None if form.cleaned_data.get("q") else current_meeting(mains, at)
            named = str(now.pk) if now else ALL
        return cls(named, found, at)

    @property
    def meeting(self) -> Meeting | None:
        """The meeting whose acts are shown, or None."""
        return self.lists[self.choice].meeting if self.choice in self.lists else None

    @property
    def zone(self) -> ZoneInfo | Any:
        """The zone in which the page tells the time: that of its meeting, otherwise UTC.  R-01"""
        return self.meeting.zone if self.meeting else timezone.get_default_timezone()

    @property
    def condition(self) -> Q:
        """The chains that are shown: a meeting's own one and those of all its lists, or that of one list."""
        if self.choice == ALL:
            return Q()
        if self.choice == SITE:
            return Q(stream=STREAM_OF_SITE)
        chosen = self.lists[self.choice]
        others = Q() if chosen.slug else Q(stream__startswith=f"{chosen.meeting.journal_stream}/")
        return Q(stream=chosen.journal_stream) | others

    @property
    def today(self) -> datetime:
        """The midnight at which the present day of the meeting began, in its zone."""
        now = self.meeting.moment(self.at) if self.meeting else self.at
        return timezone.localtime(now, self.zone).replace(hour=0, minute=0, second=0, microsecond=0)


class WhoseFilter(SimpleListFilter):
    """The meeting, one of its lists, the site itself, or everything."""

    title = _("meeting or list")
    parameter_name = "meeting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        self.scope = Scope.of(request)
        meetings = [(choice, _title(each)) for choice, each in self.scope.lists.items()]
        return [*meetings, (SITE, _("The site and its accounts")), (ALL, _("Everything"))]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for value, label in self.lookup_choices:
            yield {"value": value, "selected": value == self.scope.choice, "display": label}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(self.scope.condition)


def _title(speakers_list):
    """The meeting for the main list, which has the acts of the meeting itself beside it; or the list by its name."""
    return str(speakers_list) if speakers_list.slug else str(speakers_list.meeting)


class ChoiceFilter(SimpleListFilter):
    """A filter that is shown as a box of choices, of which none is chosen at first."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        self.scope = Scope.of(request)
        return self.offered(model_admin)

    def offered(self, model_admin: Any) -> list[tuple[str, Any]]:
        """The choices, as pairs of a value and a label."""
        raise NotImplementedError

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterator[Any]:
        for value, label in [("", _("any")), *self.lookup_choices]:
            yield {"value": value, "selected": value == (self.value() or ""), "display": label}


class WhenFilter(ChoiceFilter):
    """Days and half days of the meeting's zone, up to noon or from noon on.  R-01"""

    title = _("when")
    parameter_name = "when"

    def offered(self, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("today", _("today")),
            ("morning", _("this morning")),
            ("afternoon", _("this afternoon")),
            ("yesterday", _("yesterday")),
            ("week", _("the last seven days")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = self.scope.today
        noon, day = today.replace(hour=12), timedelta(days=1)
        spans = {
            "today": (today, today + day),
            "morning": (today, noon),
            "afternoon": (noon, today + day),
            "yesterday": (today - day, today),
            "week": (today - 6 * day, today + day),
        }
        span = spans.get(self.value() or "")
        return queryset.filter(at__gte=span[0], at__lt=span[1]) if span else queryset


class WhoFilter(ChoiceFilter):
    """A person of the secretariat, by the name that the journal has; or the secretariat, delegations, the system."""

    title = _("who")
    parameter_name = "who"

    def offered(self, model_admin: Any) -> list[tuple[str, Any]]:
        of_staff = model_admin.model.objects.filter(self.scope.condition, actor_role=actors.STAFF)
        names = of_staff.order_by("payload__actor_name").values_list("payload__actor_name", flat=True).distinct()
        roles = [(role, label) for role, (label, _roles) in ROLES.items()]
        return [*roles, *((f"name:{name}", name) for name in in_order(names) if name)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        who = self.value() or ""
        if who in ROLES:
            return queryset.filter(actor_role__in=ROLES[who][1])
        name = who.removeprefix("name:")
        return queryset.filter(actor_role=actors.STAFF, payload__actor_name=name) if name != who else queryset


class DelegationFilter(ChoiceFilter):
    """A delegation that stands, stood or asked to stand on the lists at hand, by its name at the meeting's date."""

    title = _("delegation")
    parameter_name = "delegation"

    def offered(self, model_admin: Any) -> list[tuple[str, Any]]:
        if self.scope.meeting is None:
            return [(each.code, each) for each in in_order(Delegation.objects.all())]
        of_meeting = {"delegation": OuterRef("pk"), "speakers_list__meeting": self.scope.meeting}
        filed = [Exists(model.objects.filter(**of_meeting)) for model in (Inscription, LateRequest, Interest)]
        found = Delegation.objects.filter(filed[0] | filed[1] | filed[2])
        return [(each.code, each) for each in in_order(called_on(found, self.scope.meeting.starts_on))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        delegation = next((each for code, each in self.lookup_choices if code == self.value()), None)
        return queryset.filter(subject__in=chronicle.subjects_of(delegation)) if delegation else queryset.none()


class KindFilter(ChoiceFilter):
    """The kinds that the apps name, see `journal/act_words.py`."""

    title = _("kind")
    parameter_name = "kind"

    def offered(self, model_admin: Any) -> list[tuple[str, Any]]:
        return [(key, label) for key, (label, _acts) in act_words.kinds().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        _label, acts = act_words.kinds().get(self.value() or "", ("", None))
        return queryset if acts is None else queryset.filter(act__in=acts)
