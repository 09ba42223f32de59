"""Expressions of interest at the desk: choices and regional balance in view, seats for many.  R-62 R-68 R-69"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

import clock
from acts.refusals import Refusal
from dialogue import moments
from dialogue.admin import on_many
from dialogue.admin.base import DeskAdmin, ReadOnly, staff
from speakers import records
from speakers.admin import filters, interest_counts
from speakers.admin.columns import name_of_speaker
from speakers.admin.history import history_of_subject
from speakers.admin.moving import MoveForm
from speakers.interest import outcome_words, sample_mails, selecting
from speakers.models import Delegation, InAlphabet, Interest, SpeakersList
from spelling.listing import in_a_row, in_sentences
from spelling.typed import Paragraphs

State = Interest.State


class PreviewForm(MoveForm):
    """The page shows what the act becomes for the chosen, and with which mails."""

    def __init__(self, *args: Any, subject: list[Interest], at: datetime, **kwargs: Any) -> None:
        self.at, self.preview = at, self.foresee(subject, at)
        super().__init__(*args, subject=subject, initial={"seen": self.preview.shown}, **kwargs)

    def foresee(self, chosen: list[Interest], at: datetime) -> selecting.Preview:
        raise NotImplementedError

    def perform(self, **facts: Any) -> selecting.Preview:
        """Do it as the page has shown it. Raises `Refusal`."""
        raise NotImplementedError

    def blocks(self) -> list[dict[str, Any]]:
        """What the page shows beside the form."""
        return [*outcome_words.blocks(self.preview), *sample_mails.blocks(self.preview, at=self.at)]


class SelectForm(PreviewForm):
    second_alone = False

    def foresee(self, chosen: list[Interest], at: datetime) -> selecting.Preview:
        return selecting.preview(chosen, second_alone=self.second_alone, at=at)

    def perform(self, **facts: Any) -> selecting.Preview:
        return selecting.select(self.subject, second_alone=self.second_alone, seen=self.cleaned_data["seen"], **facts)


class SecondForm(SelectForm):
    second_alone = True


class RegretForm(PreviewForm):
    words = Paragraphs(
        label=_("Your words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=_("Added to each mail exactly as you write them, after its standard text."),
    )

    def foresee(self, chosen: list[Interest], at: datetime) -> selecting.Preview:
        return selecting.preview_of_regrets(chosen, at=at)

    def perform(self, **facts: Any) -> selecting.Preview:
        typed = self.cleaned_data
        return selecting.tell_others(self.subject, words=typed["words"], seen=typed["seen"], **facts)


class Many(NamedTuple):
    """An act on many: the name of its action, its label, what the page says of it, and its form."""

    action: str
    label: str | Promise
    guidance: str | Promise
    form: type[PreviewForm]


MANY = (
    Many(
        "select_chosen",
        _("Give a seat to the chosen"),
        _("Each is given a seat of its first choice or, if none is left, of its second, in the order of arrival."),
        SelectForm,
    ),
    Many(
        "select_second",
        _("Give the chosen a seat of their second choice"),
        _("For the balance, or to keep seats of the first choice for others."),
        SecondForm,
    ),
    Many(
        "tell_chosen",
        _("Tell the chosen that no seat can be offered"),
        _("One courteous mail to each that still awaits the selection. A seat that becomes free can still be given."),
        RegretForm,
    ),
)


class MeetingFilter(filters.MeetingFilter):
    """The meeting whose lists are filled: the one that staff are working on, unless another is chosen."""

    def offered(self) -> QuerySet[SpeakersList]:
        """The main list of each meeting that has lists by selection."""
        return SpeakersList.objects.filter(slug="", meeting__in=SpeakersList.objects.by_selection().values("meeting"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.none() if self.meeting is None else queryset.filter(speakers_list__meeting=self.meeting)


class StateFilter(filters.NarrowingFilter):
    title = _("state")
    parameter_name = "state"
    narrowings = {value: (label, Q(state=value)) for value, label in State.choices}


class RegionFilter(filters.NarrowingFilter):
    title = _("regional group")
    parameter_name = "region"
    narrowings = {
        value: (label, Q(delegation__regional_group=value)) for value, label in Delegation.RegionalGroup.choices
    }


class Choices(ChangeList):
    """The expressions of interest at one meeting, below the seats and the balance of its lists."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = next(each.meeting for each in self.filter_specs if isinstance(each, MeetingFilter))
        self.headings = interest_counts.headings()
        named = gettext("Expressions of interest: %(meeting)s") % {"meeting": self.meeting}
        self.title = named if self.meeting else gettext("No list gives its seats by selection")

    @cached_property
    def tables(self) -> list[interest_counts.Table]:
        return interest_counts.of_meeting(self.meeting) if self.meeting else []


