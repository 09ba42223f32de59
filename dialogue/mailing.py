"""The one way into the outbox for mail about a meeting: mail of a rehearsal waits at the mail desk.  R-10"""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from outbox import posting


def post(
    meeting: Any,
    *,
    subject: str = "",
    hold: bool = False,
    is_secret: bool = False,
    language: str = settings.LANGUAGE_CODE,
    **mail: Any,
) -> None:
    """Put one mail about `meeting` into the outbox, with the arguments of `outbox.posting.post`.  R-10

    Mail of a rehearsal says so in its subject and is held (see `Meeting.holds_mail`), because the addresses in its
    file are those of real people. A secret mail goes out all the same: the person who asked for a code or a personal
    link expects it.
    """
    is_withheld = meeting.holds_mail and not hold and not is_secret
    posting.post(
        about=meeting.slug,
        language=language,
        subject=subject_of(meeting, subject, language) if subject else "",
        hold=hold or is_withheld,
        is_withheld=is_withheld,
        is_secret=is_secret,
        is_rehearsal=meeting.is_rehearsal,
        **mail,
    )


def subject_of(meeting: Any, subject: str, language: str) -> str:
    """The `subject` of a mail about `meeting`, which says so if it is a rehearsal."""
    if not meeting.is_rehearsal:
        return subject
    with translation.override(language):
        return _("Rehearsal: %(title)s") % {"title": subject}
