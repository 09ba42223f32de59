"""The one door to the outbox for mail about a meeting: what a rehearsal writes waits at the mail desk.  R-10"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from outbox import posting


def post(meeting, *, subject, hold=False, is_secret=False, language=settings.LANGUAGE_CODE, **mail):
    """Put one mail about `meeting` into the outbox, with the arguments of `outbox.posting.post`.  R-10

    The addresses in a rehearsal's file are those of real people, so that its mail is held (see `Meeting.holds_mail`).
    A secret mail goes all the same: a code or a personal link is for whoever asked for it, at that address. Its subject
    says that it is one.
    """
    if meeting.is_rehearsal:
        with translation.override(language):
            subject = _("Rehearsal: %(title)s") % {"title": subject}
    posting.post(
        about=meeting.slug,
        language=language,
        subject=subject,
        hold=hold or (meeting.holds_mail and not is_secret),
        is_secret=is_secret,
        is_rehearsal=meeting.is_rehearsal,
        **mail,
    )
