"""What of the terms of a list changes, in words: each term with its new value and its former one.  R-61 R-68"""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from speakers.models import Band, Delegation, DelegationPlace, Level, SpeakersList
from spelling.listing import in_a_row


def changed(former: SpeakersList, speakers_list: SpeakersList) -> list[str]:
    """The terms of `speakers_list` that differ from those of the `former` one, as translated lines.

    One statement for the names of delegations, if the place of any differs.
    """
    was, now = (_terms(each) | _levels(each) for each in (former, speakers_list))
    places, former_places = speakers_list.places or {}, former.places or {}
    moved = [code for code in places if places[code] != former_places.get(code)]
    for each in Delegation.objects.filter(code__in=moved) if moved else []:
        was[str(each)], now[str(each)] = _place(former_places.get(each.code)), _place(places[each.code])
    words = _("%(what)s “%(now)s”, before “%(before)s”")
    return [
        words % {"what": name, "now": now.get(name, "–"), "before": was.get(name, "–")}
        for name in {**was, **now}
        if now.get(name) != was.get(name)
    ]


def _terms(speakers_list):
    """The terms but levels and places, in words by the names that they have on their forms."""
    sittings, seats = (SpeakersList._meta.get_field(name) for name in ("heard_in", "seats_by_selection"))
    ranks = sorted(speakers_list.ranks.items(), key=lambda item: item[1])
    of_bands = {_("Rank of the band: %(band)s") % {"band": Band(code).label}: rank for code, rank in ranks}
    terms: dict[str, Any] = {
        _("Who may inscribe"): speakers_list.get_open_to_display(),
        capfirst(sittings.verbose_name): speakers_list.sittings_in_words or _("all sittings"),
        capfirst(seats.verbose_name): speakers_list.seats_by_selection,
        _("Order"): speakers_list.get_policy_display(),
        _("Level before band"): _("yes") if speakers_list.level_before_band else _("no"),
    }
    return terms | of_bands


def _levels(speakers_list):
    """The class of each level that the list has, once they are fixed."""
    levels = Level.of_list(speakers_list) if speakers_list.levels is not None else []
    return {str(level): level.precedence_class for level in levels}


def _place(place):
    """What was fixed for a delegation, in words."""
    if not place:
        return "–"
    words = [str(Band(place["band"]).label), str(DelegationPlace.Category(place["category"]).label)]
    groups = [_("May speak on behalf of a group")] if place["speaks_for_groups"] else []
    return in_a_row([*words, *groups, *filter(None, [place["ground"]])])
