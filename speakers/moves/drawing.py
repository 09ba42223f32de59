"""Draws: the commitment before the list opens, the public beacon after the window, the draw itself; or lots.  R-21

The secret of a draw is never stored before the draw. It follows from a random nonce and the site's secret key, so
that neither the database alone nor a copy of it reveals the secret; and it cannot be changed, because its hash is
published.
"""

import secrets
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from acts.keyed_hashes import keyed_hash, possible_hashes
from acts.locking import locked
from acts.refusals import Refusal
from dialogue import moments
from journal import recording
from journal.actors import Actor
from speakers import recomputing, records
from speakers.mail import order_notices
from speakers.models import Draw, Revision, SpeakersList
from speakers.order import policies, precedence
from speakers.publishing import revisions

# How long after its window a draw waits for entries that arrived in it and waited for the lock
# (`locking.WAIT_AT_MOST`).
PAUSE = timedelta(seconds=10)
# What the last step of a draw fills; the database refuses to change anything else (`speakers/protection.py`).
HELD = ["secret", "seed", "drawn_at", "receipts", "delegations"]
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=1)


class DrawRefused(Refusal):
    """The draw cannot take this step; the message says why."""


def is_awaited(speakers_list: SpeakersList) -> bool:
    """Does a draw of the meeting's policy still have to decide its order? (1 statement if the policy draws.)

    Without a commitment there is no draw at the opening, because it cannot be made later.
    """
    if not policies.policy_named(speakers_list.policy).is_drawn:
        return False
    draw = _draw_of(speakers_list)
    if draw is None:
        return speakers_list.policy == SpeakersList.Policy.LOTS
    return not draw.is_drawn


def step_due(speakers_list: SpeakersList, at: datetime) -> str:
    """Which step of the draw is due at the meeting's moment `at`: “commit”, “beacon”, “hold”, “lots”, or none (empty).

    “missed” if no commitment was made in time for a draw at the opening. (One statement if the policy draws.)
    """
    if not policies.policy_named(speakers_list.policy).is_drawn:
        return ""
    draw = _draw_of(speakers_list)
    if speakers_list.policy == SpeakersList.Policy.LOTS:
        is_closed = at >= speakers_list.opens_at and not speakers_list.accepts_inscriptions(at)
        return "lots" if draw is None and is_closed else ""
    if draw is None:
        return "commit" if at < speakers_list.opens_at else "missed"
    if draw.is_drawn or at < speakers_list.opens_at + cast(timedelta, draw.window) + PAUSE:
        return ""
    return "hold" if draw.beacon else "beacon"


def has_lost_its_secret(speakers_list: SpeakersList) -> bool:
    """Is there a draw still to be held whose secret follows from none of the site’s keys, so that it could not be held?

    One statement if the list's policy draws, unless the draws were read with the list.
    """
    draw = _draw_of(speakers_list) if policies.policy_named(speakers_list.policy).is_drawn else None
    return draw is not None and bool(draw.commitment) and not draw.is_drawn and _secret_of(draw) is None


def _draw_of(speakers_list):
    """The draw of the list's present policy, or None. One statement, unless the draws were read with the list."""
    return next((draw for draw in speakers_list.draws.all() if draw.kind == speakers_list.policy), None)


def commit(speakers_list: SpeakersList, *, window: timedelta, beacon: str, by: Actor, at: datetime) -> Draw:
    """Commit to a secret, by publishing its hash, before `speakers_list` opens.  R-21

    `window` is a `timedelta` from the opening; `beacon` names the public value that will be used, in words. `at` is
    the meeting's moment. Journals. Returns the `Draw`. Raises `DrawRefused`.
    """
    with locked(speakers_list) as speakers_list:
        _object_to_commitment(speakers_list, window, beacon, at=at)
        nonce = secrets.token_hex(32)
        draw = Draw.objects.create(
            speakers_list=speakers_list,
            kind=Draw.Kind.OPENING_WINDOW,
            window=window,
            nonce=nonce,
            commitment=recomputing.commitment(keyed_hash("speakers.drawing", nonce)),
            committed_at=at,
            beacon_announced=beacon.strip(),
        )
        after = {"commitment": draw.commitment, "window": window, "beacon_announced": draw.beacon_announced}
        _record("draw committed to", draw, by=by, at=at, after=after)
        return draw


def enter_beacon(speakers_list: SpeakersList, *, value: str, source: str, by: Actor, at: datetime) -> Draw:
    """Enter the public `value` that the draw needs, and the `source` where anyone can read it, after the window.

    R-21. `at` is the meeting's moment. A typing error can be corrected until the draw; each entry of a value is
    journalled. Raises `DrawRefused`.
    """
    if not value.strip() or not source.strip():
        raise DrawRefused(_("Give the value, and where anyone can read it."), "source" if value.strip() else "value")

    with locked(speakers_list) as speakers_list:
        draw = _committed(speakers_list)
        if draw.is_drawn:
            raise DrawRefused(_("The draw has been held; its public value can no longer be changed."))
        if at < draw.window_ends_at + PAUSE:
            words = _("The public value is entered after the window, which ends on %(moment)s.")
            raise DrawRefused(words % {"moment": moments.in_words(draw.window_ends_at, speakers_list.meeting)})
        before = {"beacon": draw.beacon, "beacon_source": draw.beacon_source}
        draw.beacon, draw.beacon_source, draw.beacon_entered_at = value.strip(), source.strip(), at
        draw.save(update_fields=["beacon", "beacon_source", "beacon_entered_at"])
        after = {"beacon": draw.beacon, "beacon_source": draw.beacon_source}
        _record("beacon entered", draw, by=by, at=at, before=before, after=after)
        return draw


