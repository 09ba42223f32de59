"""A lead lets the site go on, once what a restore kept back is decided.  R-76"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.actors import Actor
from journal.recording import record
from outbox.models import Message
from secretariat.models import Database, Restoration
from secretariat.recovery import banner
from secretariat.recovery.numbers import RestoreRefused


def let_go(restoration: Restoration, *, by: Actor, at: datetime, reason: str) -> None:
    """End the hold after `restoration` at the real moment `at`; journals in the secretariat's chain.

    Raises `RestoreRefused` if it has ended, or while mail is kept back.
    """
    with transaction.atomic():
        Database.of_this_site(lock=True)
        kept = Message.objects.kept().count()
        if kept:
            words = ngettext(
                "%(count)d mail is still kept back: first send it or drop it at the mail desk.",
                "%(count)d mails are still kept back: first send or drop them at the mail desk.",
                kept,
            )
            raise RestoreRefused(words % {"count": kept})
        if not Restoration.objects.standing().filter(pk=restoration.pk).update(let_go_at=at):
            raise RestoreRefused(_("The site is no longer on hold after this restore."))
        subject = f"restoration/{restoration.pk}"
        record("site let go", stream="secretariat", subject=subject, by=by, at=at, reason=reason)
    banner.forget()
