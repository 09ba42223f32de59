"""The terms of a list, on the page of its meeting: dates of inscription, order, limits.  R-04 R-21 R-36 R-65"""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.base import Rows, WholeForm
from dialogue.models import Meeting
from speakers import list_state
from speakers.admin.sittings import SittingsField
from speakers.admin.term_rows import LevelRows, LimitRows
from speakers.models import Band, Level, SpeakersList
from speakers.models.speakers_list import HIGHEST_RANK, usual_ranks
from spelling.listing import in_a_row

READ_ONLY = ["deadline", "heard_in_words", "ranks_in_words"]
WHO_AND_HOW = ["closes_when_announced", "open_to", "seats_by_selection"]
# Fields of the terms that are fixed; the ranks of the bands and the sittings are then shown in words.
FIXED = [*WHO_AND_HOW, "policy", "level_before_band"]
FOLDED = {"classes": ["collapse"]}
RANKS = {code: f"rank_{code}" for code in Band.values}


class ListForm(WholeForm):
    """The form of a list: the terms that may be changed at any time.

    Of a stored one it stores what was typed alone: meanwhile others may have counted.
    """

    limits = LimitRows(
        label=_("Limits by band and level"),
        required=False,
        help_text=_(
            "They hold before those above, the most specific one first: a level in a band, a level, a band. An empty "
            "limit and row are left out."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "limits" in self.fields:
            cast(LimitRows, self.fields["limits"]).offer(Level.of_list(self.instance))

    def save(self, commit: bool = True) -> Any:
        if not (commit and self.instance.pk):
            return super().save(commit)
        self.instance.save(update_fields=typed_fields(self))
        return self.instance


def typed_fields(form: Any) -> list[str]:
    """The fields of the list in `form` that were typed; the ranks of the bands are one."""
    stored = {field.name for field in SpeakersList._meta.fields}
    return sorted({"ranks" if name in RANKS.values() else name for name in form.changed_data} & stored)


class TermsForm(ListForm):
    """The terms of one list; each band has a field for its rank."""

    own_levels = LevelRows(
        label=_("Levels of this list"),
        required=False,
        help_text=_(
            "Levels of one class have equal standing. If left empty, the list has all levels of the table, with their "
            "classes. They are fixed when the list opens; an empty row is left out."
        ),
    )

    heard_in = SittingsField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "own_levels" in self.fields:
            cast(LevelRows, self.fields["own_levels"]).offer(Level.objects.all())
        ranks = self.instance.ranks or usual_ranks()
        if "heard_in" in self.fields and self.instance.meeting_id:
            cast(SittingsField, self.fields["heard_in"]).offer(self.instance.meeting)
        for code, field in RANKS.items():
            if field in self.fields:
                self.initial[field] = self.fields[field].initial = ranks[code]
                self.fields[field].label = capfirst(Band(code).label)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if all(field in typed for field in RANKS.values()):
            self.instance.ranks = {code: typed[field] for code, field in RANKS.items()}
        return typed


# The form with a field for the rank of each band.
RankedForm: Any = type(
    "TermsForm",
    (TermsForm,),
    {field: forms.IntegerField(min_value=1, max_value=HIGHEST_RANK) for field in RANKS.values()},
)


def fixed_fields(speakers_list: SpeakersList, at: datetime) -> list[str]:
    """The fields of `speakers_list` that its page only shows at the meeting's moment `at`.  R-21 R-61"""
    opening = ["opens_at"] if speakers_list.has_opened(at) else []
    return [*opening, *FIXED] if speakers_list.has_fixed_terms(at) else []


def fieldsets_of(*, is_fixed: bool, is_new: bool, shows_sittings: bool = True) -> list[Any]:
    """The terms of a list on a page. The deadline is a field of a new list only; later, an act changes it."""
    sittings = ["heard_in_words" if is_fixed else "heard_in"] if shows_sittings else []
    return [
        (
            None,
            {
                "description": _(
                    "The clock alone opens and closes the list. To move the deadline, to close or to reopen the "
                    "list, use the buttons at the top: they ask for a reason and notify the delegations."
                ),
                "fields": ["opens_at", "closes_at" if is_new else "deadline", *WHO_AND_HOW, *sittings],
            },
        ),
        (
            _("Order and time at the rostrum"),
            {
                **FOLDED,
                "description": _(
                    "Customary protocol puts bands first, then the level of the speaker, then the order of "
                    "receipt. The order is fixed when the list opens; after that, the button at the top changes "
                    "it, with a reason that all inscribed delegations read. Write limits as hours:minutes:seconds."
                ),
                "fields": [
                    "policy",
                    "level_before_band",
                    "swaps_need_approval",
                    "takes_videos",
                    "national_limit",
                    "group_limit",
                    "civil_society_limit",
                    "limits",
                ],
            },
        ),
        *_ranks_and_levels(is_fixed),
        (_("What the public sees"), {"fields": ["shows_speaker_names"]}),
    ]


def _ranks_and_levels(is_fixed):
    """Levels of its own are chosen before the terms are fixed; its page shows no others later."""
    words = _("The band with the lowest rank speaks first.")
    fields = ["ranks_in_words"] if is_fixed else list(RANKS.values())
    ranks = (_("Ranks of the bands"), {**FOLDED, "description": words, "fields": fields})
    levels = (_("Levels of representation"), {**FOLDED, "fields": ["own_levels"]})
    return [ranks] if is_fixed else [ranks, levels]


class TermsShown:
    """The terms of a list on a page of the secretariat: what is only read there, in words."""

    @admin.display(description=_("deadline"))
    def deadline(self, speakers_list: SpeakersList) -> str:
        return list_state.closing_in_words(speakers_list)

    @admin.display(description=_("heard in"))
    def heard_in_words(self, speakers_list: SpeakersList) -> str | Promise:
        return speakers_list.sittings_in_words or _("all sittings")

    @admin.display(description=_("ranks of the bands"))
    def ranks_in_words(self, speakers_list: SpeakersList) -> str:
        ranks = sorted(speakers_list.ranks.items(), key=lambda item: item[1])
        return in_a_row(f"{rank} {Band(code).label}" for code, rank in ranks)


class TermsInline(TermsShown, Rows, admin.StackedInline):
    """The terms of the main list. What is fixed when the list opens is changed from then on by an act.  R-21"""

    model = SpeakersList
    form: Any = RankedForm
    extra = 0
    min_num = max_num = at_most = 1
    validate_min = True
    verbose_name = verbose_name_plural = _("list of speakers")

    @staticmethod
    def in_short(speakers_list: SpeakersList, meeting: Meeting) -> str:
        """When inscription opens and closes, and the order."""
        words = _("from %(opening)s until %(closing)s; %(order)s")
        dates = {"opening": speakers_list.opens_at, "closing": speakers_list.closes_at}
        facts = {name: moments.in_words(at, meeting) for name, at in dates.items()}
        return str(words % {**facts, "order": speakers_list.get_policy_display()})

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(slug="")

    def get_formset(self, request: HttpRequest, obj: Meeting | None = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **kwargs | ({"form": ListForm} if _is_fixed(obj) else {}))

    def get_fieldsets(self, request: HttpRequest, obj: Meeting | None = None) -> Any:
        """A meeting that is new has no sittings to choose from, and no other lists."""
        shown = fieldsets_of(is_fixed=_is_fixed(obj), is_new=obj is None, shows_sittings=obj is not None)
        return [*shown, (_("Other lists of this meeting"), {"fields": ["others"]})] if obj else shown

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[str]:
        fixed = fixed_fields(obj.speakers_list, obj.moment(clock.now())) if obj else []
        return [*READ_ONLY, "others", *fixed]

    @admin.display(description=_("lists"))
    def others(self, speakers_list: SpeakersList) -> str:
        """Links to the lists beside the main one, each of which has a page, and to a new one.  R-62"""
        meeting = speakers_list.meeting
        found = meeting.lists.exclude(slug="")
        links = [(reverse("admin:speakers_speakerslist_change", args=[each.pk]), each.title) for each in found]
        add = reverse("admin:speakers_speakerslist_add", query={"meeting": meeting.pk})
        return format_html_join(" · ", '<a href="{}">{}</a>', [*links, (add, _("Add a list"))])


def _is_fixed(meeting):
    return meeting is not None and meeting.speakers_list.has_fixed_terms(meeting.moment(clock.now()))


@admin.display(description=_("deadline"))
def deadline(meeting: Meeting) -> str:
    """The deadline of the main list of `meeting`, as a column of the list of meetings."""
    return list_state.closing_in_words(meeting.speakers_list)


@admin.display(description=_("list of speakers"))
def state_of_list(meeting: Any) -> str | Promise:
    """Whether the main list of `meeting` is open, as a column of the list of meetings."""
    at = meeting.moment(meeting.read_at)
    if meeting.speakers_list.accepts_inscriptions(at):
        return _("open")
    return _("not open yet") if at < meeting.speakers_list.opens_at else _("closed")
