"""How the speaking time of a meeting was shared, by region, level and capacity; overtime. Counted from the record."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from floor.models import Turn
from speakers.models import Delegation, Inscription, Level


@dataclass(frozen=True)
class Share:
    """One row: how many statements, their total and average length in seconds, how many over their limit."""

    label: str
    count: int
    seconds: int
    overtime_count: int
    overtime_seconds: int

    @property
    def mean_seconds(self) -> int:
        return self.seconds // self.count

    @property
    def overtime_percent(self) -> int:
        return round(100 * self.overtime_count / self.count)


def by_region(record: dict[str, Any]) -> list[Share]:
    """The `Share` of each regional group; delegations that belong to none come last. The panel belongs to no region."""
    labels = {value: str(label) for value, label in Delegation.RegionalGroup.choices}
    heard = [each for each in _delivered(record) if each["kind"] != Turn.Kind.PANEL]
    return _shares(heard, lambda each: each["regional_group"] or "none", labels)


def by_level(record: dict[str, Any]) -> list[Share]:
    """The `Share` of each level of representation, the highest first (one query)."""
    levels = Level.objects.order_by("position")
    labels = [str(label) for level in levels for label in (level.label, level.observer_label, level) if label]
    heard = [each for each in _delivered(record) if each["level"]]
    return _shares(heard, lambda each: each["level"], {label: label for label in labels})


def by_part(record: dict[str, Any]) -> list[Share]:
    """The `Share` of the established list, of the open floor, of the panel, and of each other kind of turn.  R-70"""
    labels = {value: str(label) for value, label in Turn.Kind.choices} | {Turn.Kind.LISTED.value: _("established list")}
    return _shares(_delivered(record), lambda each: each["kind"], labels)


def by_capacity(record: dict[str, Any]) -> list[Share]:
    """The `Share` of national statements, groups, civil society, and of each kind of turn outside the list."""
    labels = {value: str(label) for value, label in Inscription.Capacity.choices}
    labels |= {"civil_society": _("civil society")}
    labels |= {value: str(label) for value, label in Turn.Kind.choices if value != Turn.Kind.LISTED}
    return _shares(_delivered(record), _capacity, labels)


def in_all(record: dict[str, Any]) -> Share | None:
    """The `Share` of all statements together, or None if there were none."""
    shares = _shares(_delivered(record), lambda _each: "all", {"all": _("all statements")})
    return shares[0] if shares else None


def _delivered(record):
    return [each for each in record["statements"] if each["is_over"]]


def _capacity(each):
    if each["kind"] != Turn.Kind.LISTED:
        return each["kind"]
    return "civil_society" if each["band"] == "civil_society" else each["capacity"]


def _shares(statements, key, labels):
    """The statements counted by `key`, in the order of `labels`; keys without statements are left out."""
    counted: dict[str, list] = {}
    for each in statements:
        counted.setdefault(key(each), []).append(each)
    return [_share(labels[name], counted[name]) for name in labels if name in counted]


def _share(label, statements):
    overtime = [each["overtime_seconds"] for each in statements if each["overtime_seconds"]]
    return Share(
        label=label,
        count=len(statements),
        seconds=sum(each["spoke_seconds"] for each in statements),
        overtime_count=len(overtime),
        overtime_seconds=sum(overtime),
    )
