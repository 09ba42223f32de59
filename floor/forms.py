"""What officers type in the room, apart from the one-press acts of the console."""

import re
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from acts.refusals import Refusal
from dialogue.models import ProgrammeSlot
from floor.clock.clock_face import minutes_and_seconds
from floor.clock.timing import OF_ROOM
from speakers import limits
from speakers.delegations import naming
from speakers.forms.choices import OneDelegation
from speakers.models import Level
from spelling.typed import Line, Paragraphs

# How a limit is written: minutes, and seconds after a colon.
WRITTEN = re.compile(r"(?P<minutes>\d{1,2})(:(?P<seconds>[0-5]\d))?", re.ASCII)
TYPE_A_NAME = gettext_lazy("Type a part of its name, in any language, and choose from what is suggested.")


class Limit(forms.Field):
    """A limit of time as “3:00”, minutes and seconds, or “3”, minutes alone; cleans to a duration, or None."""

    def __init__(self, **kwargs):
        attributes = {"inputmode": "numeric", "autocomplete": "off", "size": 6, "maxlength": 6}
        super().__init__(widget=forms.TextInput(attrs=attributes), **kwargs)

    def prepare_value(self, value: Any) -> str | None:
        return minutes_and_seconds(value) if isinstance(value, timedelta) else value

    def to_python(self, value: Any) -> Any:
        text = (value or "").strip()
        if not text:
            return None
        minutes, colon, seconds = text.partition(":")
        if (
            len(text) > 6
            or not (minutes + seconds).isascii()
            or not minutes.isdigit()
            or (colon and not seconds.isdigit())
        ):
            raise ValidationError(_("Enter minutes and seconds, for example 2:30."))
        return timedelta(minutes=int(minutes), seconds=int(seconds or 0))


class PressForm(forms.Form):
    """What a button of the console sends: what its page showed, and what is typed beside it.  R-33

    The rules judge what names a turn: a text that names none is refused there, in words.
    """

    expected = forms.Field(required=False)
    entry = forms.Field(required=False)
    is_present = forms.Field(required=False)
    sure = forms.Field(required=False)
    list = forms.CharField(required=False, max_length=40)
    seen = forms.CharField(required=False, max_length=20_000)
    step = forms.CharField(required=False, max_length=80)
    raised_by = OneDelegation(label=gettext_lazy("Raised by"), required=False)
    message = Line(label=gettext_lazy("Message"), max_length=200, required=False)
    until = forms.TimeField(label=gettext_lazy("Until"), required=False)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        cast(OneDelegation, self.fields["raised_by"]).offer(lambda: naming.holding_a_place(meeting))


class PresenceForm(forms.Form):
    """Whether the delegation is in the room.  R-41"""

    present = forms.ChoiceField(choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))])


class WhichForm(forms.Form):
    """Which form of a page with several was sent, by the name in its hidden field."""

    form = forms.CharField()

    @classmethod
    def sent(cls, posted: Any) -> str:
        """The name of the form that was sent; empty if none was."""
        which = cls(posted)
        return which.cleaned_data["form"] if which.is_valid() else ""


class InsertForm(forms.Form):
    """A speaker outside the list.  R-38"""

    prefix = Line(label=gettext_lazy("Form of address"), max_length=40, required=False)  # type: ignore[assignment]  # a field, not the prefix
    name = Line(label=gettext_lazy("Full name, as it is to be announced"), max_length=160)
    title = Line(label=gettext_lazy("Functional title"), max_length=200, required=False)
    before = forms.ChoiceField(label=gettext_lazy("Takes the floor"), required=False)
    own_limit = Limit(
        label=gettext_lazy("Limit"),
        required=False,
        help_text=gettext_lazy("If left empty, the limit for national capacity applies."),
    )

    def __init__(self, *args, floor, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["before"]).choices = [("", _("next")), *before_whom(floor)]


class ReplyForm(forms.Form):
    """A State that wishes to reply.  R-39"""

    delegation = OneDelegation(label=gettext_lazy("Delegation"), help_text=TYPE_A_NAME)
    prefix = Line(label=gettext_lazy("Form of address"), max_length=40, required=False)  # type: ignore[assignment]  # a field, not the prefix
    name = Line(label=gettext_lazy("Speaker, if known"), max_length=160, required=False)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        cast(OneDelegation, self.fields["delegation"]).offer(lambda: naming.holding_a_place(meeting))


class SignForm(forms.Form):
    """A delegation that raises its sign to ask for the floor.  R-70"""

    delegation = OneDelegation(label=gettext_lazy("Delegation"), help_text=TYPE_A_NAME)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        cast(OneDelegation, self.fields["delegation"]).offer(lambda: naming.holding_a_place(meeting))


