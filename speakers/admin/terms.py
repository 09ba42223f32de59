"""The terms of a list, on the page of its meeting: dates of inscription, order, limits.  R-04 R-21 R-36 R-65"""

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.base import NeverDeleted, WholeForm
from dialogue.models import Meeting
from speakers.admin.term_rows import LevelRows, LimitRows
from speakers.models import Band, Level, SpeakersList
from speakers.models.speakers_list import HIGHEST_RANK, usual_ranks

RANKS = {code: f"rank_{code}" for code in Band.values}


class OpenedForm(WholeForm):
    """The terms of one list that may be changed at any time."""

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


class TermsForm(OpenedForm):
    """The terms of one list; each band has a field for its rank."""

    own_levels = LevelRows(
        label=_("Levels of this list"),
        required=False,
        help_text=_(
            "Levels of one class have equal standing. If left empty, the list has all levels of the table, with their "
            "classes. They are fixed when the list opens; an empty row is left out."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "own_levels" in self.fields:
            cast(LevelRows, self.fields["own_levels"]).offer(Level.objects.all())
        ranks = self.instance.ranks or usual_ranks()
        for code, field in RANKS.items():
            if field in self.fields:
                self.initial[field] = self.fields[field].initial = ranks[code]
                self.fields[field].label = capfirst(Band(code).label)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if all(field in typed for field in RANKS.values()):
            self.instance.ranks = {code: typed[field] for code, field in RANKS.items()}
        return typed


class TermsInline(NeverDeleted, admin.StackedInline):
    """The terms of the main list. What is fixed when the list opens is changed from then on by an act.  R-21"""

    model = SpeakersList
    form: Any = type(
        "TermsForm",
        (TermsForm,),
        {field: forms.IntegerField(min_value=1, max_value=HIGHEST_RANK) for field in RANKS.values()},
    )
    extra = 0
    min_num = max_num = 1
    validate_min = True
    verbose_name = verbose_name_plural = _("list of speakers")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).filter(slug="")

    def get_formset(self, request: HttpRequest, obj: Meeting | None = None, **kwargs: Any) -> Any:
        return super().get_formset(request, obj, **kwargs | ({"form": OpenedForm} if _has_opened(obj) else {}))

    def get_fieldsets(self, request: HttpRequest, obj: Meeting | None = None) -> Any:
        """The deadline is a field of a new meeting only; later, an act changes it."""
        ranks: list[str] = ["ranks_in_words"] if _has_opened(obj) else list(RANKS.values())
        return [
            (
                None,
                {
                    "description": _(
                        "The clock alone opens and closes the list. To move the deadline, to close or to reopen the "
                        "list, use the buttons at the top: they ask for a reason and notify the delegations."
                    ),
                    "fields": ["opens_at", "deadline" if obj else "closes_at"],
                },
            ),
            (
                _("Order and time at the rostrum"),
                {
                    "description": _(
                        "Customary protocol puts bands first, then the level of the speaker, then the order of "
                        "receipt. The order is fixed when the list opens; after that, the button at the top changes "
                        "it, with a reason that all inscribed delegations read. Write limits as hours:minutes:seconds."
                    ),
                    "fields": [
                        "policy",
                        "level_before_band",
                        "swaps_need_approval",
                        "national_limit",
                        "group_limit",
                        "civil_society_limit",
                        "limits",
                    ],
                },
            ),
            (
                _("Ranks of the bands"),
                {"description": _("The band with the lowest rank speaks first."), "fields": ranks},
            ),
            *([] if _has_opened(obj) else [(_("Levels of representation"), {"fields": ["own_levels"]})]),
            (_("What the public sees"), {"fields": ["shows_speaker_names"]}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Meeting | None = None) -> list[str]:
        fixed = ["opens_at", "policy", "level_before_band"]
        return ["deadline", "ranks_in_words", *(fixed if _has_opened(obj) else [])]

    @admin.display(description=_("deadline"))
    def deadline(self, speakers_list: SpeakersList) -> str:
        return moments.in_words(speakers_list.closes_at, speakers_list.meeting)

    @admin.display(description=_("ranks of the bands"))
    def ranks_in_words(self, speakers_list: SpeakersList) -> str:
        ranks = sorted(speakers_list.ranks.items(), key=lambda item: item[1])
        return ", ".join(f"{rank} {Band(code).label}" for code, rank in ranks)


def _has_opened(meeting):
    return meeting is not None and meeting.moment(clock.now()) >= meeting.speakers_list.opens_at


@admin.display(description=_("deadline"))
def deadline(meeting: Meeting) -> str:
    """The deadline of the main list of `meeting`, as a column of the list of meetings."""
    return moments.in_words(meeting.speakers_list.closes_at, meeting)


@admin.display(description=_("list of speakers"))
def state_of_list(meeting: Any) -> str | Promise:
    """Whether the main list of `meeting` is open, as a column of the list of meetings."""
    at = meeting.moment(meeting.read_at)
    if meeting.speakers_list.accepts_inscriptions(at):
        return _("open")
    return _("not open yet") if at < meeting.speakers_list.opens_at else _("closed")
