"""The page of a meeting: its facts, sittings, contacts, note and documents."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.acting import Act
from dialogue.admin.base import Labelled, Rows
from dialogue.admin.beginning import WithBeginnings
from dialogue.admin.note import DocumentInline, SectionInline
from dialogue.admin.together import SittingInline, SlotInline
from dialogue.admin.whole import CheckedWhole
from dialogue.consistency import ENDS_A_SITTING, InFull, Objection, address_of, in_full
from dialogue.models import Contact, Document, Meeting
from dialogue.models.meeting import time_zones

Links = Callable[[Meeting, Any], Iterable[tuple[Any, str]]]
ENDS = " ".join(ENDS_A_SITTING)
# How many of the last meetings the page of a new one offers to copy.
MOST_COPIED = 5


class ContactInline(Labelled, Rows, admin.TabularInline):
    model = Contact
    extra = 0
    fields = ["role", "name", "office", "email", "telephone", "notices", "position"]


class ZoneForm(forms.Form):
    """The zone that is typed for a new meeting."""

    time_zone = forms.ChoiceField(choices=[(name, name) for name in sorted(time_zones())])


def doubtful(meeting: Meeting) -> list[Document]:
    """The documents of `meeting` about which something is odd."""
    return [document for document in meeting.documents.all() if document.doubt]


@admin.register(Meeting)
class MeetingAdmin(WithBeginnings, CheckedWhole):
    """Facts are edited here. Other apps offer what they keep of a meeting, see `offer`."""

    list_display_links = ["name"]
    search_fields = ["slug", "title"]
    inlines = [SittingInline, SlotInline, ContactInline, SectionInline, DocumentInline]
    readonly_fields = ["programme"]
    offered_columns: tuple[Any, ...] = ()
    offered_inlines: tuple[Any, ...] = ()
    read_with: tuple[str, ...] = ()
    links: tuple[Links, ...] = ()
    copying: Act | None = None
    fieldsets = [
        (
            _("The meeting"),
            {
                "description": _("What it is about. English is enough; the other languages are folded away."),
                "fields": ["title", "theme", "convened_by", "venue", "has_several_rooms"],
            },
        ),
        (
            _("The letter"),
            {
                "description": _(
                    "The invitation as its page prints it. What stands around its text may be left empty."
                ),
                "fields": [
                    "letter_from",
                    "letter_dated_on",
                    "letter_salutation",
                    "invitation",
                    "letter_closing",
                    "letter_signature",
                    "letter_addressees",
                ],
            },
        ),
        (
            _("When"),
            {
                "description": _("Dates and times are entered and shown in the meeting’s own time zone."),
                "fields": ["slug", "time_zone", "starts_at", "ends_at", "floor_opens_at", "programme"],
            },
        ),
        (
            _("What the public sees"),
            {
                "description": _("Only staff see a meeting that is not published."),
                "fields": ["is_published"],
            },
        ),
        (
            _("Personal data"),
            {
                "description": _(
                    "Every night, data that are due are erased everywhere: contacts, requests for tickets, mail, "
                    "personal data in the journal, files. Who spoke, what was published, and all counts are kept."
                ),
                "fields": ["personal_data_days", "declined_data_days"],
            },
        ),
    ]

    @classmethod
    def offer(
        cls,
        *,
        acts: Iterable[Act] = (),
        beginnings: Iterable[Act] = (),
        copying: Act | None = None,
        inlines: Iterable[Any] = (),
        columns: Iterable[Any] = (),
        read_with: Iterable[str] = (),
        links: Links | None = None,
        check_whole: Callable[[InFull], Iterable[Objection]] | None = None,
    ) -> None:
        """Show on the page of a meeting what another app offers there; it calls this once, where its pages register.

        `acts` are buttons; `copying` is one of them that makes a new meeting, and `beginnings` are other ways to.
        `inlines` stand before those of the meeting, `columns` are functions of a meeting for the list of meetings, and
        `read_with` names the relations that these need, fetched for the whole page. `links(meeting, user)` are the
        pages of a meeting that the user may open, as pairs of words and an address. `check_whole` is asked about a
        meeting, with all that belongs to it, instead of this app's own check.
        """
        cls.acts += tuple(acts)
        cls.beginnings += tuple(beginnings)
        cls.copying = copying or cls.copying
        cls.offered_inlines += tuple(inlines)
        cls.offered_columns += tuple(columns)
        cls.read_with += tuple(read_with)
        cls.links += (links,) if links else ()
        if check_whole:
            cls.check_whole = staticmethod(check_whole)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whether it is a rehearsal is a field of a new meeting only."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        when = ["slug", "time_zone", "is_rehearsal", "starts_at", "ends_at", "floor_opens_at"]
        return [
            (name, options | ({"fields": when} if "slug" in options["fields"] else {})) for name, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[str]:
        """The address and the zone of a meeting stay as they are: its journal and all its moments depend on them."""
        return self.readonly_fields if obj is None else [*self.readonly_fields, "slug", "time_zone"]

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return ["name", "starts", *self.offered_columns, "is_published", "is_rehearsal"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        """Each meeting with the moment at which it is read, as its columns need it."""
        meetings = super().get_queryset(request).annotate(read_at=clock.as_expression())
        return meetings.prefetch_related(*self.read_with)

    def get_inlines(self, request: HttpRequest, obj: Meeting | None) -> list[Any]:
        return [*self.offered_inlines, *self.inlines]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a new meeting: from what it can be made, and what will be asked before it can be published."""
        more = {"wanting": self._wanting(Meeting()), "beginnings": self._beginnings(request), "ends_a_sitting": ENDS}
        return super().add_view(request, form_url, more | (extra_context or {}))

    def _beginnings(self, request):
        """The templates, and the meetings held last, each to be copied."""
        found, copying = self.beginnings_for(request), self.copying
        if copying and request.user.has_perm(copying.permission):
            found += [
                {
                    "label": _("Copy “%(meeting)s”") % {"meeting": meeting},
                    "guidance": moments.days_in_words(meeting),
                    "address": self.act_address(copying, meeting),
                }
                for meeting in Meeting.objects.all()[:MOST_COPIED]
            ]
        return found

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page, with what is missing or contradicts itself, each with where to mend it, and with what is odd."""
        meeting = self.get_object(request, object_id)
        wanting = self._wanting(meeting) if meeting else []
        found = self._links(meeting, request.user) if meeting else []
        odd = [document.doubt for document in doubtful(meeting)] if meeting else []
        more = {"wanting": wanting, "odd": odd, "links": found, "ends_a_sitting": ENDS}
        return super().change_view(request, object_id, form_url, more | (extra_context or {}))

    def _wanting(self, meeting):
        found = self.check_whole(in_full(meeting))
        return [{"words": each.words, "address": address_of(each, meeting)} for each in found]

    def save_model(self, request: HttpRequest, obj: Meeting, form: Any, change: bool) -> None:
        """Store what was typed alone: meanwhile the room may have come to hear another list."""
        obj.save(update_fields=form.changed_data if change else None)

    def save_related(self, request: HttpRequest, form: Any, formsets: list[Any], change: bool) -> None:
        """Save the rows too, and say what is odd about the documents; it is saved all the same."""
        super().save_related(request, form, formsets, change)
        if any(formset.model is Document and formset.has_changed() for formset in formsets):
            for document in doubtful(form.instance):
                messages.warning(request, document.doubt)

    def _links(self, meeting, user):
        """The pages of `meeting` that `user` may open: those of other apps, its mail, its public page."""
        found = [link for links in self.links for link in links(meeting, user)]
        if user.has_perm("outbox.view_message"):
            found.append((_("Mail"), reverse("admin:outbox_message_changelist", query={"about": meeting.slug})))
        return [*found, (_("Public page"), meeting.get_absolute_url())] if meeting.is_published else found

    def meeting_of(self, obj: Meeting) -> Meeting:
        return obj

    def zone_of(self, request: HttpRequest, obj: Meeting | None) -> ZoneInfo:
        """The meeting's own zone; for a new meeting the zone that is typed, so that its moments are read in it."""
        form = ZoneForm(request.POST)
        typed = form.cleaned_data["time_zone"] if form.is_valid() else "America/New_York"
        return (obj or Meeting(time_zone=typed)).zone

    def stream_of(self, obj: Meeting) -> str:
        return obj.journal_stream

    def moment_of(self, obj: Meeting) -> datetime:
        return obj.moment(clock.now())

    @admin.display(description=_("meeting"), ordering="title")
    def name(self, meeting: Meeting) -> str:
        return str(meeting)

    @admin.display(description=_("starts"), ordering="starts_at")
    def starts(self, meeting: Meeting) -> str:
        return moments.in_words(meeting.starts_at, meeting)

    @admin.display(description=_("programme"))
    def programme(self, meeting: Meeting) -> str:
        address = reverse("admin:dialogue_programmeslot_changelist") + f"?meeting__id__exact={meeting.pk}"
        return format_html('<a href="{}">{}</a>', address, _("Open the programme of this meeting"))
