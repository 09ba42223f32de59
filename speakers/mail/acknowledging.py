"""The acknowledgement of an inscription, and the notice of it to the officer.  R-10

While others wait for the lock of the list, only the facts that were recorded are stored, as rows of the outbox in the
transaction of the act; the sender writes the mails from these facts, with the place of that moment.
"""

from datetime import datetime
from typing import Any

from django.conf import settings

from dialogue import mailing
from journal.canonical import plain
from languages.wording import when_read
from outbox import posting
from outbox.delivery.writing import Text
from outbox.models import Message
from speakers import records
from speakers.forecast import list_forecast
from speakers.mail import notices
from speakers.models import Inscription, Level
from speakers.order import precedence

ACKNOWLEDGEMENT, NOTICE = "acknowledgement", "notice_inscribed"


def acknowledge(inscription: Inscription, facts: dict[str, Any], *, at: datetime) -> None:
    """Post the acknowledgement to the contact and copies, and the notice to the inscription officer.  R-10

    `facts` are those recorded of the entry, `at` is the real moment. For a stranger's entry, only the address that
    filed it gets mail, so that no stranger can have our mail carry their words to a third party (R-60).
    """
    (to, cc), recorded = notices.recipients(inscription), plain(facts)
    with posting.together(at):
        _post(ACKNOWLEDGEMENT, inscription, recorded, f"{inscription.public_id}/{inscription.witness}", to=to, cc=cc)
        _post(NOTICE, inscription, recorded, inscription.witness, to=[], cc=[])


def tell_officer(inscription: Inscription, facts: dict[str, Any], *, at: datetime) -> None:
    """Notify the inscription officer alone: the office that selected a speaker tells them itself.  R-56"""
    with posting.together(at):
        _post(NOTICE, inscription, plain(facts), inscription.witness, to=[], cc=[])


def write(message: Message, *, at: datetime) -> Text:
    """The acknowledgement, from the facts recorded of an entry, with its place at the real moment `at`."""
    entry = _as_recorded(message)
    place, ahead = list_forecast.place_and_forecast(entry, at=entry.meeting.moment(at))
    context = {"inscription": entry, "place": place, "turn": when_read(ahead.turn_in_words, entry)}
    return _text(ACKNOWLEDGEMENT, entry, context, [*message.to, *message.cc], entry.delegation.mail_language)


def write_notice(message: Message, *, at: datetime) -> Text:  # noqa: ARG001  its place is that of the list, at any moment
    """The notice to the officers whom the meeting names now, with its place now; what is to be verified is urgent."""
    entry = _as_recorded(message)
    to, cc = notices.officers_of(entry.meeting, is_urgent=not entry.is_standing)
    context = {"inscription": entry, "place": precedence.place_of(entry)}
    return _text(NOTICE, entry, context, [*to, *cc])._replace(to=to, cc=cc)


def _post(name, inscription, recorded, occasion, **recipients):
    speakers_list = inscription.speakers_list
    mailing.post(
        speakers_list.meeting_at_hand,
        key=notices.key_of(name, speakers_list, occasion),
        kind=f"speakers.{name}",
        facts={"inscription": inscription.pk, "recorded": recorded},
        **recipients,
    )


def _text(name, entry, context, to, language=settings.LANGUAGE_CODE):
    subject, body, language = notices.rendered(name, entry.speakers_list, context, language, to)
    return Text(mailing.subject_of(entry.meeting, subject, language), body, language)


def _as_recorded(message):
    """The entry as it was when it was recorded, whatever changed since; not to be saved."""
    recorded = message.facts["recorded"]
    entry = Inscription.objects.select_related("delegation", "level").get(pk=message.facts["inscription"])
    for name in [*records.KEPT, "contact_telephone"]:
        field: Any = Inscription._meta.get_field(name)
        setattr(entry, name, field.to_python(recorded[name]))
    if entry.level.code != recorded["level"]:
        entry.take_level(Level.objects.get(code=recorded["level"]))
    return entry
