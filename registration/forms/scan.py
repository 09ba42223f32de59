"""What a desk sends: a scan, or a name to look for.  R-55"""

import secrets
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dialogue.typed import EARLIEST, LATEST
from registration.door.scanning import LONGEST_NONCE, Attempt
from registration.models.scan import Mode, Verdict
from spelling.typed import Line


def fresh_nonce() -> str:
    """A random name for one attempt, so that sending it again is not a second scan."""
    return secrets.token_hex(16)


class DeskForm(forms.Form):
    """The desk and what it does, as its page shows again after each scan. No scan is lost to the name of its desk."""

    mode = forms.ChoiceField(choices=Mode)
    desk = forms.CharField(max_length=80, required=False)


class ScanForm(DeskForm):
    """One scan. A scanner may read anything: what is not one of our codes is an unknown code, not a form error.

    Only a device that was offline sends the digest of what it scanned instead of the code.  R-54
    """

    code = forms.CharField(max_length=2000, strip=True, required=False)
    code_digest = forms.RegexField(r"^[0-9a-f]{64}\Z", required=False)
    nonce = forms.CharField(max_length=LONGEST_NONCE)
    device_at = forms.DateTimeField(required=False)
    told = forms.ChoiceField(choices=[("", "–"), *Verdict.choices], required=False)

    def clean_device_at(self) -> datetime | None:
        device_at = self.cleaned_data["device_at"]
        if device_at and not EARLIEST <= device_at < LATEST:
            raise forms.ValidationError(_("This is not a possible time."))
        return device_at

    def clean(self) -> dict[str, Any]:
        """Require the moment of a scan made offline, which only the device knows.  R-55"""
        super().clean()
        typed = self.cleaned_data
        if not typed.get("code") and not (typed.get("code_digest") and typed.get("told")):
            self.add_error("code", _("Nothing was scanned."))
        if typed.get("told") and not typed.get("device_at"):
            self.add_error("device_at", _("A scan made without a network needs its time."))
        return typed

    def to_attempt(self) -> Attempt:
        return Attempt(**self.cleaned_data)


class ByNameForm(forms.Form):
    """A ticket handed over to a person who was found by name."""

    nonce = forms.CharField(max_length=LONGEST_NONCE)
    desk = forms.CharField(max_length=80, required=False)

    def to_attempt(self) -> Attempt:
        return Attempt(**self.cleaned_data)


class FindForm(forms.Form):
    """A name that a supervisor looks for."""

    name = Line(label=_("Name or organization"), min_length=2, max_length=200)


class ReasonForm(forms.Form):
    """Why a hand-over is taken back; `seen` is the key of the scan that the supervisor saw."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    reason = Line(
        label=_("Reason"), max_length=200, error_messages={"required": _("Give the reason: it is kept in the journal.")}
    )


class WordForm(forms.Form):
    """How a conflict at the door was settled."""

    word = Line(
        label=_("How it was settled"),
        max_length=200,
        error_messages={"required": _("Say in a word how it was settled.")},
        help_text=_("For example: “has the ticket, was scanned twice”."),
    )
