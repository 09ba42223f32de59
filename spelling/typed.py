"""Fields for typed text: letters in composed form, no control characters, nothing invisible."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy

import spelling
from spelling import pasting
from spelling.composing import composed

NO_ADDRESS = gettext_lazy("Write a complete e-mail address, such as name@mission.example.")
# Unicode categories that no name or note needs: control, surrogate, unassigned and private-use characters.
UNWANTED = {"Cc", "Cs", "Cn", "Co"}
# Characters that change the direction of the text around them, and those a broken encoding leaves behind.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffd")
# Unicode letters that are invisible.
BLANK_LETTERS = set("\u115f\u1160\u3164\uffa0")


def normal(text: str) -> str:
    """`text` in Unicode's composed form (NFC), with \\n for every line ending."""
    return composed(text.replace("\r\n", "\n").replace("\r", "\n"))


def is_visible(text: str) -> bool:
    """Does `text` contain at least one visible letter or digit?"""
    return any(unicodedata.category(letter)[0] in "LN" and letter not in BLANK_LETTERS for letter in text)


def refuse_unwanted(text: str) -> None:
    """Raise `ValidationError` if `text` contains invisible characters that change how it is read or stored."""
    for letter in text:
        if letter in TURNING or (unicodedata.category(letter) in UNWANTED and letter != "\n"):
            raise ValidationError(
                _(
                    "This contains a character that cannot be shown (%(code)s). Please delete it, or type the text "
                    "again."
                ),
                code="unwanted_character",
                params={"code": f"U+{ord(letter):04X}"},
            )


def refuse_invisible(text: str) -> None:
    """Raise `ValidationError` for a `text` without a single visible letter or digit."""
    if not is_visible(text):
        raise ValidationError(_("Please write at least one letter."), code="invisible")


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


class Code(Line):
    """A code as people paste it (“1234 5678”, “1234-5678.”, digits of any script): capitals and digits alone."""

    def to_python(self, value: Any) -> Any:
        return pasting.code(super().to_python(value) or "")


class Address(forms.EmailField):
    """One e-mail address as people paste it, “Doe, Jane <jane@mission.example>” included."""

    default_error_messages = {"invalid": NO_ADDRESS}

    def to_python(self, value: Any) -> Any:
        return pasting.address(super().to_python(value) or "")


class Addresses(forms.CharField):
    """A few e-mail addresses in one field, each as people paste it, with signs, spaces or lines between; a list."""

    at_most = 5
    default_error_messages = {
        "too_many": ngettext_lazy(
            "Please give at most %(limit)d address; you gave %(number)d.",
            "Please give at most %(limit)d addresses; you gave %(number)d.",
            "limit",
        ),
        "wrong": gettext_lazy("“%(address)s” is not an e-mail address."),
    }

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        addresses = pasting.addresses(text) if text else []
        return list({spelling.address(address): address for address in reversed(addresses)}.values())[::-1]

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
