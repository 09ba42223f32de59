"""Every mail about the list of speakers: its recipients and its key; the texts are in `templates/speakers/mail/`.

Each mail is a row of the outbox in the transaction of the act (R-10), rendered at that moment; that of an inscription
is rendered after it (`acknowledging.py`). Staff may replace a
template by a text of their own (`texts.py`). Links are built from `SITE_URL` alone.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import translation

import spelling
from dialogue import mailing
from dialogue.models import Meeting
from journal.models import Entry
from languages.wording import when_read
from outbox import posting
from speakers.forecast import list_forecast
from speakers.list_state import closing_in_words
from speakers.mail import digests, texts
from speakers.models import FocalPoint, Inscription, Revision, SpeakersList, called_on
from speakers.order.precedence import Place


@posting.together()
def confirm_change(inscription: Inscription, *, witness: Entry) -> None:
    """After a change of speaker or level, tell the delegation and the officer what is now recorded.  R-23 R-24"""
    _tell_change(inscription, witness)


@posting.together()
def confirm_correction(inscription: Inscription, *, former: tuple[list[str], list[str]], witness: Entry) -> None:
    """After a correction, tell as after a change, and each `former` recipient (to, cc) that is one no more.  R-67

    These learn that they were replaced, and nothing that was corrected: a wrong address may be a stranger's (R-60).
    """
    _tell_change(inscription, witness)
    to, cc = recipients(inscription)
    present = {spelling.address(address) for address in (*to, *cc)}
    replaced = [address for address in (*former[0], *former[1]) if spelling.address(address) not in present]
    for number, address in enumerate(replaced, start=1):
        occasion = f"{witness.hash}/{number}"
        tell(inscription, "former_address", occasion=occasion, to=[address], witness=witness.hash)


@posting.together()
def confirm_withdrawal(inscription: Inscription, *, witness: Entry) -> None:
    """Tell the delegation and the officer that the entry was withdrawn.  R-25"""
    tell(inscription, "withdrawn", occasion=witness.hash, witness=witness.hash)
    _tell_officer("notice_withdrawn", inscription, occasion=witness.hash)


@posting.together()
def tell_fixing(inscription: Inscription, *, witness: Entry) -> None:
    """Tell the delegation and the officer that the entry was fixed to a sitting, or is no longer.  R-64"""
    place = _tell_place(inscription, "sitting", occasion=witness.hash, at=witness.at, witness=witness.hash)
    _tell_officer("notice_sitting", inscription, occasion=witness.hash, place=place)


def confirm_verification(inscription: Inscription, *, witness: Entry) -> None:
    """Tell the contact and copies that the entry now stands.  R-11"""
    _tell_place(inscription, "verified", occasion=witness.hash, at=witness.at)


def tell_refusal(inscription: Inscription, *, reason: str, witness: Entry) -> None:
    """Tell the address that filed the entry, and no other, that it was refused and why.  R-11"""
    tell(inscription, "refused", occasion=witness.hash, to=[inscription.filed_by_email], reason=reason)


@posting.together()
def announce_established(speakers_list: SpeakersList, revision: Revision, places: list[Place]) -> None:
    """Tell each delegation its place on the established list, and send the whole list to the officer.  R-06"""
    ahead = list_forecast.forecast_list(speakers_list, places, at=revision.as_at)
    for place in places:
        place.inscription.speakers_list = speakers_list
        turn = when_read(ahead.turn_in_words, place.inscription)
        facts: dict[str, Any] = {"place": place, "total": len(places), "turn": turn, "revision": revision}
        tell(place.inscription, "established", occasion=revision.sha256, **facts)
    context = {
        "revision": revision,
        "places": places,
        "unverified": speakers_list.inscriptions.filter(state=Inscription.State.UNVERIFIED).count(),
    }
    to_officer("notice_established", speakers_list, occasion=revision.sha256, context=context)


@posting.together()
def announce_deadline(speakers_list: SpeakersList, *, reason: str, occasion: str) -> None:
    """Tell every inscribed delegation and the officer the new deadline and its reason.  R-04"""
    for inscription in speakers_list.inscriptions.active().select_related("delegation", "level"):
        inscription.speakers_list = speakers_list
        tell(inscription, "deadline", occasion=occasion, reason=reason)
    context = {"reason": reason}
    to_officer("notice_deadline", speakers_list, occasion=occasion, context=context)


def remind_to_inscribe(speakers_list: SpeakersList, focal_point: FocalPoint, *, before: timedelta) -> None:
    """Remind `focal_point` that its delegation is not yet inscribed, `before` (3 days, 1 day) the deadline."""
    occasion = f"{speakers_list.closes_at:%Y%m%dT%H%M%SZ}/{before.days}/{focal_point.pk}"
    [delegation] = called_on([focal_point.delegation], speakers_list.meeting.starts_on)
    context = {"delegation": delegation, "days": before.days}
    language = delegation.mail_language
    post("reminder", speakers_list, occasion=occasion, to=[focal_point.email], context=context, language=language)


def remind_to_confirm(inscription: Inscription) -> None:
    """Remind the delegation that its speaker is still to be confirmed.  R-14"""
    tell(
        inscription, "confirm_speaker", occasion=f"{inscription.public_id}/{inscription.meeting.starts_at:%Y%m%dT%H%M}"
    )


def _tell_change(inscription, witness):
    place = _tell_place(inscription, "changed", occasion=witness.hash, at=witness.at, witness=witness.hash)
    _tell_officer("notice_changed", inscription, occasion=witness.hash, place=place)


def _tell_place(inscription, name, *, occasion, at, **context):
    """Mail the delegation its place now and the likely time of its turn, as at the meeting's moment `at`.  R-43

    Returns the place, or None if it holds none.
    """
    place, ahead = list_forecast.place_and_forecast(inscription, at=at)
    turn = when_read(ahead.turn_in_words, inscription)
    tell(inscription, name, occasion=occasion, place=place, turn=turn, **context)
    return place


def tell(inscription: Inscription, name: str, *, occasion: str, to: list[str] | None = None, **context: Any) -> None:
    """Mail the delegation: the contact, copies and filer; for a stranger's unverified entry, the filer alone."""
    if to is None:
        to, cc = recipients(inscription)
    else:
        cc = []
    context |= {"inscription": inscription}
    occasion, language = f"{inscription.public_id}/{occasion}", inscription.delegation.mail_language
    post(name, inscription.speakers_list, occasion=occasion, to=to, cc=cc, context=context, language=language)


