"""The forms of the second factor: a code, counted before it is compared, and what a browser says of a passkey.  R-78"""

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

import clock
from secretariat.signing_in import limits

NO_CODE = {"required": _("Type the code that your app shows now.")}


class SetUpAppForm(ActivateTOTPForm):
    """The first code of an app, which shows that it has the key."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits from your app."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages=NO_CODE,
    )


class CodeForm(AuthenticateForm):
    """Six digits from the app, or one of the recovery codes."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Six digits from your app, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "autocapitalize": "none"}),
        error_messages=NO_CODE,
    )

    def clean_code(self) -> str:
        counted = limits.on_codes(self.user)
        try:
            limits.count_guess(counted, username=self.user.get_username(), at=clock.now())
        except limits.TooManyGuesses as refusal:
            raise ValidationError(str(refusal), code="too_many") from None
        try:
            code = super().clean_code()
        except ValidationError:
            words = _("This code is wrong or was used before. Type the one that your app shows now.")
            raise ValidationError(words, code="wrong") from None
        limits.take_back(counted)
        return str(code)


@contextmanager
def _refusing_rubbish() -> Iterator[None]:
    """Refuse what is not the answer of a browser, at which the library raises whatever comes."""
    try:
        yield
    except (ValueError, TypeError, LookupError, AttributeError, struct.error):
        raise ValidationError(_("The passkey could not be read."), code="unreadable") from None


class AddPasskeyForm(AddWebAuthnForm):
    def clean(self) -> dict[str, Any]:
        with _refusing_rubbish():
            return dict(super().clean())


class UsePasskeyForm(AuthenticateWebAuthnForm):
    def clean_credential(self) -> Any:
        with _refusing_rubbish():
            return super().clean_credential()
