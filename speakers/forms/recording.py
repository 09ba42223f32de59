"""A recorded video instead of a speaker in the room: where it is, who presents it. Used to inscribe and to correct."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from speakers.models.filing import HTTPS
from spelling.typed import Line

ONLY_IF = {"data-only-if": "is_by_video"}


class RecordingFields(forms.Form):
    """The fields of a recorded video; a form that does not offer them says nothing of one."""

    is_by_video = forms.BooleanField(
        label=_("The statement is a recorded video"),
        required=False,
        help_text=_("It is played when the delegation is called. The speaker is the person in the recording."),
    )
    video_link = forms.URLField(
        label=_("Link to the recording"),
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[HTTPS],
        error_messages={"invalid": _("Write a complete link that begins with https://.")},
        help_text=_("Only the secretariat sees it. Leave it empty if the secretariat holds the file."),
        widget=forms.URLInput(attrs=ONLY_IF | {"autocomplete": "off"}),
    )
    presenter_name = Line(
        label=_("Who presents it in the room"),
        required=False,
        max_length=160,
        help_text=_("Form of address and full name; empty if no one does."),
        widget=forms.TextInput(attrs=ONLY_IF | {"autocomplete": "off"}),
    )
    presenter_title = Line(
        label=_("Functional title of that person"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=ONLY_IF),
    )

    def offer_recording(self, *, is_offered: bool) -> list[str]:
        """Keep the fields only if the list takes recorded statements. Returns the names of those that are there."""
        names = list(RecordingFields.base_fields)
        if not is_offered:
            for name in names:
                del self.fields[name]
        return names if is_offered else []

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        for field in ("video_link", "presenter_name", "presenter_title"):
            if data.get(field) and not data["is_by_video"]:
                self.add_error(field, _("Tick “recorded video” above, or clear this field."))
        if data.get("presenter_title") and not data.get("presenter_name") and "presenter_name" not in self.errors:
            self.add_error("presenter_name", _("Write the name of the person, too."))
        return data