@admin.register(Interest)
class InterestAdmin(ReadOnly, DeskAdmin):
    """Read-only: the seats are given by acts on many."""

    list_display = [
        *("named", "region", "first_choice", "second", "state_in_words", "speaker", "at_level"),
        "expressed_in_short",
    ]
    list_filter = [MeetingFilter, StateFilter, RegionFilter]
    list_per_page = 200
    ordering = ["delegation__regional_group", InAlphabet("delegation__"), "pk"]
    search_fields = ["delegation__search_words", "delegation__code", "speaker_name", "contact_name", "contact_email"]
    search_help_text = _("Delegation, speaker or contact.")
    fieldsets = [
        (
            None,
            {
                "description": _("An expression of interest gives no place. Seats are given from the list of them."),
                "fields": ["named", "region", "first_choice", "second", "state_in_words", "decided"],
            },
        ),
        (_("Speaker"), {"fields": ["speaker", "speaker_title", "level", "language"]}),
        (_("Contact"), {"fields": ["contact_name", "contact_email", "contact_telephone", "copied_to", "note"]}),
        (_("Who filed it"), {"fields": ["filed_by_email", "expressed"]}),
        (_("History"), {"fields": ["history"]}),
    ]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return Choices

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).with_choices()  # type: ignore[attr-defined]  # of our own QuerySet

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The acts on many, for those who may give the seats."""
        if not request.user.has_perm("speakers.change_interest"):
            return {}
        return {each.action: (_action(each), each.action, each.label) for each in MANY}

    def zone_of(self, request: HttpRequest, obj: Interest | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    def moment_of(self, obj: Interest) -> datetime:
        return obj.meeting.moment(clock.now())

    @admin.display(description=_("delegation"), ordering=InAlphabet("delegation__"))
    def named(self, interest: Interest) -> str:
        return str(interest.delegation)

    @admin.display(description=_("regional group"), ordering="delegation__regional_group")
    def region(self, interest: Interest) -> str:
        return interest.delegation.get_regional_group_display()

    @admin.display(description=_("first choice"), ordering="speakers_list")
    def first_choice(self, interest: Interest) -> str:
        return interest.speakers_list.name

    @admin.display(description=_("second choice"), ordering="second_choice")
    def second(self, interest: Interest) -> str:
        return interest.second_choice.name if interest.second_choice else "–"

    @admin.display(description=_("speaker"))
    def speaker(self, interest: Interest) -> str:
        return name_of_speaker(interest)

    @admin.display(description=_("level"), ordering="level")
    def at_level(self, interest: Interest) -> str:
        """In a column that breaks its lines, which Django's own for another row does not."""
        return str(interest.level)

    @admin.display(description=_("state"), ordering="state")
    def state_in_words(self, interest: Interest) -> str:
        """The state; if a seat was given, its list and its receipt."""
        if not (seat := interest.seat) or interest.inscription is None:
            return interest.get_state_display()
        words = gettext("seat on “%(list)s” (receipt %(number)d)")
        if not interest.inscription.is_standing:
            words = gettext("seat on “%(list)s” given back (receipt %(number)d)")
        return words % {"list": seat.name, "number": interest.inscription.receipt_no}

    @admin.display(description=_("expressed"), ordering="expressed_at")
    def expressed_in_short(self, interest: Interest) -> str:
        return moments.in_short_with_zone(interest.expressed_at, interest.meeting)

    @admin.display(description=_("expressed at"))
    def expressed(self, interest: Interest) -> str:
        return moments.in_words(interest.expressed_at, interest.meeting)

    @admin.display(description=_("decided or withdrawn at"))
    def decided(self, interest: Interest) -> str:
        return moments.in_words(interest.decided_at, interest.meeting) if interest.decided_at else "–"

    @admin.display(description=_("copies to"))
    def copied_to(self, interest: Interest) -> str:
        return in_a_row(interest.copies) or "–"

    @admin.display(description=_("history"))
    def history(self, interest: Interest) -> str:
        return history_of_subject(records.subject_of_interest(interest), interest.meeting)


def _action(many: Many) -> Callable[..., HttpResponse | None]:
    def perform(model_admin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> HttpResponse | None:
        chosen = list(on_many.chosen(model_admin, request, queryset).order_by("expressed_at", "pk"))
        chosen = [each for each in chosen if each.speakers_list.meeting_id == chosen[0].speakers_list.meeting_id]
        if not chosen:
            on_many.tell_none(model_admin, request)
            return None
        at = model_admin.moment_of(chosen[0])
        form = many.form(request.POST if on_many.is_answer(request) else None, subject=chosen, at=at)
        if form.is_valid():
            try:
                done = form.perform(by=staff(request), at=at)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                return _tell(model_admin, request, done)
        return _page(model_admin, request, many, form)

    return perform


def _tell(model_admin, request, done):
    """Show what was done, with its counts, and for whom nothing was, with the reason."""
    if words := outcome_words.done(done):
        model_admin.message_user(request, in_sentences(words), messages.SUCCESS)
    for refusal in done.refusals:
        model_admin.message_user(request, refusal, messages.WARNING)


def _page(model_admin, request, many, form):
    return on_many.page(
        model_admin,
        request,
        form,
        action=many.action,
        title=many.label,
        guidance=many.guidance,
        rows=form.subject,
        beside=form.blocks(),
    )
