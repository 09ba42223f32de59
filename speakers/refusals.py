"""Refusals: an act that the rules do not allow, in words for the person who tried it."""


class Refusal(Exception):
    """An act was refused and nothing was stored or sent. `str()` gives the reason in the reader's language.

    `field` names the form field the reason belongs to, or is None where it concerns the whole.
    """

    def __init__(self, reason, field=None):
        super().__init__(reason)
        self.field = field
