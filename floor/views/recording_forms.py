"""What an officer types about the recording of a sitting."""

from datetime import datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue import moments, typed
from dialogue.models import Meeting
from floor.models import Recording

# As a browser sends a date and a time, and as people and programs write them.
STYLES = [f"%Y-%m-%d{between}{time}" for between in "T " for time in ("%H:%M:%S", "%H:%M")]


class ClockMoment(forms.Field):
    """A date and a time to the second, as clocks show them; cleans to a `datetime` without a zone, or None."""

    def __init__(self, **kwargs):
        attributes = {"type": "datetime-local", "step": "1"}
        super().__init__(widget=forms.DateTimeInput(attrs=attributes, format="%Y-%m-%dT%H:%M:%S"), **kwargs)

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        for style in STYLES:
            try:
                return datetime.strptime(value.strip(), style)  # noqa: DTZ007  the form knows the zone
            except ValueError:
                continue
        raise ValidationError(_("Enter a date and a time to the second, for example 2016-09-06 10:00:07."))


class RecordingForm(forms.Form):
    """Where a recording begins and ends, by the clocks of the meeting or in UTC, and where it can be watched."""

    zone = forms.ChoiceField(label=gettext_lazy("These times are in"))
    starts_at = ClockMoment(
        label=gettext_lazy("Second 0 of the recording"),
        help_text=gettext_lazy("The moment, to the second, at which the recording begins."),
    )
    ends_at = ClockMoment(
        label=gettext_lazy("End of the recording"),
        required=False,
        help_text=gettext_lazy("If left empty, it lasts until the next recording begins, or until the last speaker."),
    )
    url = typed.Link(
        label=gettext_lazy("Where it can be watched"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("The address of the webcast, if there is one."),
    )

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        zones = [("meeting", moments.zone_in_words(meeting.time_zone)), ("utc", moments.zone_in_words("UTC"))]
        cast(forms.ChoiceField, self.fields["zone"]).choices = zones

    @classmethod
    def filled_from(cls, found: Recording, meeting: Meeting) -> "RecordingForm":
        """The form with what is known of a recording, by the clocks of the meeting."""
        known = {name: getattr(found, name) for name in ("starts_at", "ends_at")}
        local = {name: at.astimezone(meeting.zone).replace(tzinfo=None) for name, at in known.items() if at}
        return cls(initial={"url": found.url, **local}, meeting=meeting)

    def clean(self) -> dict[str, Any]:
        """The facts of a recording, its moments in UTC; a time that clocks do not show, or show twice, is refused."""
        cleaned = super().clean() or {}
        zone = ZoneInfo("UTC") if cleaned.pop("zone", "") == "utc" else self.meeting.zone
        for name in ("starts_at", "ends_at"):
            if cleaned.get(name):
                try:
                    cleaned[name] = typed.moment(cleaned[name], zone)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned
