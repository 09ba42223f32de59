"""The refusals of this app, in words for the person who tried an act that the rules do not allow."""

from acts.refusals import Refusal

__all__ = ["Refusal", "TicketRefused", "TooMany"]


class TicketRefused(Refusal):
    """The act is not possible; the words say why and what to do. Nothing was stored or sent.

    `row` is the index in the form of the representative that the words are about, or None.
    """

    def __init__(self, reason, field=None, row=None, **asking):
        super().__init__(reason, field, **asking)
        self.row = row


class TooMany(TicketRefused):
    """A limit against abuse was reached.  R-60"""
