"""Refusals of acts that the rules do not allow, explained to the person who tried."""


class Refusal(Exception):
    """An act was refused and nothing was stored or sent. `str()` gives the reason in the reader's language.

    `field` names the form field the reason belongs to, or is None if it concerns the whole form.
    """

    def __init__(self, reason, field=None):
        super().__init__(reason)
        self.field = field
