"""Held mails that are released together: how many of each kind, to how many addresses, and one of each to read.

A page shows a `Batch` and sends back what it has `shown`; the release compares that with what it finds, so that no one
releases other mails than those that were counted.
"""

import hashlib
import json
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from languages.dates import in_utc
from outbox import kinds
from outbox.delivery import writing
from outbox.models import KeptFor, Message, State
from spelling.listing import in_a_row


@dataclass(frozen=True)
class Batch:
    """The `messages` that would be released, oldest first."""

    messages: list[Message]

    @property
    def shown(self) -> str:
        """All mails with their recipients, as a page sends them back."""
        facts = [[message.pk, message.to, message.cc] for message in self.messages]
        return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]

    def by_kind(self) -> dict[str, list[Message]]:
        """The mails of each kind, the kinds in the order of their first mail."""
        found: dict[str, list[Message]] = {}
        for message in self.messages:
            found.setdefault(message.kind, []).append(message)
        return found

    @property
    def sentences(self) -> list[str]:
        """How many mails of each kind would be released, and to how many addresses."""
        return [words for messages in self.by_kind().values() for words in (_mails(messages), _addresses(messages))]

    def blocks(self, *, at: datetime) -> list[dict[str, Any]]:
        """What is shown beside the form: for each kind its counts, and one of its mails as it is at the moment `at`."""
        return [
            {
                "heading": _mails(messages),
                "lines": [_addresses(messages), *_kept_back(messages)],
                "text": _sample(messages[0], at),
            }
            for messages in self.by_kind().values()
        ]


def _mails(messages):
    words = ngettext("%(kind)s: %(count)d mail", "%(kind)s: %(count)d mails", len(messages))
    return words % {"kind": kinds.label(messages[0].kind), "count": len(messages)}


def _addresses(messages):
    number = len({address for message in messages for address in [*message.to, *message.cc]})
    if not number:
        return _("to addresses that are looked up when it is written, for instance:")
    words = ngettext("to %(count)d address, for instance:", "to %(count)d addresses, for instance:", number)
    return words % {"count": number}


def _kept_back(messages):
    """Why those of the `messages` that are kept back may have been sent already, a sentence for each reason.  R-76"""
    words = _("Kept back (%(count)d, queued from %(first)s to %(last)s UTC): %(why)s.")
    found = []
    for why in KeptFor:
        moments = [each.queued_at for each in messages if each.state == State.KEPT and each.kept_back_for == why]
        if moments:
            first, last = (in_utc(at) for at in (min(moments), max(moments)))
            found.append(words % {"count": len(moments), "first": first, "last": last, "why": why.label})
    return found


def _sample(message, at):
    """The whole `message` as it is sent; one that holds a secret link is not shown."""
    if message.is_secret:
        return _("Not shown: it holds a secret link.")
    written = copy(message)  # what is stored, and so what was shown, stays as it is
    writing.write(written, at=at)
    head = _("To: %(to)s") % {"to": in_a_row([*written.to, *written.cc])}
    return f"{head}\n{written.subject}\n\n{written.body}"