def hold(speakers_list: SpeakersList, *, by: Actor, at: datetime) -> Draw:
    """Reveal the secret, compute the seed and the lots of all entries received in the window; publish, journal, mail.

    R-21. `at` is the meeting's moment. Raises `DrawRefused` unless a public value was entered, or if the secret is no
    longer the one committed to (the site's key was replaced).
    """
    with locked(speakers_list) as speakers_list:
        draw = _committed(speakers_list)
        if draw.is_drawn:
            raise DrawRefused(_("The draw has already been held."))
        if not draw.beacon:
            raise DrawRefused(_("First enter the public value, and where anyone can read it."))
        draw.secret = _revealed(draw)
        return _draw(draw, recomputing.seed(draw.secret, draw.beacon), by=by, at=at)


def draw_lots(speakers_list: SpeakersList, *, by: Actor, at: datetime) -> Draw:
    """Draw lots within each class with a new recorded seed, once, when the list is closed; publish, journal, mail.

    R-21. Delegations entered later stand after those drawn. `at` is the meeting's moment. Raises `DrawRefused`.
    """
    with locked(speakers_list) as speakers_list:
        if speakers_list.policy != SpeakersList.Policy.LOTS:
            raise DrawRefused(_("The order of this list is not decided by lots."))
        if at < speakers_list.opens_at or speakers_list.accepts_inscriptions(at):
            raise DrawRefused(_("Lots are drawn when the list is closed."))
        if speakers_list.draws.filter(kind=Draw.Kind.LOTS).exists():
            raise DrawRefused(_("The lots have already been drawn; they are drawn only once."))
        return _draw(Draw(speakers_list=speakers_list, kind=Draw.Kind.LOTS), secrets.token_hex(32), by=by, at=at)


def _object_to_commitment(speakers_list, window, beacon, *, at):
    if speakers_list.policy != SpeakersList.Policy.OPENING_WINDOW:
        raise DrawRefused(_("The order of this list is not decided by a draw at the opening."))
    if at >= speakers_list.opens_at:
        raise DrawRefused(_("The list has opened. A commitment can be made only before that."))
    if speakers_list.draws.filter(kind=Draw.Kind.OPENING_WINDOW).exists():
        raise DrawRefused(_("A commitment has already been published and cannot be changed."))
    if not SHORTEST <= window <= LONGEST:
        raise DrawRefused(_("The window lasts from one minute to one day."), "window")
    if speakers_list.opens_at + window > speakers_list.closes_at:
        raise DrawRefused(_("The window must end before the list closes."), "window")
    if not beacon.strip():
        raise DrawRefused(_("Name the public value that will be used, so that it cannot be chosen later."), "beacon")


def _committed(speakers_list):
    draw = speakers_list.draws.filter(kind=Draw.Kind.OPENING_WINDOW).first()
    if draw is None:
        raise DrawRefused(_("No commitment was published before the list opened, so there is no draw."))
    draw.speakers_list = speakers_list
    return draw


def _revealed(draw):
    """The secret of `draw`, recovered with the site's key or one of its former keys. Raises `DrawRefused`."""
    if (secret := _secret_of(draw)) is None:
        words = _(
            "The secret cannot be recovered: the site’s key was replaced. Add the former key to SECRET_KEY_FALLBACKS."
        )
        raise DrawRefused(words)
    return secret


def _secret_of(draw):
    """The secret that `draw` committed to; None if it follows from none of the site's keys."""
    possible = possible_hashes("speakers.drawing", draw.nonce)
    return next((each for each in possible if recomputing.commitment(each) == draw.commitment), None)


def _draw(draw, seed, *, by, at):
    """Give every entry that takes part its lot by `seed`, store the `draw` with the rows it published, and mail all."""
    speakers_list = draw.speakers_list
    policy = policies.policy_named(draw.kind)
    entries = speakers_list.inscriptions.active().select_related("delegation", "level", "pinned_before")
    drawn = [entry for entry in entries.order_by("receipt_no") if policy.takes_part(entry, draw)]
    draw.seed, draw.drawn_at, draw.receipts = seed, at, [entry.receipt_no for entry in drawn]
    for entry in drawn:
        _give_lot(entry, draw, by=by, at=at)
    draw.delegations = _published_rows(seed, [entry.delegation for entry in drawn if entry.is_standing])
    draw.save(update_fields=HELD if draw.pk else None)
    after = {"seed": draw.seed, "secret": draw.secret, "delegations": [row["code"] for row in draw.delegations]}
    witness = _record("draw held", draw, by=by, at=at, after=after)
    if speakers_list.closed_at is not None:
        revisions.freeze(speakers_list, kind=Revision.Kind.PUBLISHED, as_at=at, by=by)
    order_notices.announce_draw(speakers_list, draw, precedence.speaking_order(speakers_list), occasion=witness.hash)
    return draw


def _give_lot(entry, draw, *, by, at):
    entry.speakers_list = draw.speakers_list
    before = records.facts(entry)
    entry.lot = draw.lot_of(entry)
    entry.save(update_fields=["lot"])
    records.record_change("drawn", entry, before=before, by=by, at=at)


def _published_rows(seed, delegations):
    """The `delegations`, each once, in the order of their lots, in the site’s language: a draw’s public part.  R-29"""
    with translation.override(settings.LANGUAGE_CODE):
        named = {delegation.code: str(delegation) for delegation in delegations}
    return [
        {"position": position, "code": code, "name": named[code], "lot": recomputing.lot(seed, code)}
        for position, code in enumerate(recomputing.in_order(seed, named), start=1)
    ]


def _record(act, draw, *, by, at, after, before=None):
    subject = f"draw/{draw.public_id}"
    stream = draw.speakers_list.journal_stream
    return recording.record(act, stream=stream, subject=subject, by=by, at=at, before=before, after=after)
