"""Mail about expressions of interest: to the contact, the copies and the filer, and to the officer.  R-10

The acknowledgement is stored with the facts that were recorded, and written by its sender, as that of an inscription.
"""

from datetime import datetime
from typing import Any

import spelling
from dialogue import mailing
from journal.canonical import plain
from outbox import posting
from outbox.delivery.writing import Text
from outbox.models import Message
from speakers import records
from speakers.mail import notices
from speakers.models import Interest, Level, SpeakersList

ACKNOWLEDGEMENT = "interest"


@posting.together()
def acknowledge(interest: Interest, *, occasion: str) -> None:
    """Acknowledge what is now recorded of the `interest`, and notify the officer; `occasion` is the journal's entry."""
    speakers_list, (to, cc) = interest.speakers_list, _recipients(interest)
    mailing.post(
        speakers_list.meeting_at_hand,
        key=notices.key_of(ACKNOWLEDGEMENT, speakers_list, f"{interest.public_id}/{occasion}"),
        kind=f"speakers.{ACKNOWLEDGEMENT}",
        to=to,
        cc=cc,
        facts={"interest": interest.pk, "recorded": plain(records.facts_of_interest(interest))},
    )
    _tell_officer(interest, occasion)


@posting.together()
def confirm_withdrawal(interest: Interest, *, occasion: str) -> None:
    """Tell the delegation and the officer that the `interest` is withdrawn."""
    _tell(interest, "interest_withdrawn", occasion)
    _tell_officer(interest, occasion)


@posting.together()
def announce_deadline(speakers_list: SpeakersList, *, reason: str, occasion: str) -> None:
    """Tell those who await the selection and chose `speakers_list` its new deadline and the `reason`.  R-04

    Each address once, and none that is told as that of an entry on the list (`notices.announce_deadline`).
    """
    entries = speakers_list.inscriptions.active()
    told = {spelling.address(each) for entry in entries for some in notices.recipients(entry) for each in some}
    for interest in Interest.objects.waiting().choosing(speakers_list).with_choices().order_by("expressed_at", "pk"):
        to, cc = ([each for each in some if spelling.address(each) not in told] for some in _recipients(interest))
        told.update(map(spelling.address, [*to, *cc]))
        notices.post(
            "interest_deadline",
            speakers_list,
            occasion=f"{interest.public_id}/{occasion}",
            to=to,
            cc=cc,
            context=_context(interest, reason=reason),
            language=interest.delegation.mail_language,
        )


def tell_of_no_seat(interest: Interest, *, words: str, occasion: str) -> None:
    """Tell the delegation with courtesy that no seat can be given; `words` are the secretariat's own, or empty."""
    _tell(interest, "no_seat", occasion, reason=words)


def text_of_no_seat(interest: Interest, *, words: str) -> str:
    """The text of that mail, to be read before it is sent."""
    context = _context(interest, reason=words)
    (to, cc), language = _recipients(interest), interest.delegation.mail_language
    return notices.rendered("no_seat", interest.speakers_list, context, language, to=[*to, *cc])[1]


def text_of_deadline(interest: Interest, speakers_list: SpeakersList, *, reason: str) -> str:
    """The text of the mail about the deadline of `speakers_list`, to be read before it is sent."""
    context = _context(interest, reason=reason)
    (to, cc), language = _recipients(interest), interest.delegation.mail_language
    return notices.rendered("interest_deadline", speakers_list, context, language, to=[*to, *cc])[1]


def write(message: Message, *, at: datetime) -> Text:  # noqa: ARG001  it tells no place, and so depends on no moment
    """The acknowledgement, from the facts recorded of an expression of interest, whatever has changed since."""
    interest = _as_recorded(message)
    context, language = _context(interest), interest.delegation.mail_language
    to = [*message.to, *message.cc]
    subject, body, language = notices.rendered(ACKNOWLEDGEMENT, interest.speakers_list, context, language, to=to)
    return Text(mailing.subject_of(interest.meeting, subject, language), body, language)


def _as_recorded(message):
    """The expression of interest as it was when it was recorded; not to be saved."""
    recorded = message.facts["recorded"]
    interest = Interest.objects.with_choices().get(pk=message.facts["interest"])
    for name in [*records.OF_INTEREST, "contact_telephone"]:
        field: Any = Interest._meta.get_field(name)
        setattr(interest, name, field.to_python(recorded[name]))
    interest.level = Level.objects.get(code=recorded["level"])
    others = interest.speakers_list.meeting.lists.filter(slug=recorded["second_choice"])
    interest.second_choice = None if recorded["second_choice"] is None else others.get()
    return interest


def _context(interest, **more):
    return {"interest": interest, "delegation": interest.delegation, **more}


def _recipients(interest):
    return [interest.contact_email], [*interest.copies, interest.filed_by_email]


def _tell(interest, name, occasion, **more):
    to, cc = _recipients(interest)
    notices.post(
        name,
        interest.speakers_list,
        occasion=f"{interest.public_id}/{occasion}",
        to=to,
        cc=cc,
        context=_context(interest, **more),
        language=interest.delegation.mail_language,
    )


def _tell_officer(interest, occasion):
    context = {"interest": interest}
    notices.to_officer("notice_interest", interest.speakers_list, occasion=occasion, context=context)
