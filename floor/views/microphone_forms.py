"""What a system of microphones sends, and what an officer types of it."""

from datetime import UTC
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue.typed import EARLIEST, LATEST
from spelling.listing import in_sentences, named
from spelling.typed import Line, refuse_unwanted


class Text(forms.CharField):
    """A text of JSON, without characters that cannot be shown; a number, a list or an object is none."""

    default_validators = [refuse_unwanted]

    def to_python(self, value: Any) -> Any:
        if value is not None and not isinstance(value, str):
            raise ValidationError(_("This is not a text."))
        return super().to_python(value)


class TrueOrFalse(forms.Field):
    """A boolean of JSON, and nothing that may be taken for one."""

    def validate(self, value: Any) -> None:
        if not isinstance(value, bool):
            raise ValidationError(_("Write true or false."))


class SentMoment(forms.Field):
    """A moment of ISO 8601 with its offset, in the range that is taken of any device; or None. Returns it in UTC."""

    def to_python(self, value: Any) -> Any:
        if value is None:
            return None
        try:
            moment = parse_datetime(value) if isinstance(value, str) else None
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or not EARLIEST < moment < LATEST:
            raise ValidationError(_("Write a moment with its offset, such as 2016-09-06T10:00:07Z."))
        return moment.astimezone(UTC)


class SignalForm(forms.Form):
    """The microphone of a place is switched on or off."""

    delegation = Text(max_length=60)
    on = TrueOrFalse()
    at = SentMoment(required=False)
    id = Text(max_length=80)

    @property
    def in_words(self) -> str:
        """What is wrong, with the name of each field."""
        return in_sentences(named(name, in_sentences(words)) for name, words in self.errors.items())


class SwitchForm(forms.Form):
    """Whether the signals of a system act."""

    is_on = forms.ChoiceField(choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))])


class RoomSystemForm(forms.Form):
    """A system of microphones."""

    name = Line(
        label=gettext_lazy("System"),
        max_length=60,
        help_text=gettext_lazy("For example “Microphones of Conference Room 4”. The journal names it so."),
    )
