"""Whether a list of speakers is awaited, open or closed, in words.  R-01 R-02"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from dialogue import moments
from languages import lengths
from speakers import limits
from speakers.models import Level, SpeakersList


@dataclass(frozen=True)
class ListState:
    """The state of `speakers_list` at its meeting's moment `at` (see `Meeting.moment`).

    `code` is "awaited", "open" or "closed"; `turns_at` is the moment that matters then: when the list opens, when it
    closes, or when it was closed.
    """

    speakers_list: SpeakersList
    at: datetime
    code: str
    turns_at: datetime

    @classmethod
    def of(cls, speakers_list: SpeakersList, at: datetime) -> "ListState":
        if speakers_list.accepts_inscriptions(at):
            known = filter(None, [speakers_list.closed_at, speakers_list.closes_at])
            return cls(speakers_list, at, "open", min(known))
        if at < speakers_list.opens_at:
            return cls(speakers_list, at, "awaited", speakers_list.opens_at)
        return cls(speakers_list, at, "closed", speakers_list.inscription_ends_at)

    @property
    def is_open(self) -> bool:
        return self.code == "open"

    @property
    def is_awaited(self) -> bool:
        return self.code == "awaited"

    @property
    def is_closed(self) -> bool:
        return self.code == "closed"

    @property
    def label(self) -> str:
        """The state in a word or two."""
        return {"awaited": _("Not yet open"), "open": _("Open"), "closed": _("Closed")}[self.code]

    @cached_property
    def then(self) -> "ListState | None":
        """What it will be once the countdown is over: pages change to it by themselves. None if nothing is counted."""
        return ListState.of(self.speakers_list, self.turns_at) if self.countdown_pattern else None

    @cached_property
    def moment_in_words(self) -> str:
        """When the list opens, closes or was closed, with the weekday, in the meeting's zone."""
        return moments.in_words(self.turns_at, self.speakers_list.meeting)

    @property
    def sentence(self) -> str:
        """The state as a sentence."""
        words = {
            "awaited": _("Inscription on the list opens on %(moment)s."),
            "open": _("The list is open until %(moment)s."),
            "closed": _("The list was closed on %(moment)s."),
        }
        if self.speakers_list.is_by_selection:
            words = {
                "awaited": _("Interest in a seat can be expressed from %(moment)s."),
                "open": _("Interest in a seat can be expressed until %(moment)s."),
                "closed": _("Interest in a seat could be expressed until %(moment)s."),
            }
        elif self.awaits_the_chair:
            words["open"] = _("The list is open. It closes when the Chair announces it, about %(moment)s.")
        return words[self.code] % {"moment": self.moment_in_words}

    @property
    def awaits_the_chair(self) -> bool:
        """Is it open until the Chair announces its closing?  R-63"""
        return self.is_open and self.speakers_list.closes_when_announced and self.speakers_list.closed_at is None

    @property
    def moment_in_utc(self) -> str:
        """The moment at which the list opens, closes or was closed, in UTC."""
        return moments.in_utc_words(self.turns_at)

    @property
    def countdown(self) -> str:
        """How long until the list opens or closes, as a sentence; empty once it is closed, or if the Chair closes."""
        return self.countdown_pattern % {"left": lengths.left_in_words(self.turns_at - self.at)}

    @property
    def countdown_pattern(self) -> str:
        """The sentence of `countdown` with a `%(left)s`, which the script of the page fills as time passes."""
        if self.awaits_the_chair:
            return ""
        return {"awaited": _("Opens in %(left)s."), "open": _("Closes in %(left)s."), "closed": ""}[self.code]

    @property
    def countdown_of_two(self) -> str:
        """How the script of the page writes days and hours, or two smaller units, as one length."""
        return lengths.pattern_of_two()

    @cached_property
    def limits(self) -> list[str]:
        """How long a statement may take, in sentences (one statement at most, if levels have limits).  R-36 R-65"""
        of = self.speakers_list
        return limits.told_to_all(of, Level.of_list(of) if any(row["level"] for row in of.limits) else [])


def closing_in_words(speakers_list: SpeakersList) -> str:
    """When inscription closes, in words: at a moment, or “when the Chair announces it, about” a moment.  R-63"""
    moment = moments.in_words(speakers_list.closes_at, speakers_list.meeting)
    if not speakers_list.closes_when_announced:
        return moment
    return _("when the Chair announces it, about %(moment)s") % {"moment": moment}


def closing_sentence(speakers_list: SpeakersList) -> str:
    """When inscription closes, as a sentence.  R-63"""
    if speakers_list.closes_when_announced:
        words = _("Inscription closes when the Chair announces it, about %(moment)s.")
    else:
        words = _("Inscription closes on %(moment)s.")
    return words % {"moment": moments.in_words(speakers_list.closes_at, speakers_list.meeting)}
