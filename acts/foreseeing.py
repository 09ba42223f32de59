"""Acts whose consequences are read before they are confirmed.  R-68

A page shows a preview and sends back what it has `shown`; the act compares that under its lock, so that no one confirms
anything else than what was read.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import gettext as _

from acts.refusals import Refusal


class Foreseen(Protocol):
    """What an act would do: everything to be read as `sentences`, and what a page sends back of it as `shown`."""

    @property
    def sentences(self) -> Sequence[str]: ...

    @property
    def shown(self) -> str: ...


@dataclass(frozen=True)
class InWords:
    """What an act would do, where the `sentences` say all of it: every word of them is what was `shown`.

    Where they tell what may change each second, such as how many are mailed, what was shown is `bound_to` less.
    """

    sentences: Sequence[str]
    bound_to: Sequence[str] | None = None

    @property
    def shown(self) -> str:
        bound_to = self.sentences if self.bound_to is None else self.bound_to
        return hashlib.sha256("\n".join(bound_to).encode()).hexdigest()[:32]


def require_seen(preview: Foreseen, seen: str | None, refused: type[Refusal]) -> None:
    """Raise `refused`, which asks for a confirmation, unless the person has `seen` this `preview`.  R-68

    Without a page that shows it (`seen` is None: another act of which this is a part) nothing is asked.
    """
    if seen is None or seen == preview.shown:
        return
    if seen:
        words = _("This has changed since you were asked. Read what would happen now, and confirm it.")
    else:
        words = _("Nothing has changed yet. Read what would happen, and confirm it.")
    raise refused(words, "seen", asks_twice=True, details=preview.sentences, shown=preview.shown)
