"""A draw recomputed from its public values alone, as anyone can, here or with any other tool.  R-21

All values are text in UTF-8; ‖ means concatenation, and a hash is written as 64 lower-case hexadecimal digits:

    commitment = SHA-256(secret)              published before the list opens
    seed       = SHA-256(secret ‖ beacon)     both published after the window
    lot        = SHA-256(seed ‖ code)         of each delegation; the smallest lot stands first
"""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from journal import canonical, chain

FORMAT = "draw/1"


class Unreadable(Exception):
    """A file is not a published draw; `str()` says why."""


def read(name: str, text: bytes) -> dict[str, Any]:
    """The published draw in `text` (bytes), a file called `name`. Raises `Unreadable`."""
    try:
        published = canonical.read(text)
        if not _is_a_draw(published):
            raise ValueError(_("it has a different structure"))
    except ValueError as error:
        raise Unreadable(_("%(name)s is not a published draw: %(why)s") % {"name": name, "why": error}) from error
    return published


def _is_a_draw(published):
    """Are the parts from which a draw is recomputed present, and texts?"""
    parts = dict.fromkeys(("format", "meeting", "commitment", "beacon", "secret", "seed"), str)
    if not canonical.has(published, parts | {"delegations": list}):
        return False
    return all(canonical.has(row, {"code": str, "lot": str, "name": str}) for row in published["delegations"])


def sha256(*parts: Any) -> str:
    """The SHA-256 of the texts `parts`, concatenated."""
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def commitment(secret: str) -> str:
    """The hash of the `secret`, published before the list opens."""
    return sha256(secret)


def seed(secret: str, beacon: str) -> str:
    """The seed of a draw: a secret that could no longer be changed, and a value that could not be foreseen."""
    return sha256(secret, beacon)


def lot(seed: str, code: str) -> str:
    """The lot of the delegation `code`."""
    return sha256(seed, code)


def in_order(seed: str, codes: dict[str, str] | Iterable[str]) -> list[str]:
    """The `codes` in the order of their lots."""
    return sorted(codes, key=lambda code: lot(seed, code))


def problems(published: dict[str, Any], *, noted_commitment: str = "") -> list[str]:
    """What is wrong with a `published` draw (the content of its JSON), as translated sentences; empty if nothing is.

    `noted_commitment` is what a reader wrote down before the list opened.
    """
    if published["format"] != FORMAT:
        return [_("This is not a draw in the format %(format)s.") % {"format": FORMAT}]
    if not published["seed"]:
        return [_("Nothing has been drawn yet, so there is nothing to recompute.")]
    return [
        *_problems_of_commitment(published, chain.digits(noted_commitment)),
        *_problems_of_seed(published),
        *_problems_of_lots(published["seed"], published["delegations"]),
    ]


def _problems_of_commitment(published, noted):
    found, is_committed = [], published["secret"] or published["commitment"]
    if is_committed and commitment(published["secret"]) != published["commitment"]:
        found.append(_("The secret is not the one that was committed to."))
    if noted and noted != published["commitment"]:
        found.append(_("The commitment is not the one you noted."))
    return found


def _problems_of_seed(published):
    """With a commitment, the seed follows from the secret and a beacon; lots have a recorded seed."""
    secret, beacon = published["secret"], published["beacon"]
    if published["commitment"] and not (beacon and seed(secret, beacon) == published["seed"]):
        return [_("The seed does not follow from the secret and the beacon.")]
    return []


def _problems_of_lots(its_seed, delegations):
    codes = [delegation["code"] for delegation in delegations]
    words = _("The lot of %(code)s is not the one that follows from the seed.")
    found = [words % row for row in delegations if row["lot"] != lot(its_seed, row["code"])]
    if codes != in_order(its_seed, set(codes)):
        found.append(_("The delegations are not in the order of their lots, or one appears twice."))
    return found


def public_values(draw: Any) -> dict[str, str]:
    """Everything public about `draw` at this stage, as plain values, for `problems` to check. It holds no secrets."""
    meeting = draw.meeting
    is_window = draw.window is not None
    return {
        "format": FORMAT,
        "meeting": meeting.slug,
        **({"list": draw.speakers_list.slug} if draw.speakers_list.slug else {}),
        "kind": draw.kind,
        "window_from": _moment(draw.speakers_list.opens_at, meeting) if is_window else "",
        "window_to": _moment(draw.window_ends_at, meeting) if is_window else "",
        "commitment": draw.commitment,
        "committed_at": _moment(draw.committed_at, meeting),
        "beacon_announced": draw.beacon_announced,
        "beacon": draw.beacon,
        "beacon_source": draw.beacon_source,
        "secret": draw.secret,
        "seed": draw.seed,
        "drawn_at": _moment(draw.drawn_at, meeting),
        "delegations": draw.delegations,
    }


def _moment(at, meeting):
    return at.astimezone(meeting.zone).isoformat() if at else ""
