"""The changelist of inscriptions: one meeting's list in speaking order, numbered by place.  R-16"""

from collections.abc import Callable
from operator import attrgetter
from typing import Any, NamedTuple

from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.core.paginator import InvalidPage, Paginator
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue import moments
from languages.collation import sort_key
from speakers import lists
from speakers.admin.columns import marks_of, row_of
from speakers.admin.filters import MeetingFilter
from speakers.models import SpeakersList
from speakers.models.entry import EntryAtTheDesk
from speakers.order import precedence


class Column(NamedTuple):
    """A column of the list: its heading, and by what rows are sorted; without, they stand in speaking order."""

    heading: str | Promise
    sorted_by: Callable[[EntryAtTheDesk], Any] | None = None


# By the name that the address of the page has for each.
COLUMNS = {
    "place": Column(gettext_lazy("Place")),
    "delegation": Column(gettext_lazy("Delegation"), lambda entry: sort_key(str(entry.delegation))),
    "level": Column(gettext_lazy("Level"), lambda entry: (entry.precedence_class, entry.level)),
    "speaker": Column(gettext_lazy("Speaker"), lambda entry: (not entry.speaker_name, sort_key(entry.speaker_name))),
    "receipt": Column(gettext_lazy("Receipt"), attrgetter("receipt_no")),
    "arrived": Column(gettext_lazy("Arrived"), attrgetter("arrived_at", "receipt_no")),
    "marks": Column(gettext_lazy("Marks"), lambda entry: _marked_first(marks_of(entry, beside_the_speaker=True))),
}


def _marked_first(marks):
    return (not marks, marks)


class Heading(NamedTuple):
    """The heading of a column as the page shows it: `address` sorts by it; `direction` says how it is sorted now."""

    name: str
    words: str
    address: str
    direction: str


class SpeakingOrder(ChangeList):
    """Standing entries by place, then those without one by receipt; or by another column, each with its place.

    The place of an entry depends on the whole list, so the whole list is read once (one statement), ordered by the
    rule, and only then narrowed to what filters and search found (one more, if any). The rows are put into words here,
    and only those of the page that is shown.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = self._title()

    @property
    def meeting(self) -> Any:
        """The meeting whose list this is, or None."""
        chosen = next(spec for spec in self.filter_specs if isinstance(spec, MeetingFilter))
        return chosen.meeting

    @property
    def chosen(self) -> str:
        """How the addresses of other pages name this list."""
        return lists.choice_of(self.meeting.speakers_list)

    @property
    def filters_kept(self) -> str:
        """What the address of an entry ends with, so that its page leads back to this list as it is."""
        return f"?{self.preserved_filters}" if self.preserved_filters else ""

    def get_results(self, request: HttpRequest) -> None:
        entries = self._entries() if self.meeting else []
        self.paginator = Paginator(entries, self.list_per_page)
        self.result_count = self.full_result_count = len(entries)
        self.show_full_result_count, self.show_admin_actions = False, bool(entries)
        self.can_show_all = self.result_count <= self.list_max_show_all
        self.multi_page = self.result_count > self.list_per_page
        try:
            page = self.paginator.page(self.page_num).object_list
        except InvalidPage:
            page = self.paginator.page(1).object_list
        shown = entries if self.show_all and self.can_show_all else page
        self.result_list = [row_of(entry, place, self.meeting) for entry, place in shown]

    def _entries(self):
        """The entries to show, each with the number of its place, or None if it holds none."""
        speakers_list = self.meeting.speakers_list
        entries = speakers_list.inscriptions.at_the_desk()
        places, others = at_their_places(entries, speakers_list)
        ordered = [(place.inscription, place.number) for place in places] + [(entry, None) for entry in others]
        found = self._found(entries)
        shown = [(entry, place) for entry, place in ordered if entry.pk in found]
        name, is_backwards = self._sorted_by()
        if by := COLUMNS[name].sorted_by:
            return sorted(shown, key=lambda pair: by(pair[0]), reverse=is_backwards)
        return shown[::-1] if is_backwards else shown

    def _sorted_by(self):
        """The column that the address of the page names, and whether it is sorted backwards; the place without."""
        named = self.params.get(ORDER_VAR, "")
        name = named.removeprefix("-")
        return (name, name != named) if name in COLUMNS else ("place", False)

    @property
    def headings(self) -> list[Heading]:
        """The headings of the columns, in their order."""
        return [self._heading(name, *self._sorted_by()) for name in COLUMNS]

    def _heading(self, name, sorted_by, is_backwards):
        is_sorted, words = name == sorted_by, str(COLUMNS[name].heading)
        if name == "arrived" and self.meeting:
            zone = moments.zone_in_words(self.meeting.time_zone)
            words = _("%(arrived)s (%(zone)s)") % {"arrived": words, "zone": zone}
        chosen = f"-{name}" if is_sorted and not is_backwards else name
        address = self.get_query_string({ORDER_VAR: chosen}, [PAGE_VAR])
        direction = ("descending" if is_backwards else "ascending") if is_sorted else ""
        return Heading(name, words, address, direction)

    def _found(self, entries):
        """The keys of the entries that filters and search leave; without either, no statement is needed."""
        if not self.query and not (set(self.filter_params) - {MeetingFilter.parameter_name}):
            return {entry.pk for entry in entries if entry.is_active}
        return set(self.queryset.order_by().values_list("pk", flat=True))

    def _title(self):
        if self.meeting is None:
            return _("No meeting yet")
        return _("List of speakers: %(meeting)s") % {"meeting": self.meeting.speakers_list}


def at_their_places(entries: Any, speakers_list: SpeakersList) -> tuple[list[precedence.Place], list[EntryAtTheDesk]]:
    """Those of the `entries` of `speakers_list` that stand, as `Place`s; and the others, by receipt."""
    standing = [entry for entry in entries if entry.is_standing]
    others = [entry for entry in entries if not entry.is_standing]
    places = precedence.places(standing, precedence.Rules.of(speakers_list))
    return places, sorted(others, key=attrgetter("receipt_no"))
