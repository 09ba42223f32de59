"""When a list of speakers is heard: in which sittings of its meeting.  R-62 R-64"""

from typing import Any

from dialogue.models import at_once_with
from spelling.listing import in_a_row


class HeardInSittings:
    """A list that is heard in sittings of its meeting: those of `heard_in`, by their keys.

    Sittings are read with the meeting, otherwise in one statement.
    """

    slug: Any
    meeting: Any
    heard_in: Any

    @property
    def is_heard(self) -> bool:
        """Does the room hear it? That is the main list of its meeting, until the officer chooses another.  R-62"""
        return self.slug == self.meeting.hears

    @property
    def hours(self) -> list[Any]:
        """The sittings of its meeting in which it is heard, in order.  R-62"""
        return self.hours_among(self.meeting.hours)

    def hours_among(self, sittings: list[Any]) -> list[Any]:
        """Those of the `sittings` of its meeting in which it is heard; if it names none that there is, all of them.

        But then, of sittings held at once, none that has a place of its own. R-62
        """
        if own := [each for each in sittings if each.pk in self.heard_in]:
            return own
        return [each for each in sittings if not (str(each.place) and at_once_with(each, sittings))] or sittings

    @property
    def sittings_in_words(self) -> str:
        """The names of its sittings in a row; empty if it is heard in all of its meeting."""
        own = self.hours
        return "" if own == self.meeting.hours and not self.heard_in else in_a_row(str(each) for each in own)

    @property
    def venue(self) -> str:
        """Where it is heard, in the active language: the places of its sittings, or that of its meeting."""
        usual = str(self.meeting.venue)
        return in_a_row(dict.fromkeys(str(each.place) or usual for each in self.hours)) or usual

    @property
    def hours_around(self) -> list[Any]:
        """The sittings of its meeting but those that are held elsewhere while it is heard, in order.  R-62"""
        own = self.hours
        return [each for each in self.meeting.hours if each in own or not at_once_with(each, own)]
