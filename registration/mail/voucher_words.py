"""The words of a voucher in the language of its person, the same on page, PDF and mail.  R-51

The sentences are data, `registration/data/voucher.toml`, in all six official languages: a voucher is read far from
this site, and does not wait for the interface to be translated.
"""

import tomllib
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.utils import translation
from i18nfield.strings import LazyI18nString

from dialogue import moments
from dialogue.models import Meeting

SOURCE = settings.BASE_DIR / "registration/data/voucher.toml"


class Words:
    """The words in one `language`; in English if there are none in that language."""

    def __init__(self, language):
        known = _known()
        self.language = language if language in known else settings.LANGUAGE_CODE
        self._words = known[self.language]

    def __getitem__(self, name):
        """The sentence `name`; templates write `words.title`."""
        return self._words[name]

    @property
    def direction(self) -> str:
        """The direction of writing: “ltr” or “rtl”."""
        return "rtl" if translation.get_language_info(self.language)["bidi"] else "ltr"

    def say(self, sentence: str, /, **facts: Any) -> str:
        """The `sentence` of that name with its `facts` filled in; the facts are treated as plain text."""
        return self[sentence].format(**facts)

    def local(self, text: LazyI18nString) -> str:
        """The version of a multilingual `text` in this language; failing that, in English or any other."""
        return text.localize(self.language) if isinstance(text, LazyI18nString) else str(text)

    def moment(self, at: datetime, meeting: Meeting) -> str:
        """The moment `at` with weekday and zone, in the zone of `meeting`.  R-01"""
        return self.say("moment", **self._parts(at, meeting))

    def period(self, start: datetime, end: datetime, meeting: Meeting) -> str:
        """The period from `start` to `end`; the end is a time of day alone if it falls on the same day."""
        if end is None:
            return self.say("from", start=self.moment(start, meeting))
        first, last = self._parts(start, meeting), self._parts(end, meeting)
        is_one_day = first["date"] == last["date"]
        return self.say(
            "between", start=self.moment(start, meeting), end=last["time"] if is_one_day else self.moment(end, meeting)
        )

    def _parts(self, at, meeting):
        with translation.override(self.language):
            shown = {name: moments.shown(at, meeting.zone, style) for name, style in STYLES.items()}
        city = meeting.time_zone.rsplit("/", 1)[-1].replace("_", " ")
        return shown | {"zone": self._words.get(meeting.time_zone) or self.say("zone", city=city)}


STYLES = {"weekday": "l", "date": "DATE_FORMAT", "time": "TIME_FORMAT"}


@cache
def _known():
    """Language → name → sentence."""
    return tomllib.loads(SOURCE.read_text(encoding="utf-8"))