class RoundsForm(forms.Form):
    """After how many speakers the panel replies, and who that is.  R-70"""

    speakers_per_round = forms.IntegerField(
        label=gettext_lazy("Speakers before the panel replies"),
        min_value=1,
        max_value=99,
        required=False,
        help_text=gettext_lazy("If left empty, the console does not propose it; the panel may reply at any time."),
    )
    panel_slot = forms.ModelChoiceField(
        ProgrammeSlot.objects.none(),
        label=gettext_lazy("Panel"),
        required=False,
        help_text=gettext_lazy("A slot of the programme. Its moderator and video messages are left out."),
    )

    def __init__(self, *args, floor, **kwargs):
        slots = ProgrammeSlot.objects.filter(meeting=floor.meeting, persons__isnull=False).distinct()
        usual = slots.filter(kind=ProgrammeSlot.Kind.PANEL).first()
        present = {
            "speakers_per_round": floor.room.speakers_per_round,
            "panel_slot": floor.room.panel_slot_id or (usual and usual.pk),
        }
        super().__init__(*args, **kwargs | {"initial": present})
        cast(forms.ModelChoiceField, self.fields["panel_slot"]).queryset = slots


class LimitsForm(forms.Form):
    """The limits of the meeting, or those `suggested` by an address; a change applies to later speakers.  R-36"""

    national_limit = Limit(label=gettext_lazy("National capacity"))
    group_limit = Limit(label=gettext_lazy("On behalf of a group"))
    civil_society_limit = Limit(label=gettext_lazy("Civil society"))
    first_reply_limit = Limit(label=gettext_lazy("First reply"))
    second_reply_limit = Limit(label=gettext_lazy("Second reply"))
    open_floor_limit = Limit(label=gettext_lazy("Open floor"))
    panel_limit = Limit(label=gettext_lazy("Reply of a member of the panel"))

    def __init__(self, *args, floor, suggested=None, **kwargs):
        speakers_list = floor.meeting.speakers_list
        present = limits.by_name(speakers_list) | {name: getattr(floor.room, name) for name in OF_ROOM}
        if suggested:
            form = LimitsForm(suggested, floor=floor)
            form.full_clean()
            present |= form.cleaned_data
        super().__init__(*args, **kwargs | {"initial": present})
        levels = Level.of_list(speakers_list) if speakers_list.limits else []
        for row in speakers_list.limits:
            self.fields[limits.name_of(row)] = Limit(label=limits.whom(row, levels))
        self.order_fields([*limits.by_name(speakers_list), *OF_ROOM])


class SwitchesForm(forms.Form):
    """Which rules of procedure apply by analogy.  R-39"""

    allows_points_of_order = forms.BooleanField(
        label=gettext_lazy("Points of order"),
        required=False,
        help_text=gettext_lazy("A point of order pauses the clock and is logged, never queued."),
    )
    allows_replies = forms.BooleanField(
        label=gettext_lazy("Right of reply"),
        required=False,
        help_text=gettext_lazy(
            "Off for informal meetings. Replies are heard at the end of the day, at most two for each State."
        ),
    )

    def __init__(self, *args, floor, **kwargs):
        names = ("allows_points_of_order", "allows_replies")
        present = {name: getattr(floor.room, name) for name in names}
        super().__init__(*args, **kwargs | {"initial": present})


class MoveForm(forms.Form):
    """Moving an upcoming entry to right before another, with a reason.  R-20"""

    before = forms.ChoiceField(label=gettext_lazy("Right before"))
    reason = Line(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Shown with the entry, to the delegation and to all staff."),
    )
    seen = forms.CharField(label=gettext_lazy("Yes, across bands"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args, floor, standing, **kwargs):
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["before"]).choices = [("", "–"), *before_whom(floor, without=standing)]

    def ask_again(self, refusal: Refusal) -> None:
        """Say that this crosses bands, and show the box that confirms it; what it held before is gone."""
        self.fields["seen"].widget = forms.CheckboxInput({"value": refusal.shown})
        self.data = cast(QueryDict, self.data).copy()
        self.data.pop(self.add_prefix("seen"), None)
        self.add_error("seen", str(refusal))


class OwnLimitForm(forms.Form):
    """A limit for one entry.  R-36"""

    own_limit = Limit(
        label=gettext_lazy("Own limit"),
        required=False,
        help_text=gettext_lazy(
            "Minutes and seconds, for example 4:30. If left empty, the limit for its capacity applies."
        ),
    )
    reason = Line(
        label=gettext_lazy("Reason"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Kept in the journal and not shown on any page."),
    )


class NoteForm(forms.Form):
    """A private note on an entry or on the meeting."""

    note = Paragraphs(
        label=gettext_lazy("Private note"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Read only by those who run the floor."),
    )


class RemarkForm(forms.Form):
    """What the moderator said about time."""

    words = Line(label=gettext_lazy("What was said about time"), max_length=300)


def before_whom(floor: Any, without: Any = None) -> list[tuple[str, str]]:
    """The waiting entries of the list before which another may be placed, as choices."""
    listed = [each for each in floor.waiting if each.place and each is not without]
    words = _("before %(number)d, %(name)s")
    return [(each.turn.identity, words % {"number": each.number, "name": each.turn}) for each in listed]


class BoothForm(forms.Form):
    """A booth of interpreters, or a desk of reporters.  R-73"""

    name = Line(
        label=gettext_lazy("Booth or desk"),
        max_length=60,
        help_text=gettext_lazy("For example “English booth” or “Verbatim reporters”. Delegations read this name."),
    )
