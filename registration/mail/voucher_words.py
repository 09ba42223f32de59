"""What a voucher says, in the language of its person: page, PDF and mail speak with one voice.  R-51

The sentences are data, `registration/data/voucher.toml`, in all six official languages: a voucher is read far from
this site, and its six languages do not wait for those of the interface.
"""

import tomllib
from functools import cache

from django.conf import settings
from django.utils import translation
from i18nfield.strings import LazyI18nString

from dialogue import moments

SOURCE = settings.BASE_DIR / "registration/data/voucher.toml"


class Words:
    """The words in one `language`; in English where there are none."""

    def __init__(self, language):
        known = _known()
        self.language = language if language in known else settings.LANGUAGE_CODE
        self._words = known[self.language]

    def __getitem__(self, name):
        """The sentence `name`, as templates ask for it: `words.title`."""
        return self._words[name]

    @property
    def direction(self):
        """In which direction the language is written: “ltr” or “rtl”."""
        return "rtl" if translation.get_language_info(self.language)["bidi"] else "ltr"

    def say(self, sentence, /, **facts):
        """The `sentence` of that name with its `facts` filled in; whatever they hold is text and nothing else."""
        return self[sentence].format(**facts)

    def local(self, text):
        """A `text` in six languages in this one; in English, or in whatever there is, where it is not."""
        return text.localize(self.language) if isinstance(text, LazyI18nString) else str(text)

    def moment(self, at, meeting):
        """The moment `at` with weekday and zone, in the zone of `meeting`.  R-01"""
        return self.say("moment", **self._parts(at, meeting))

    def period(self, start, end, meeting):
        """From when to when: the end as a time of day alone where it is the same day."""
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
