"""What of the terms of a list changes, in words: each term with its new value and its former one.  R-61 R-68"""

from typing import Any, cast

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from speakers.models import Band, Delegation, Level, SpeakersList
from spelling.listing import in_a_row


def changed(former: SpeakersList, speakers_list: SpeakersList) -> list[str]:
    """The terms of `speakers_list` that differ from those of the `former` one, as translated lines.

    Two statements for the delegations that get another place, if any do.
    """
    delegations = _placed_otherwise(former, speakers_list)
    was, now = (_terms(of) | _levels(of) | _places(of, delegations) for of in (former, speakers_list))
    words = _("%(what)s “%(now)s”, before “%(before)s”")
    lines = []
    for key, (name, value) in {**was, **now}.items():
        facts = {"what": name, "now": value if key in now else "–", "before": was[key][1] if key in was else "–"}
        lines += [words % facts] if was.get(key) != now.get(key) else []
    return lines


def _terms(speakers_list):
    """The terms but levels and places: by its key, each with the name that it has on its form, and its value."""
    sittings, seats = (_named(field) for field in ("heard_in", "seats_by_selection"))
    ranks = sorted(speakers_list.ranks.items(), key=lambda item: item[1])
    terms: dict[str, tuple[str, Any]] = {
        "open_to": (_("Who may inscribe"), speakers_list.get_open_to_display()),
        "heard_in": (sittings, speakers_list.sittings_in_words or _("all sittings")),
        "seats": (seats, speakers_list.seats_by_selection),
        "policy": (_("Order"), speakers_list.get_policy_display()),
        "level_before_band": (_("Level before band"), _("yes") if speakers_list.level_before_band else _("no")),
    }
    words = _("Rank of the band: %(band)s")
    return terms | {f"rank {code}": (words % {"band": Band(code).label}, rank) for code, rank in ranks}


def _named(field):
    """The name of a `field` of a list, as on its form."""
    return capfirst(str(cast(Any, SpeakersList._meta.get_field(field)).verbose_name))


def _levels(speakers_list):
    """The class of each level that the list has, once they are fixed."""
    levels = Level.of_list(speakers_list) if speakers_list.levels is not None else []
    return {f"level {level.code}": (str(level), level.precedence_class) for level in levels}


def _places(speakers_list, delegations):
    """The place of each of the `delegations` on the list."""
    return {f"place {each.code}": (str(each), _place(each.place_on_list(speakers_list))) for each in delegations}


def _placed_otherwise(former, speakers_list):
    """The delegations for which another place is fixed."""
    places, before = speakers_list.places or {}, former.places or {}
    codes = [code for code in places if places[code] != before.get(code)]
    return list(Delegation.objects.with_places().filter(code__in=codes)) if codes else []


def _place(place):
    """The place of a delegation, or that it has none, in words."""
    if place is None:
        return "–"
    groups = [_("May speak on behalf of a group")] if place.speaks_for_groups else []
    return in_a_row([place.get_band_display(), place.get_category_display(), *groups, *filter(None, [place.ground])])
