"""The journal in sentences, by day, in the meeting's zone: what was done this morning is one look.  R-01 R-58

The journal itself (`journal/admin.py`) knows rows; whom they are about is known here.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue import moments
from journal.admin import EntryAdmin
from journal.models import Entry
from journal.position import payload_of
from speakers import chronicle
from speakers.admin import journal_filters as filters


class Line(NamedTuple):
    """One act: the `time` of day to be read under its day, what was done and why, by whom, and on which list."""

    pk: int
    day: str
    time: str
    what: str
    why: str
    who: str
    where: str


class Chronicle(ChangeList):
    """The acts that were found, latest first, as lines under their days."""

    @property
    def days(self) -> list[tuple[str, list[Line]]]:
        """Each day that has acts, in words with the zone, with its lines."""
        lines = told(list(self.result_list), self.scope)
        return [(day, list(found)) for day, found in groupby(lines, key=lambda line: line.day)]

    @property
    def boxes(self) -> list[tuple[Any, list[Any]]]:
        """Each filter with its choices, as a box of the form above the lines."""
        return [(spec, list(spec.choices(self))) for spec in self.filter_specs]

    def get_queryset(self, *args: Any, **kwargs: Any) -> Any:
        """The acts to be told, each once; one that is looked for by its witness is always found."""
        is_looked_for = Q(hash__startswith=self.query or "none")
        return super().get_queryset(*args, **kwargs).exclude(chronicle.TOLD_OF_THE_TURN & ~is_looked_for)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.scope = filters.Scope.of(request)
        super().__init__(request, *args, **kwargs)


def told(entries: list[Entry], scope: filters.Scope) -> Iterable[Line]:
    """The `entries` as lines, each in the zone of its meeting if one meeting is shown, and in UTC otherwise."""
    names = chronicle.names_of_subjects(entries)
    is_one_of_several = len({each.meeting_id for each in scope.lists.values()}) < len(scope.lists)
    titles = {each.journal_stream: each for each in scope.lists.values()}
    for entry in entries:
        payload, speakers_list = payload_of(entry), titles.get(entry.stream)
        is_named = speakers_list and (scope.meeting is None or (is_one_of_several and speakers_list.slug))
        yield Line(
            pk=entry.pk,
            day=_day(entry.at, scope),
            time=_time(entry.at, scope),
            what=chronicle.told(entry, names),
            why=chronicle.why(payload) if payload else "",
            who=payload.actor_name if payload else _("erased"),
            where=str(speakers_list) if is_named else "",
        )


def _day(at, scope):
    zone = scope.meeting.time_zone if scope.meeting else "UTC"
    facts = {"weekday": moments.shown(at, scope.zone, "l"), "date": moments.shown(at, scope.zone, "DATE_FORMAT")}
    if timezone.localtime(at, scope.zone).date() == scope.today.date():
        return _("Today, %(weekday)s, %(date)s (%(zone)s)") % {**facts, "zone": moments.zone_in_words(zone)}
    return _("%(weekday)s, %(date)s (%(zone)s)") % {**facts, "zone": moments.zone_in_words(zone)}


def _time(at, scope):
    return moments.shown(at, scope.zone, "TIME_FORMAT")


@admin.register(Entry)
class ChronicleAdmin(EntryAdmin):
    """The page that tells the acts; each line leads to what the chain holds of it."""

    list_filter = [
        filters.WhoseFilter,
        filters.WhenFilter,
        filters.WhoFilter,
        filters.DelegationFilter,
        filters.KindFilter,
    ]
    list_per_page = 200
    list_max_show_all = 0
    search_help_text = gettext_lazy("Act, subject, person, reason, or the beginning of a witness.")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return Chronicle

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("What was done"), **(extra_context or {})})
