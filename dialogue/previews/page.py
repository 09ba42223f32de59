"""Title, description and picture of a public page, for what shows it elsewhere (Open Graph)."""

from dataclasses import dataclass

from django.conf import settings
from django.templatetags.static import static
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting

# How Open Graph names the languages of the site.
LOCALES = {"ar": "ar_AR", "zh-hans": "zh_CN", "en": "en_GB", "fr": "fr_FR", "ru": "ru_RU", "es": "es_ES"}


@dataclass(frozen=True)
class Preview:
    """What is shown of the page at `url`, its one address; `picture` has no text in it."""

    title: str
    description: str
    url: str
    picture: str
    locale: str


def of(title: str, description: str, path: str) -> Preview:
    """The `Preview` of the page at `path`. Addresses come from `SITE_URL` alone, never from the request."""
    picture = settings.SITE_URL + static("img/icon-512.png")
    locale = LOCALES.get(get_language() or settings.LANGUAGE_CODE, "")
    return Preview(title, description, settings.SITE_URL + path, picture, locale)


def about(meeting: Meeting) -> str:
    """What `meeting` is about, when and where it is held: the description of each of its pages."""
    facts = {"date": moments.days_in_words(meeting), "venue": meeting.venue}
    where = _("%(date)s, %(venue)s") % facts
    return _("%(theme)s – %(where)s") % {"theme": meeting.theme, "where": where} if str(meeting.theme) else where
