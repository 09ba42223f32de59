"""The changelist of inscriptions: one meeting's list in speaking order, numbered by place.  R-16"""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import InvalidPage, Paginator
from django.http import HttpRequest
from django.utils.translation import gettext as _

from dialogue import moments
from speakers.admin.filters import MeetingFilter
from speakers.order import precedence


class SpeakingOrder(ChangeList):
    """Standing entries by place, then those without one by receipt.

    The place of an entry depends on the whole list, so the whole list is fetched once (one statement, one more for
    the bands), ordered by the rule, and only then narrowed to what filters and search found (one more, if any).
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = self._title()

    @property
    def meeting(self) -> Any:
        """The meeting whose list this is, or None."""
        chosen = next(spec for spec in self.filter_specs if isinstance(spec, MeetingFilter))
        return chosen.meeting

    def get_results(self, request: HttpRequest) -> None:
        rows = self._rows() if self.meeting else []
        self.paginator = Paginator(rows, self.list_per_page)
        self.result_count = self.full_result_count = len(rows)
        self.show_full_result_count, self.show_admin_actions = False, bool(rows)
        self.can_show_all = self.result_count <= self.list_max_show_all
        self.multi_page = self.result_count > self.list_per_page
        try:
            shown = self.paginator.page(self.page_num).object_list
        except InvalidPage:
            shown = self.paginator.page(1).object_list
        self.result_list = rows if self.show_all and self.can_show_all else shown

    def _rows(self):
        """The inscriptions to show, each with `place` (a `Place`, or None if it holds none)."""
        entries = self.meeting.speakers_list.inscriptions.select_related("delegation", "level")
        entries = list(entries.order_by("receipt_no"))
        standing = [entry for entry in entries if entry.is_standing]
        places = precedence.places(standing, precedence.Rules.of(self.meeting.speakers_list))
        for entry in entries:
            entry.place, entry.speakers_list = None, self.meeting.speakers_list
        for place in places:
            place.inscription.place = place
        found = self._found(entries)
        ordered = [place.inscription for place in places] + [entry for entry in entries if entry.place is None]
        return [entry for entry in ordered if entry.pk in found]

    def _found(self, entries):
        """The keys of the entries that filters and search leave; without either, no statement is needed."""
        if not self.query and not (set(self.filter_params) - {MeetingFilter.parameter_name}):
            return {entry.pk for entry in entries if entry.is_active}
        return set(self.queryset.order_by().values_list("pk", flat=True))

    def _title(self):
        if self.meeting is None:
            return _("No meeting yet")
        facts = {"meeting": self.meeting, "zone": moments.zone_in_words(self.meeting.time_zone)}
        return _("List of speakers: %(meeting)s. Times are %(zone)s.") % facts
