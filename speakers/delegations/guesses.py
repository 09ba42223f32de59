"""Guesses at a sign-in: counted in the database within windows of time; a limit that is passed is told.  R-59 R-78"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from acts.locking import locked
from journal import position
from journal.actors import SYSTEM
from journal.recording import record
from languages import remembering
from languages.wording import when_read
from outbox import posting
from outbox.models import Message

STREAM = "secretariat"
TOLD_FOR = timedelta(days=1)
# No lead gets another mail of one kind of guesses sooner.
APART = timedelta(hours=1)


@contextmanager
def counting(model: Any, *, window: timedelta, at: datetime, **key: Any) -> Iterator[Any]:
    """Count one guess at the real moment `at`, in the row of `model` under its `key`, locked for the body of a `with`.

    The body gets the row, with the `number` of guesses since `began_at`, the begin of its `window`.
    """
    rows = model.objects
    rows.bulk_create([model(**key, began_at=at)], ignore_conflicts=True)
    with locked(rows.filter(**key)) as counted:
        if at - counted.began_at >= window:
            counted.began_at, counted.number = at, 0
        counted.number += 1
        counted.save()
        yield counted


def note_limit(act: str, *, subject: str, words: Callable[[int], str], at: datetime) -> None:
    """Journal the `act` that a limit was passed, and tell the leads by mail; `words` say it, with how often in a day.

    A lead is anyone who may change accounts of staff. Mailed at most once in an hour (`APART`) for each `act`.
    """
    begin = f"speakers/guesses/{act.replace(' ', '-')}/"
    record(act, stream=STREAM, subject=subject, by=SYSTEM, at=at)
    if Message.objects.filter(key__startswith=begin, created_at__gt=at - APART).exists():
        return
    page = reverse("admin:journal_entry_changelist", query={"q": act})
    times = position.times(STREAM, [act], after=at - TOLD_FOR)[act]
    context = {"words": when_read(words, times), "address": f"{settings.SITE_URL}{page}"}
    leads = User.objects.with_perm("auth.change_user", backend="django.contrib.auth.backends.ModelBackend")
    for lead in leads.filter(is_staff=True).exclude(email=""):
        language = remembering.language_of(lead.email) or settings.LANGUAGE_CODE
        with translation.override(language):
            subject, _, body = render_to_string("speakers/mail/notice_guesses.txt", context).lstrip().partition("\n")
        posting.post(
            key=f"{begin}{at:%Y-%m-%dT%H:%M}/{lead.pk}",
            kind="speakers.notice_guesses",
            to=[lead.email],
            subject=subject,
            body=f"{body.strip()}\n",
            language=language,
            at=at,
        )
