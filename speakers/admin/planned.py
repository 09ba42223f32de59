"""The plan by sitting for staff: who is likely to speak when, with the preferences in view.  R-64

It is read with eight statements at most, however long the list.
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue import moments
from dialogue.models import Sitting
from speakers import chronicle
from speakers.forecast import list_forecast, plan
from speakers.forecast.list_forecast import ListForecast
from speakers.models import Inscription, SpeakersList
from speakers.models.filing import preference_in_words
from speakers.order import precedence


class Row(NamedTuple):
    """One entry of the plan: its place, name and level, when it is likely to speak, and what is to be seen of it.

    `prefers` is the preferred sitting if it is another than this one; `fixed_for` the reason for which it is fixed.
    """

    pk: int
    number: int
    name: str
    level: str
    turn: str
    prefers: str
    is_as_preferred: bool
    fixed_for: str
    is_fixed: bool
    is_called: bool


class Part(NamedTuple):
    """A sitting of the plan, or those for whom none is foreseen (`sitting` None)."""

    sitting: Sitting | None
    heading: str | Promise
    hours: str
    is_likely: bool
    room: str
    others: int
    rows: list[Row]


def parts_of(speakers_list: SpeakersList, *, at: datetime) -> list[Part]:
    """The plan of `speakers_list` at its meeting's moment `at`: a `Part` for each sitting, then those without one.

    Empty if there is no plan: the list is heard in one sitting, it is not known when, or no floor time is left.
    """
    entries = {entry.pk: entry for entry in speakers_list.inscriptions.at_the_desk() if entry.is_standing}
    places = precedence.places(entries.values(), precedence.Rules.of(speakers_list))
    ahead = list_forecast.forecast_list(speakers_list, places, at=at)
    if not ahead.is_planned:
        return []
    facts = ("preferred_sitting", "fixing_reason")
    said = {pk: dict(zip(facts, rest, strict=True)) for pk, *rest in _standing(speakers_list, "pk", *facts)}
    turns = {turn.key: turn for turn in ahead.forecast.turns}
    parts = []
    for sitting, held in list_forecast.by_sitting(places, ahead):
        rows = [_row(place, sitting, said[place.inscription.pk], turns, ahead) for place in held]
        parts.append(_part(sitting, rows, ahead, at))
    return parts


def _standing(speakers_list, *names):
    return speakers_list.inscriptions.standing().order_by().values_list(*names)


def _part(sitting, rows, ahead, at):
    others = sum(1 for row in rows if row.prefers)
    if sitting is None:
        return Part(None, _("At the end, time permitting"), "", False, "", others, rows)
    return Part(
        sitting=sitting,
        heading=str(sitting),
        hours=moments.span_in_words(sitting.starts_at, sitting.ends_at, ahead.meeting),
        is_likely=at < sitting.starts_at,
        room=_room(sitting, ahead),
        others=others,
        rows=rows,
    )


def _room(sitting, ahead):
    """How much floor time the sitting has left."""
    [left] = plan.times_of([sitting], ahead.stretches)
    minutes = left // timedelta(minutes=1)
    words = ngettext("%(count)d minute is left for the list.", "%(count)d minutes are left for the list.", minutes)
    return words % {"count": minutes}


def _row(place, sitting, said, turns, ahead):
    entry, wanted = place.inscription, said["preferred_sitting"]
    is_as_preferred = sitting is not None and sitting.is_meant_by(wanted)
    turn = turns.get(entry.pk)
    return Row(
        pk=entry.pk,
        number=place.number,
        name=chronicle.named(entry),
        level=entry.level,
        turn=list_forecast.turn_in_short(turn, ahead.meeting) if turn and turn.fits else "",
        prefers=preference_in_words(wanted, ahead.meeting, ahead.sittings) if wanted and not is_as_preferred else "",
        is_as_preferred=bool(wanted) and is_as_preferred,
        fixed_for=said["fixing_reason"] if entry.fixed_sitting_id else "",
        is_fixed=entry.fixed_sitting_id is not None,
        is_called=entry.is_called,
    )


def beside_an_entry(inscription: Inscription, at: datetime) -> list[dict[str, Any]]:
    """Beside the fixing of one entry: where it stands, what it prefers, and how full each sitting is."""
    places = precedence.speaking_order(inscription.speakers_list)
    ahead = list_forecast.forecast_list(inscription.speakers_list, places, at=at)
    own = [*precedence.explain(inscription)]
    if turn := ahead.turn_in_words(inscription):
        own.append(_("It is likely to speak %(turn)s.") % {"turn": turn})
    own.append(_("Preferred sitting: %(sitting)s") % {"sitting": inscription.preferred_sitting_in_words})
    lines = [_line(sitting, held, ahead) for sitting, held in list_forecast.by_sitting(places, ahead) if sitting]
    return [{"heading": _("Its place now"), "lines": own}, {"heading": _("The sittings"), "lines": lines}]


def _line(sitting, held, ahead: ListForecast):
    fixed = sum(1 for place in held if place.inscription.fixed_sitting_id == sitting.pk)
    words = ngettext(
        "%(sitting)s: %(count)d entry foreseen, %(fixed)d of them fixed to it. %(room)s",
        "%(sitting)s: %(count)d entries foreseen, %(fixed)d of them fixed to it. %(room)s",
        len(held),
    )
    return words % {"sitting": sitting, "count": len(held), "fixed": fixed, "room": _room(sitting, ahead)}
