"""Every mail from the room: a row of the outbox in the transaction of the act.  R-10

The words are in `templates/floor/mail/`, or staff's own (`texts.py`).
"""

from django.conf import settings
from django.utils import translation

from dialogue import mailing
from journal.models import Entry
from speakers.mail import texts
from speakers.mail.notices import recipients
from speakers.models import Inscription


def offer_statement_in_lieu(inscription: Inscription, *, witness: Entry) -> None:
    """Tell an entry not reached or not delivered where a written statement may be posted in lieu.  R-40"""
    _tell(inscription, "in_lieu", occasion=witness.hash)


def alert(inscription: Inscription, *, before: int, about: str, version: int) -> None:
    """Tell an entry that `before` others speak before it, and `about` when its turn comes.  R-45

    `version` is the floor's: an entry that was moved back is alerted again when it comes near again.
    """
    _tell(inscription, "alert", occasion=f"{before}/{version}", before=before, about=about)


def _tell(inscription, name, *, occasion, **context):
    """Mail the contact of `inscription`, with the copies, once for each `occasion`."""
    meeting, (to, cc) = inscription.meeting, recipients(inscription)
    language = texts.language_of(name, meeting, inscription.delegation.mail_language, [*to, *cc])
    with translation.override(language):
        context |= {"inscription": inscription, "meeting": meeting, "site_url": settings.SITE_URL}
        subject, body = texts.words(name, meeting, context, language=language)
    mailing.post(
        meeting,
        key=f"floor/{name}/{meeting.slug}/{inscription.public_id}/{occasion}",
        kind=f"floor.{name}",
        to=to,
        cc=cc,
        subject=subject,
        body=body,
        language=language,
    )
