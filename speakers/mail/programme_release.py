"""Releasing a programme with its notices: drafts for the persons and delegations concerned only.  R-31"""

from datetime import datetime

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import translation

from acts.locking import locked
from dialogue import mailing, releasing, versions
from dialogue.models import Meeting, ProgrammePerson, ProgrammeVersion
from journal.actors import Actor
from speakers.list_state import closing_in_words
from speakers.mail import notices, texts

KIND = "speakers.programme"


def release(meeting: Meeting, *, kind: str, comment: str, by: Actor, at: datetime) -> tuple[ProgrammeVersion, int]:
    """Release the programme of `meeting`, and draft the notices of what is new in it.  R-31

    Notices go to the persons of new or changed slots whose address is known and, if the time of the list changes, to
    the delegations that hold a place on the main list, which the room hears. The first version changes nothing and so
    drafts none. The drafts wait at the mail desk. Returns the version and the number of drafts. Raises
    `dialogue.releasing.ReleaseRefused`.
    """
    with locked(meeting) as meeting:
        version, last = releasing.release(meeting, kind=kind, comment=comment, by=by, at=at)
        if last is None:
            return version, 0
        old, new = versions.content_of(last), versions.content_of(version)
        letters = _to_persons(meeting, versions.changed_slots(old, new))
        if versions.changes_time_of_list(old, new):
            letters += _to_delegations(meeting)
        for letter in letters:
            _draft(meeting, version, lambda: versions.difference(old, new, meeting), **letter)
        return version, len(letters)


def _to_persons(meeting, slots):
    """One letter for each address of a person of the `slots`."""
    persons = ProgrammePerson.objects.filter(~Q(email=""), slot__meeting=meeting, slot__in=slots)
    addresses = list(dict.fromkeys(persons.values_list("email", flat=True)))
    return [{"name": f"person-{number}", "to": [address]} for number, address in enumerate(addresses, start=1)]


def _to_delegations(meeting):
    """One letter for each entry that holds a place on the main list, in the language of its delegation."""
    standing = list(
        meeting.speakers_list.inscriptions.standing().select_related("delegation", "level").order_by("receipt_no")
    )
    letters = []
    for inscription in standing:
        inscription.speakers_list = meeting.speakers_list
        to, cc = notices.recipients(inscription)
        language = inscription.delegation.mail_language
        letter = {"name": str(inscription.public_id), "to": to, "cc": cc, "inscription": inscription}
        letters.append({**letter, "language": language})
    return letters


def _draft(meeting, version, tell_lines, *, name, to, cc=(), inscription=None, language=settings.LANGUAGE_CODE):
    """Write one draft; its key is the version and the addressee, so that it is written only once."""
    language = texts.language_of("programme", meeting, language, [*to, *cc])
    with translation.override(language):
        context = {
            "meeting": meeting,
            "version": version,
            "lines": tell_lines(),
            "inscription": inscription,
            "link": settings.SITE_URL + reverse("dialogue:programme", args=[meeting.slug]),
            "closes": closing_in_words(meeting.speakers_list),
        }
        subject, body = texts.words("programme", meeting, context, language=language)
    mailing.post(
        meeting,
        key=f"{KIND}/{meeting.slug}/{version.number}/{name}",
        kind=KIND,
        to=to,
        cc=list(cc),
        subject=subject,
        body=body,
        language=language,
        hold=True,
    )
