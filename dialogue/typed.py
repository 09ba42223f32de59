"""What is typed, or written in a file, as a fact: texts, links and moments. All doors take and refuse the same.  R-01

Each function returns the value that is stored, or raises `ValidationError` with a sentence.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from i18nfield.fields import I18nCharField, I18nTextField
from i18nfield.strings import LazyI18nString

from spelling.typed import Address, normal, refuse_invisible, refuse_unwanted

LONGEST_LINE = 500
LONGEST_TEXT = 20_000
# The range accepted from the clock of a device, which may be wrong.
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
# In other years some zone has no whole hours, or leaves the calendar.
FIRST_YEAR, LAST_YEAR = 1900, 2999


class Several(forms.ModelMultipleChoiceField):
    """Rows chosen by their keys. A number that is no key of a row is refused, however large it is."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except OverflowError as too_large:  # of SQLite; PostgreSQL compares numbers of any size
            shown, code = max(map(str, value), key=len), "invalid_choice"
            raise ValidationError(self.error_messages[code], code, {"value": shown}) from too_large


def line(text: str) -> str:
    """One line of text, composed."""
    text = _checked(normal(text).strip(), LONGEST_LINE)
    if "\n" in text:
        raise ValidationError(_("Write this on one line."))
    return text


def paragraphs(text: str) -> str:
    """Any number of lines, composed; tabs become spaces."""
    return _checked(normal(text).replace("\t", " ").strip(), LONGEST_TEXT)


def _checked(text, longest):
    refuse_unwanted(text)
    refuse_invisible(text)
    if len(text) > longest:
        words = ngettext(
            "This text is longer than %(longest)d character.",
            "This text is longer than %(longest)d characters.",
            longest,
        )
        raise ValidationError(words, params={"longest": longest})
    return text


def in_languages(texts: dict[str, str], kind: Callable[[str], str]) -> dict[str, str]:
    """The `texts` by language, each as `kind` stores it. A language left empty is not given; English must not be."""
    given = {code: kind(text) for code, text in texts.items() if text and text.strip()}
    if given and settings.LANGUAGE_CODE not in given:
        raise ValidationError(_("The English text is missing."))
    return given


def as_stored(field: Any, value: Any) -> Any:
    """The typed `value` as the `field` of a model stores it, if it is a text; any other value is returned as it is."""
    kind = line if isinstance(field, I18nCharField | models.CharField) else paragraphs
    if isinstance(field, I18nCharField | I18nTextField) and isinstance(getattr(value, "data", None), dict):
        if not (given := in_languages(value.data, kind)) and not field.blank:
            raise ValidationError(_("This text is empty."))
        return LazyI18nString(given) if given else ""
    return kind(value) if isinstance(value, str) and value else value


def moment(time: datetime, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, at which clocks in `zone` show `time`, a `datetime` without a zone.  R-01

    Refuses an hour that clocks leave out when summer time begins, and one that they show twice when it ends.
    """
    if not FIRST_YEAR <= time.year <= LAST_YEAR:
        raise ValidationError(
            _("Write a year from %(first)d to %(last)d."), params={"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    once, again = (time.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if once == again:
        return once
    words = _("Clocks in %(zone)s show %(time)s twice. Choose an earlier or a later time.")
    if once.astimezone(zone).replace(tzinfo=None) != time:
        words = _("%(time)s is not a time that clocks show in %(zone)s.")
    raise ValidationError(words, params={"time": time.isoformat(" ", "minutes"), "zone": zone})


class Moment(forms.SplitDateTimeField):
    """A date and a time in the current zone, as `moment` takes it."""

    def compress(self, data_list: Any) -> datetime | None:
        if data_list and not any(part in self.empty_values for part in data_list):
            zone: Any = timezone.get_current_timezone()
            return moment(datetime.combine(*data_list), zone)
        return super().compress(data_list)


class Link(forms.URLField):
    """An address on the web; without a scheme, it is completed."""

    default_validators = [URLValidator(schemes=["http", "https"])]


# With what the fields of models are typed, for the pages of the secretariat, and read from files.
FIELDS: dict[type[models.Field], dict[str, Any]] = {
    models.URLField: {"form_class": Link, "assume_scheme": "https"},
    models.DateTimeField: {"form_class": Moment},
    models.EmailField: {"form_class": Address},
}