def recipients(inscription: Inscription) -> tuple[list[str], list[str]]:
    """The recipients of mail about `inscription`, as the lists (to, cc)."""
    if inscription.awaits_sender:
        return [inscription.filed_by_email], []
    to = [inscription.contact_email]
    filer = [inscription.filed_by_email] if "@" in inscription.filed_by_email else []
    known = {spelling.address(address) for address in to}
    cc = []
    for address in [*inscription.copies, *filer]:
        if (key := spelling.address(address)) not in known:
            known.add(key)
            cc.append(address)
    return to, cc


def _tell_officer(name, inscription, *, occasion, place=None):
    context = {"inscription": inscription, "place": place}
    to_officer(name, inscription.speakers_list, occasion=occasion, context=context)


def to_officer(
    name: str, speakers_list: SpeakersList, *, occasion: str, context: dict[str, Any], is_urgent: bool = False
) -> None:
    """Mail the officers who take inscriptions, with copies to those the note names; nothing if it names none.

    Those who chose to be told together read it in a digest (`digests.py`), unless it `is_urgent` or of an urgent kind.
    """
    is_urgent = is_urgent or name not in digests.WAITING
    to, cc = officers_of(speakers_list.meeting, is_urgent=is_urgent)
    if to or cc:
        post(name, speakers_list, occasion=occasion, to=to, cc=cc, context=context)


def officers_of(meeting: Meeting, *, is_urgent: bool = True) -> tuple[list[str], list[str]]:
    """The officers who take inscriptions, and those the note names for copies, as addresses (to, cc).

    Of what is not urgent, those alone who are told at once; none if the note names no one who takes inscriptions.
    """
    contacts = list(meeting.contacts.all())
    if not any(contact.role == contact.Role.INSCRIPTION for contact in contacts):
        return [], []
    told = contacts if is_urgent else digests.told_at_once(contacts, meeting)
    to = [contact.email for contact in told if contact.role == contact.Role.INSCRIPTION]
    return to, [contact.email for contact in told if contact.role == contact.Role.INSCRIPTION_COPY]


def post(
    name: str,
    speakers_list: SpeakersList,
    *,
    occasion: str,
    to: list[str],
    context: dict[str, Any],
    cc: Iterable[Any] = (),
    language: str = settings.LANGUAGE_CODE,
) -> None:
    """Render the mail `name` and put it into the outbox, once per `occasion`; in `language`, if it has a text."""
    cc = list(cc)
    subject, body, language = rendered(name, speakers_list, context, language, to=[*to, *cc])
    mailing.post(
        speakers_list.meeting_at_hand,
        key=key_of(name, speakers_list, occasion),
        kind=f"speakers.{name}",
        to=to,
        cc=cc,
        subject=subject,
        body=body,
        language=language,
    )


def key_of(name: str, speakers_list: SpeakersList, occasion: str) -> str:
    """The key under which the mail `name` is in the outbox once per `occasion`."""
    return f"speakers/{name}/{'/'.join(speakers_list.address)}/{occasion}"


def rendered(
    name: str,
    speakers_list: SpeakersList,
    context: dict[str, Any],
    language: str = settings.LANGUAGE_CODE,
    to: Iterable[str] = (),
) -> tuple[str, str, str]:
    """The mail `name` in `context`, as (subject, body, language).

    In the language chosen under one of the addresses `to`, or else in `language`, if it has a text in it.
    """
    meeting = speakers_list.meeting_at_hand
    language = texts.language_of(name, meeting, language, to)
    with translation.override(language):
        closes = closing_in_words(speakers_list)
        context |= {"meeting": meeting, "site_url": settings.SITE_URL, "closes": closes}
        return (*texts.words(name, meeting, context, language=language), language)
