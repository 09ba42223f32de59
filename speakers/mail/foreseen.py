"""The mails of a closing and of a new deadline as they would read, before any is sent: one of each kind.  R-69

Nothing is stored. What is given at the closing, such as the number of the revision, is said to be.
"""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from languages.wording import when_read
from speakers.forecast import list_forecast
from speakers.mail import interest_notices, notices
from speakers.models import Delegation, Interest, SpeakersList
from speakers.order import precedence
from speakers.publishing import revisions


def block(delegation: Delegation, to: str, text: str) -> dict[str, Any]:
    """For a page: the `text` of the mail to the `delegation`, at the address `to`."""
    heading = _("The mail to %(delegation)s, for example") % {"delegation": delegation}
    return {"heading": heading, "lines": [to], "text": text}


def of_closing(speakers_list: SpeakersList, *, at: datetime) -> list[dict[str, Any]]:
    """The mail to the first on `speakers_list`, if it were established at the meeting's moment `at`."""
    places = [] if speakers_list.is_by_selection else precedence.speaking_order(speakers_list)
    if not places:
        return []
    place = places[0]
    entry = place.inscription
    turn = when_read(list_forecast.forecast_list(speakers_list, places, at=at).turn_in_words, entry)
    revision = SimpleNamespace(number=revisions.next_number(speakers_list), sha256=_("(given then)"))
    facts = {"place": place, "total": len(places), "turn": turn, "revision": revision}
    return [_to_entry("established", speakers_list, entry, facts)]


def of_deadline(speakers_list: SpeakersList, *, closes_at: datetime, reason: str) -> list[dict[str, Any]]:
    """The mails to the first on `speakers_list` and the first who awaits a selection, if it closes at `closes_at`."""
    moved = SpeakersList.objects.select_related("meeting").get(pk=speakers_list.pk)
    moved.closes_at, moved.closed_at = closes_at, None
    found = []
    if entry := moved.inscriptions.active().select_related("delegation", "level").order_by("receipt_no").first():
        found.append(_to_entry("deadline", moved, entry, {"reason": reason}))
    waiting = Interest.objects.waiting().choosing(moved).with_choices().order_by("expressed_at", "pk").first()
    if waiting:
        text = interest_notices.text_of_deadline(waiting, moved, reason=reason)
        found.append(block(waiting.delegation, waiting.contact_email, text))
    return found


def _to_entry(name, speakers_list, entry, facts):
    entry.speakers_list = speakers_list
    (to, cc), language = notices.recipients(entry), entry.delegation.mail_language
    context = {"inscription": entry, **facts}
    _subject, text, _language = notices.rendered(name, speakers_list, context, language, to=[*to, *cc])
    return block(entry.delegation, to[0], text)
