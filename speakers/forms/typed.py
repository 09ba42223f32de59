"""Fields for typed text: letters in composed form, no control characters, nothing invisible."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy

from dialogue.typed import normal, refuse_invisible, refuse_unwanted

NO_ADDRESS = gettext_lazy("Write a complete e-mail address, such as name@mission.example.")


class Line(forms.CharField):
    """One line of text: composed, runs of spaces collapsed; control characters and invisible texts are refused."""

    default_validators = [refuse_unwanted, refuse_invisible]

    def to_python(self, value: Any) -> Any:
        text: Any = super().to_python(value)
        return text if text in self.empty_values else " ".join(normal(text).split())


class Paragraphs(forms.CharField):
    """Several lines of text, composed; tabs become spaces, control characters are refused."""

    widget = forms.Textarea
    default_validators = [refuse_unwanted]

    def to_python(self, value: Any) -> Any:
        text: Any = super().to_python(value)
        return text if text in self.empty_values else normal(text).replace("\t", " ").strip()


class Addresses(forms.CharField):
    """A few e-mail addresses in one field, separated by commas, semicolons, spaces or lines; cleans to a list."""

    at_most = 5
    default_error_messages = {
        "too_many": gettext_lazy("Please give at most %(limit)d addresses; you gave %(number)d."),
        "wrong": gettext_lazy("“%(address)s” is not an e-mail address."),
    }

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        addresses = normal(text).replace(",", " ").replace(";", " ").split() if text else []
        return list({address.lower(): address for address in reversed(addresses)}.values())[::-1]

    def run_validators(self, value: list[str]) -> None:
        """Check the number, then each address separately, so that the message names the wrong one."""
        if len(value) > self.at_most:
            params: dict[str, Any] = {"limit": self.at_most, "number": len(value)}
            raise ValidationError(self.error_messages["too_many"], code="too_many", params=params)
        for address in value:
            try:
                validate_email(address)
            except ValidationError:
                params = {"address": address[:80]}
                raise ValidationError(self.error_messages["wrong"], code="wrong", params=params) from None
