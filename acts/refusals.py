"""Refusals of acts that the rules do not allow, explained to the person who tried."""

from collections.abc import Sequence

from django.utils.functional import Promise


class Refusal(Exception):
    """An act was refused and nothing was stored or sent. `str()` gives the reason in the reader's language.

    `field` names the form field the reason belongs to, or is None if it concerns the whole form. `asks_twice` is true
    if the act would be done once the person confirms that field; `details` then say what would happen. `shown`, if
    there is one, is what that field has to hold: it stands for these details, so that nothing else is confirmed by it.
    `cause` is a word by which refusals are counted.
    """

    def __init__(
        self,
        reason: str | Promise,
        field: str | None = None,
        *,
        asks_twice: bool = False,
        details: Sequence[str] = (),
        shown: str = "",
        cause: str = "",
    ) -> None:
        super().__init__(reason)
        self.field = field
        self.asks_twice = asks_twice
        self.details = details
        self.shown = shown
        self.cause = cause
