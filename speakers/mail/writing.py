"""Writing to many delegations at once: each mail is a separate draft, which staff check and release.  R-60

Staff write the text in English, and in other languages as well if they like: each delegation reads its own, if it is
among them.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation

from acts.locking import locked
from dialogue import mailing
from dialogue.models import Meeting
from journal import recording
from journal.actors import Actor
from languages import remembering
from languages.wording import when_read
from speakers.forecast import list_forecast
from speakers.list_state import closing_in_words
from speakers.mail import editable_mails, notices, texts
from speakers.models import Delegation, FocalPoint, Inscription, SpeakersList, called_on
from speakers.order import precedence

TO_ENTRIES = editable_mails.PLACE
TO_DELEGATIONS = ("meeting", "deadline", "delegation", "inscribe_link")
KIND = "speakers.bulk"

# Subject and text, by language; there is always one in English.
Letter = Mapping[str, tuple[str, str]]


class Nowhere:
    """Stands for the place of an entry that holds none, in a text that asks for one."""

    number = "–"


def require_text(subject: str, body: str, *, allowed: tuple[str, ...]) -> None:
    """Raise `texts.TextRefused` if the text holds a placeholder that is not `allowed`."""
    texts.require_placeholders(subject, body, allowed=allowed)


def language_among(written: Iterable[str], delegation: Delegation, to: Iterable[str]) -> str:
    """In which of the languages `written` the `delegation` is written to at the addresses `to`.

    The one chosen under the first of them under which one was, or else its language of mail; if that is not among them,
    English.
    """
    language = remembering.language_of(*to) or delegation.mail_language
    return language if language in written else settings.LANGUAGE_CODE


def filled(letter: Letter, language: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and text of the `letter` in one of its languages, with what its placeholders stand for in `context`."""
    with translation.override(language):
        return texts.fill(*letter[language], context)


def entry_contexts(
    inscriptions: Iterable[Inscription], *, at: datetime
) -> Iterator[tuple[Inscription, dict[str, Any]]]:
    """The context of a mail to each of the `inscriptions`, by its own list, as pairs (inscription, context).

    `at` is the moment of their meeting. List by list, each in the given order.
    """
    by_list: dict[int, list[Inscription]] = {}
    for inscription in inscriptions:
        by_list.setdefault(inscription.speakers_list_id, []).append(inscription)
    for speakers_list in SpeakersList.objects.filter(pk__in=by_list):
        yield from _contexts_on(speakers_list, by_list[speakers_list.pk], at)


def _contexts_on(speakers_list, inscriptions, at):
    places = precedence.speaking_order(speakers_list)
    by_entry = {place.inscription.pk: place for place in places}
    ahead = list_forecast.forecast_list(speakers_list, places, at=at)
    facts = _facts(speakers_list.meeting_at_hand) | {"total": len(places)}
    for inscription in inscriptions:
        inscription.speakers_list = speakers_list
        place = by_entry.get(inscription.pk, Nowhere)
        yield (
            inscription,
            facts
            | {
                "inscription": inscription,
                "place": place,
                "turn": when_read(ahead.turn_in_words, inscription),
            },
        )


def delegation_context(meeting: Meeting, delegation: Delegation) -> dict[str, Any]:
    """The context of a mail to the focal points of `delegation`."""
    return _facts(meeting) | {"delegation": delegation}


def write_to_entries(meeting: Meeting, keys: list[str], letter: Letter, *, batch: UUID, by: Actor, at: datetime) -> int:
    """Draft one mail for each of the entries `keys` of `meeting`. Returns the number of drafts.

    It goes to the contact with copies or, for a stranger's unverified entry, to the filer alone (R-60). `batch` names
    the whole: a batch written twice exists once. `at` is the meeting's moment. Journals. Raises `texts.TextRefused`.
    """
    _require_letter(letter, allowed=TO_ENTRIES)
    chosen = Inscription.objects.filter(speakers_list__meeting=meeting, pk__in=keys).select_related(
        "delegation", "level"
    )
    with locked(meeting) as meeting:
        letters = [
            (inscription.public_id, inscription.delegation, *notices.recipients(inscription), context)
            for inscription, context in entry_contexts(chosen.order_by("receipt_no"), at=at)
        ]
        return _draft(meeting, letter, letters, batch=batch, by=by, at=at)


def write_to_delegations(
    meeting: Meeting, keys: list[Any], letter: Letter, *, batch: UUID, by: Actor, at: datetime
) -> int:
    """Draft one mail to the active focal points of each of the delegations `keys`. Returns the number of drafts.

    A delegation without a focal point gets none. Otherwise as `write_to_entries`.
    """
    _require_letter(letter, allowed=TO_DELEGATIONS)
    with locked(meeting) as meeting:
        addresses = addresses_of(keys)
        named = called_on(addresses, meeting.starts_on)
        letters: list[tuple] = [
            (each.code, each, addresses[each], [], delegation_context(meeting, each)) for each in named
        ]
        return _draft(meeting, letter, letters, batch=batch, by=by, at=at)


def addresses_of(keys: list[Any]) -> dict[Delegation, list[str]]:
    """The addresses of the active focal points of each of the delegations `keys` that has one, in their order."""
    points = FocalPoint.objects.to_remind().filter(delegation__in=keys).order_by("delegation__sort_name", "email")
    addresses: dict[Delegation, list[str]] = {}
    for point in points:
        addresses.setdefault(point.delegation, []).append(point.email)
    return addresses


def _require_letter(letter, *, allowed):
    for subject, body in letter.values():
        require_text(subject, body, allowed=allowed)


@remembering.read_once()
def _draft(meeting, letter, letters, *, batch, by, at):
    """Store `letters` of the locked `meeting` (name, delegation, to, cc, context) as drafts. Returns how many."""
    keys = []
    for name, delegation, to, cc, context in letters:
        language = language_among(letter, delegation, [*to, *cc])
        line, text = filled(letter, language, context)
        key = f"speakers/bulk/{batch}/{name}"
        mailing.post(
            meeting,
            key=key,
            kind=KIND,
            to=to,
            cc=cc,
            subject=line,
            body=text,
            language=language,
            hold=True,
        )
        keys.append(key)
    written = {code: {"subject": subject, "text": body} for code, (subject, body) in letter.items()}
    in_english = written.pop(settings.LANGUAGE_CODE)
    recording.record(
        "drafts written",
        stream=meeting.journal_stream,
        subject=f"mail/bulk/{batch}",
        by=by,
        at=at,
        after={"count": len(keys), **in_english, "in_other_languages": written},
    )
    return len(keys)


def _facts(meeting):
    return {
        "meeting": meeting,
        "site_url": settings.SITE_URL,
        "closes": when_read(closing_in_words, meeting.speakers_list),
    }
