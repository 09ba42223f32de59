"""What a desk sends: one scan, or a name to look for.  R-55"""

import secrets
from datetime import UTC, datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.door.scanning import LONGEST_NONCE, Attempt
from registration.models.scan import Mode, Verdict

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""What the clock of a device may say, however wrong it is."""


def fresh_nonce():
    """What names one attempt, so that sending it again is not a second scan."""
    return secrets.token_hex(16)


class ScanForm(forms.Form):
    """One scan. A scanner may read anything: what is no code of ours is an unknown code, not an error of the form.

    A device that was without a network sends the digest of what it scanned; nobody else may.  R-54
    """

    code = forms.CharField(max_length=2000, strip=True, required=False)
    code_digest = forms.RegexField(r"^[0-9a-f]{64}\Z", required=False)
    nonce = forms.CharField(max_length=LONGEST_NONCE)
    mode = forms.ChoiceField(choices=Mode)
    desk = forms.CharField(max_length=80, required=False)
    device_at = forms.DateTimeField(required=False)
    told = forms.ChoiceField(choices=[("", "–"), *Verdict.choices], required=False)

    def clean_device_at(self):
        device_at = self.cleaned_data["device_at"]
        if device_at and not EARLIEST <= device_at < LATEST:
            raise forms.ValidationError(_("No clock says this."))
        return device_at

    def clean(self):
        """A scan without a network says when it was, for nobody else can.  R-55"""
        typed = super().clean()
        if not typed.get("code") and not (typed.get("code_digest") and typed.get("told")):
            self.add_error("code", _("Nothing was scanned."))
        if typed.get("told") and not typed.get("device_at"):
            self.add_error("device_at", _("A scan made without a network needs its moment."))
        return typed

    def to_attempt(self):
        return Attempt(**self.cleaned_data)


class ByNameForm(forms.Form):
    """A ticket handed over to somebody who was found by name."""

    nonce = forms.CharField(max_length=LONGEST_NONCE)
    desk = forms.CharField(max_length=80, required=False)

    def to_attempt(self):
        return Attempt(**self.cleaned_data)


class FindForm(forms.Form):
    """A name to look for, by whoever supervises."""

    name = forms.CharField(label=_("Name or organization"), min_length=2, max_length=200)
