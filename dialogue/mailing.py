"""The one way into the outbox for mail about a meeting: mail of a rehearsal waits at the mail desk.  R-10"""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from dialogue import moments
from outbox import posting

# How many characters of a meeting's title stand in a subject, which telephones cut even shorter.
LONGEST_TITLE = 80


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
    """The `subject` of a mail about `meeting`, which names the meeting and its first day, and a rehearsal as such.

    A long title is cut between words; what holds the title already is left as it is.
    """
    with translation.override(language):
        facts = {"subject": subject, "meeting": _in_short(str(meeting.title))}
        facts["date"] = moments.shown(meeting.starts_at, meeting.zone, "DATE_FORMAT")
        named = subject if str(meeting.title) in subject else _("%(subject)s – %(meeting)s, %(date)s") % facts
        return _("Rehearsal: %(title)s") % {"title": named} if meeting.is_rehearsal else named


def _in_short(title):
    if len(title) <= LONGEST_TITLE:
        return title
    cut = title[:LONGEST_TITLE]
    words = cut.rpartition(" ")[0] or cut
    return words.rstrip(" ,;:–") + "…"
