"""Fields for what people type: one form of each letter, no control characters, nothing invisible."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

NO_ADDRESS = gettext_lazy("Write a whole e-mail address, such as name@mission.example.")
# Unicode categories that no name or note needs: controls, half letters, unassigned and private ones.
UNWANTED = {"Cc", "Cs", "Cn", "Co"}
# Signs that turn the direction of the text around them, and those left behind by a broken encoding.
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffd")
# Letters of Unicode that show nothing.
BLANK_LETTERS = set("\u115f\u1160\u3164\uffa0")


def normal(text: str) -> str:
    """`text` in Unicode's composed form (NFC), with every line end as \\n."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_visible(text: str) -> bool:
    """Does `text` hold at least one letter or digit that shows?"""
    return any(unicodedata.category(letter)[0] in "LN" and letter not in BLANK_LETTERS for letter in text)


def refuse_unwanted(text: str) -> None:
    """Raise `ValidationError` where `text` holds what cannot be seen but changes how it is read or stored."""
    for letter in text:
        if letter in TURNING or (unicodedata.category(letter) in UNWANTED and letter != "\n"):
            raise ValidationError(
                _("This holds a character that cannot be shown (%(code)s). Please delete it, or type the text anew."),
                code="unwanted_character",
                params={"code": f"U+{ord(letter):04X}"},
            )


def refuse_invisible(text: str) -> None:
    """Raise `ValidationError` for a `text` without a single letter or digit that shows."""
    if not is_visible(text):
        raise ValidationError(_("Please write at least one letter."), code="invisible")


class Line(forms.CharField):
    """One line of text: composed, spaces run together; a control character or an invisible text is refused."""

    default_validators = [refuse_unwanted, refuse_invisible]

    def to_python(self, value: Any) -> Any:
        text: Any = super().to_python(value)
        return text if text in self.empty_values else " ".join(normal(text).split())


class Paragraphs(forms.CharField):
    """Several lines of text, composed; tabs become spaces, a control character is refused."""

    widget = forms.Textarea
    default_validators = [refuse_unwanted]

    def to_python(self, value: Any) -> Any:
        text: Any = super().to_python(value)
        return text if text in self.empty_values else normal(text).replace("\t", " ").strip()


class Addresses(forms.CharField):
    """A few e-mail addresses in one field, apart by commas, semicolons, spaces or lines; cleans to a list."""

    at_most = 5
    default_error_messages = {
        "too_many": gettext_lazy("Please give %(limit)d addresses at most; these are %(number)d."),
        "wrong": gettext_lazy("“%(address)s” is not an e-mail address."),
    }

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        addresses = normal(text).replace(",", " ").replace(";", " ").split() if text else []
        return list({address.lower(): address for address in reversed(addresses)}.values())[::-1]

    def run_validators(self, value: list[str]) -> None:
        """Check the number, then each address by itself, so that the words name the wrong one."""
        if len(value) > self.at_most:
            params: dict[str, Any] = {"limit": self.at_most, "number": len(value)}
            raise ValidationError(self.error_messages["too_many"], code="too_many", params=params)
        for address in value:
            try:
                validate_email(address)
            except ValidationError:
                params = {"address": address[:80]}
                raise ValidationError(self.error_messages["wrong"], code="wrong", params=params) from None
