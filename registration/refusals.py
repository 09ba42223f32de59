"""Refusals of this app: an act that the rules of tickets do not allow, in words for the person who tried it."""

from speakers.refusals import Refusal

__all__ = ["Refusal", "TicketRefused", "TooMany"]


class TicketRefused(Refusal):
    """What was asked for a ticket cannot be done; the words say why and what to do. Nothing was stored or sent.

    `row` is the number, from 0, of the representative in the form that the words are about, or None.
    """

    def __init__(self, reason, field=None, row=None):
        super().__init__(reason, field)
        self.row = row


class TooMany(TicketRefused):
    """A limit against abuse is reached.  R-60"""
