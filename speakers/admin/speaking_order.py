"""The changelist of inscriptions: one meeting's list in speaking order, numbered by place.  R-16"""

from operator import attrgetter
from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import InvalidPage, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dialogue import moments
from speakers import lists
from speakers.admin.columns import row_of
from speakers.admin.filters import MeetingFilter
from speakers.models import SpeakersList
from speakers.models.entry import EntryAtTheDesk
from speakers.order import precedence


class SpeakingOrder(ChangeList):
    """Standing entries by place, then those without one by receipt.

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
        return [(entry, place) for entry, place in ordered if entry.pk in found]

    def _found(self, entries):
        """The keys of the entries that filters and search leave; without either, no statement is needed."""
        if not self.query and not (set(self.filter_params) - {MeetingFilter.parameter_name}):
            return {entry.pk for entry in entries if entry.is_active}
        return set(self.queryset.order_by().values_list("pk", flat=True))

    def _title(self):
        if self.meeting is None:
            return _("No meeting yet")
        facts = {"meeting": self.meeting.speakers_list, "zone": moments.zone_in_words(self.meeting.time_zone)}
        return _("List of speakers: %(meeting)s. Times are %(zone)s.") % facts


def at_their_places(entries: Any, speakers_list: SpeakersList) -> tuple[list[precedence.Place], list[EntryAtTheDesk]]:
    """Those of the `entries` of `speakers_list` that stand, as `Place`s; and the others, by receipt."""
    standing = [entry for entry in entries if entry.is_standing]
    others = [entry for entry in entries if not entry.is_standing]
    places = precedence.places(standing, precedence.Rules.of(speakers_list))
    return places, sorted(others, key=attrgetter("receipt_no"))
