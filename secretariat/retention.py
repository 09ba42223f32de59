"""The personal data that Django itself and the local mail sink keep.  R-57"""

from datetime import timedelta

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.utils.translation import gettext_lazy as _

from journal.erasing import erase_about, number_about
from mailbox import erasing as sink
from outbox import erasing as mail
from outbox.models import Message
from retention import Place, Standing, erased, kept

OLD = timedelta(days=30)
STAFF = "staff accounts, which belong to no meeting: a lead makes them inactive, a superuser empties them"
UNUSED = "a table of django-allauth that stays empty"
NOT_PERSONAL = "says nothing of persons"

FIELDS = {
    "secretariat.GuessCount": kept(NOT_PERSONAL, "key"),
    "secretariat.Database": {},
    "secretariat.Restoration": kept(NOT_PERSONAL, "facts"),
    "account.EmailAddress": kept(UNUSED, "email"),
    "account.EmailConfirmation": kept(UNUSED, "key"),
    "mfa.Authenticator": kept(STAFF, "data"),
    "socialaccount.SocialAccount": kept(STAFF, "provider", "uid", "extra_data"),
    "socialaccount.SocialApp": kept(
        UNUSED, "provider", "provider_id", "name", "client_id", "secret", "key", "settings"
    ),
    "socialaccount.SocialToken": kept(UNUSED, "token", "token_secret"),
    "auth.User": kept(STAFF, "username", "first_name", "last_name", "email", "password"),
    "auth.Group": kept(NOT_PERSONAL, "name"),
    "auth.Permission": kept(NOT_PERSONAL, "name", "codename"),
    "contenttypes.ContentType": kept(NOT_PERSONAL, "app_label", "model"),
    "sessions.Session": erased("session_key", "session_data"),
    "admin.LogEntry": erased("object_id", "object_repr", "change_message"),
}


def _subjects(meeting):
    """The subjects of the mails about `meeting` in the secretariat’s own chain."""
    return [f"mail/{pk}" for pk in Message.objects.filter(about=meeting.slug).values_list("pk", flat=True)]


def _sunk():
    """The mails of the local sink, as a list; empty if there is no sink."""
    return list(sink.written()) if settings.MAILBOX_DIR else []


def _sunk_and_due(at):
    """The files of mails that the outbox has erased, and of older ones that it does not know."""
    mails = _sunk()
    known = set(Message.objects.values_list("message_id", flat=True)) if mails else set()
    telling = set(mail.telling(Message.objects.all()).values_list("message_id", flat=True)) if mails else set()
    return [
        name
        for name, key, written_at in mails
        if (key in known and key not in telling) or (key not in known and written_at <= at - OLD)
    ]


PLACES = [
    Place(
        _("personal data in the secretariat’s journal, on mail about the meeting"),
        left=lambda meeting: number_about(_subjects(meeting)),
        erase=lambda meeting, _at: erase_about(_subjects(meeting)),
    )
]
SINK = Standing(
    _("files of the local mail sink"),
    _("when the outbox has erased their mail; others after 30 days"),
    left=lambda: len(_sunk()),
    due=lambda at: len(_sunk_and_due(at)),
    erase=lambda at: sink.erase(_sunk_and_due(at)),
)
"""The mails of the embedded mode, on the disk of this machine."""
STANDING = [
    Standing(
        _("sessions"),
        _("when they have expired, twelve hours after the sign-in"),
        left=lambda: Session.objects.count(),
        due=lambda at: Session.objects.filter(expire_date__lte=at).count(),
        erase=lambda at: Session.objects.filter(expire_date__lte=at).delete()[0],
    ),
    Standing(
        _("Django’s own log of the pages of the secretariat"),
        _("30 days after it was written; the journal is the record"),
        left=lambda: LogEntry.objects.count(),
        due=lambda at: LogEntry.objects.filter(action_time__lte=at - OLD).count(),
        erase=lambda at: LogEntry.objects.filter(action_time__lte=at - OLD).delete()[0],
    ),
    SINK,
]
