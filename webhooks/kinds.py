"""Which acts of the journal are told as events of which kind: the one table. Every other act is named as not told."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from journal.models import Entry


class Kind(models.TextChoices):
    OPENED = "opened", _("a list opened")
    CLOSED = "closed", _("a list was closed")
    INSCRIBED = "inscribed", _("an entry took its place on a list")
    WITHDRAWN = "withdrawn", _("an entry left a list")
    MOVED = "moved", _("an entry was moved")
    PUBLISHED = "published", _("a revision was published")
    CALLED = "called", _("a speaker was called")
    BEGAN = "began", _("a statement began")
    ENDED = "ended", _("a statement ended")
    UNDONE = "undone", _("an act in the room was undone")
    SUSPENDED = "suspended", _("the sitting was suspended")
    RESUMED = "resumed", _("the sitting was resumed")
    CONCLUDED = "concluded", _("the meeting was concluded")
    RESTORED = "restored", _("the site was restored from a backup; acts on the list since the backup may be missing")


# Told to every webhook, whatever was chosen: what it was told before may no longer be so.
TOLD_TO_ALL = Kind.RESTORED

# By what the act is about, which is the first part of its subject: a call is recorded of the entry and of the turn.
TOLD: dict[str, dict[str, Kind]] = {
    "list": {
        **{"terms fixed": Kind.OPENED, "list reopened": Kind.OPENED, "list closed": Kind.CLOSED},
        "restored": Kind.RESTORED,
    },
    "revision": {"frozen": Kind.PUBLISHED},
    "inscription": {
        **dict.fromkeys(["inscribed", "inscribed on behalf", "admitted late", "verified"], Kind.INSCRIBED),
        **dict.fromkeys(["selected", "selected for a seat"], Kind.INSCRIBED),
        "withdrawn": Kind.WITHDRAWN,
        **dict.fromkeys(["level changed", "swapped", "drawn", "own turn given back"], Kind.MOVED),
        **dict.fromkeys(["placed by other terms", "moved to the end of its class", "absence taken back"], Kind.MOVED),
        **dict.fromkeys(["pinned", "unpinned", "pin moved", "pinned to the end", "move undone"], Kind.MOVED),
        **dict.fromkeys(["fixed to a sitting", "released from its sitting", "fixing undone"], Kind.MOVED),
    },
    "turn": {
        **dict.fromkeys(["called", "called out of turn"], Kind.CALLED),
        "began": Kind.BEGAN,
        "ended": Kind.ENDED,
        **dict.fromkeys(["taken back", "begin taken back", "end taken back"], Kind.UNDONE),
    },
    "room": {
        "sitting suspended": Kind.SUSPENDED,
        "sitting resumed": Kind.RESUMED,
        "concluded": Kind.CONCLUDED,
        "conclusion taken back": Kind.UNDONE,
    },
}
# All other acts, which are told to no one outside. `tests/webhooks/test_kinds.py` holds both tables to the journal.
NOT_TOLD = frozenset(
    {
        # Of entries: what does not move them, or is told by the turn in the room.
        *("refused", "speaker changed", "corrected", "group corrected", "joint statement changed", "call taken back"),
        *("asked to join", "statement joined", "joining declined", "joint statement left", "name taken back"),
        *("joint statement ended", "interest expressed", "interest changed", "interest withdrawn"),
        *("first choice given", "second choice given", "informed of no seat"),
        # Of swaps, late requests and extensions: known to the two sides and the secretariat.
        *("swap proposed", "swap accepted", "swap approved", "swap declined", "swap taken back", "swap not approved"),
        *("swap ended", "late request filed", "late request accepted", "late request declined"),
        *("late request taken back", "extension granted", "extension ended"),
        # Of lists and meetings: the entries that move are told one by one.
        *("numbers skipped", "deadline changed", "clock shifted", "order changed", "group registered"),
        *("draw committed to", "beacon entered", "draw held", "taken out with contacts"),
        *("added", "changed", "copied", "loaded", "made from a template", "programme released", "rehearsal put off"),
        # In the room: clocks, notes, and what is asked of the officer.
        *("paused", "pause taken back", "resumption taken back", "continued", "absent", "not delivered"),
        *("not reached", "waits again", "present", "away", "inserted off the list", "taken out", "asked to reply"),
        *("own limit", "asked", "asked earlier", "sign raised", "request withdrawn", "taken next", "put back"),
        *("panel asked to reply", "list heard", "limits changed", "message shown", "message taken away"),
        *("note changed", "said about time", "switched", "floor opened", "asking muted", "asking resumed"),
        *("floor closed", "rounds set", "statement handed in", "statement taken back"),
        *("recording added", "recording corrected", "recording removed"),
        *("microphones key made", "microphones key renewed", "microphones key revoked"),
        *("microphones switched on", "microphones switched off"),
        *("booth link made", "booth link renewed", "booth link revoked", "booth link opened"),
    }
)
# The kinds of acts, as the journal sorts them, none of which is told.
NEVER_TOLD = frozenset({"tickets", "mail", "beside", "site", "webhooks"})


def kind_of(entry: Entry) -> Kind | None:
    """The kind of the act that `entry` of the journal records; None if it is not told."""
    return TOLD.get(entry.subject.partition("/")[0], {}).get(entry.act)
