"""The link of a booth, which needs no account: made, renewed, revoked, opened. Only a hash of its token is kept.

R-59 R-73
"""

import secrets
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from acts.keyed_hashes import keyed_hash, possible_hashes
from acts.refusals import Refusal
from dialogue.models import Meeting
from floor.models import Booth
from journal import recording
from journal.actors import Actor

# The purpose of the hashes that are kept.
TOKEN = "floor.booths"  # noqa: S105  no token, but what one is for
ROLE = "booth"


class LinkRefused(Refusal):
    """The link is not made, or not ended; the words say why."""


def make(meeting: Meeting, name: str, *, by: Actor, at: datetime) -> tuple[Booth, str]:
    """Make the booth called `name` with its link. Returns it with the URL, which is not kept anywhere. Journals.

    `at` is the meeting's moment. Raises `LinkRefused` if there is a booth of this name, or once its link would have
    expired.
    """
    booth = Booth(meeting=meeting, name=name)
    _refuse_expired(booth, at)
    url = _give_token(booth, at)
    try:
        with transaction.atomic():
            booth.save(force_insert=True)
            _record("booth link made", booth, by=by, at=at)
    except IntegrityError as error:
        raise LinkRefused(_("There is a booth of this name: renew its link."), "name") from error
    return booth, url


def renew(booth: Booth, *, by: Actor, at: datetime) -> str:
    """Give the `booth` another link and return its URL; the one before ends at once, with all pages open by it.

    Journals. Raises `LinkRefused` once the link would have expired.
    """
    _refuse_expired(booth, at)
    with transaction.atomic():
        booth = Booth.objects.select_for_update().select_related("meeting").get(pk=booth.pk)
        url = _give_token(booth, at)
        booth.opened_at = booth.ended_at = None
        booth.save(update_fields=["token_hash", "linked_at", "opened_at", "ended_at"])
        _record("booth link renewed", booth, by=by, at=at)
        return url


def revoke(booth: Booth, *, by: Actor, at: datetime) -> None:
    """End the link of the `booth` at once, and all pages open by it. Journals. Raises `LinkRefused` if it has ended."""
    with transaction.atomic():
        booth = Booth.objects.select_for_update().select_related("meeting").get(pk=booth.pk)
        if booth.is_revoked:
            raise LinkRefused(_("This link has already been revoked."))
        booth.ended_at = at
        booth.save(update_fields=["ended_at"])
        _record("booth link revoked", booth, by=by, at=at)


def find(meeting: Meeting, token: str, *, at: datetime) -> Booth | None:
    """The booth of `meeting` whose live link holds `token`, or None. Changes nothing.  R-59"""
    live = Booth.objects.live(at).filter(meeting=meeting.pk, token_hash__in=possible_hashes(TOKEN, token))
    return live.select_related("meeting").first()


def open_link(meeting: Meeting, token: str, *, at: datetime) -> Booth | None:
    """The booth that `find` finds, for a browser that is to read as that booth. Journals the first time."""
    with transaction.atomic():
        booth = find(meeting, token, at=at)
        first = booth and Booth.objects.filter(pk=booth.pk, token_hash=booth.token_hash, opened_at=None)
        if booth and first and first.update(opened_at=at):
            _record("booth link opened", booth, by=Actor(booth.name, ROLE), at=at)
        return booth


def _refuse_expired(booth, at):
    if booth.expires_at <= at:
        raise LinkRefused(_("The meeting is over: a link would have expired."))


def _give_token(booth, at):
    """Give the `booth` a new token at the moment `at`. Returns the URL that holds it, always under `SITE_URL`."""
    token = secrets.token_urlsafe(24)
    booth.token_hash, booth.linked_at = keyed_hash(TOKEN, token), at
    return settings.SITE_URL + reverse("floor:booth_link", args=[booth.meeting.slug, token])


def _record(act, booth, *, by, at):
    stream, subject = booth.meeting.journal_stream, f"booth/{booth.public_id}"
    recording.record(act, stream=stream, subject=subject, by=by, at=at, after={"name": booth.name})
