"""Loading delegations, their dated names and places, levels and groups from `speakers/delegations/data/`.

R-18 R-19 R-66 R-72. Rows already stored are never changed from the files, because staff may have corrected them since.
"""

import csv
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

import spelling
from journal.actors import Actor
from journal.recording import record
from speakers.models import Delegation, DelegationName, DelegationPlace, FocalPoint, Group, Level

DATA = Path(__file__).resolve().parent / "data"
LANGUAGES = {"ar": "ar", "zh": "zh-hans", "en": "en", "fr": "fr", "ru": "ru", "es": "es"}
# A reserved name: no mail sent there can reach anyone.
DEMONSTRATION_HOST = "missions.example"
STREAM = "secretariat"


@dataclass(frozen=True)
class Added:
    """The number of rows added, by kind."""

    levels: int
    delegations: int
    groups: int
    focal_points: int


def load(*, by: Actor, at: datetime, with_demonstration: bool = False) -> Added:
    """Store the levels, delegations and groups that are missing, and journal them.  R-58

    `with_demonstration` gives each delegation without any focal point one at missions.example, to try things out with.
    `at` is the real moment. A second run adds nothing and writes nothing. Returns `Added`.
    """
    with transaction.atomic():
        levels = Level.objects.bulk_create(_missing(Level, _levels()))
        delegations = Delegation.objects.bulk_create(_missing(Delegation, _delegations()))
        DelegationPlace.objects.bulk_create(_places({each.code: each for each in delegations}))
        names = _missing_names()
        for name in names:
            name.save(force_insert=True)
        groups = Group.objects.bulk_create(_missing_groups())
        _let_speak(groups)
        focal_points = FocalPoint.objects.bulk_create(_demonstration_focal_points() if with_demonstration else [])
        if levels or delegations or names or groups or focal_points:
            after = {
                "levels": [level.code for level in levels],
                "delegations": [delegation.code for delegation in delegations],
                "names": [str(name) for name in names],
                "groups": [group.short_name for group in groups],
                "focal_points": [focal_point.email for focal_point in focal_points],
            }
            record("delegations loaded", stream=STREAM, subject="delegations", by=by, at=at, after=after)
    return Added(len(levels), len(delegations), len(groups), len(focal_points))


def _table(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _missing(model, rows):
    stored = set(model.objects.values_list("code", flat=True))
    return [row for row in rows if row.code not in stored]


def _levels():
    return [
        Level(
            code=row["code"],
            label=_in_six("label", row),
            observer_label=_in_six("observer_label", row) or "",
            precedence_class=int(row["class"]),
            position=int(row["position"]),
        )
        for row in _table("levels.csv")
    ]


def _in_six(name, row):
    """What a `row` says under this name, by language."""
    return {code: row[f"{name}_{column}"] for column, code in LANGUAGES.items() if row[f"{name}_{column}"]}


def _delegations():
    delegations = [
        Delegation(
            code=row["code"],
            iso2=row["iso2"],
            m49=row["m49"],
            short_name={code: row[column] for column, code in LANGUAGES.items() if row[column]},
            formal_name={"en": row["formal_en"]},
            sort_name=spelling.search_key(row["en"]),
            regional_group=row["regional_group"],
        )
        for row in _table("delegations.csv")
    ]
    for each in delegations:
        each.note_names()
    return delegations


def _places(delegations):
    """The dated places of the `delegations`, a dict by code; both ends of a place are included.  R-18"""
    return [
        DelegationPlace(
            delegation=delegations[row["code"]],
            category=row["category"],
            band=row["band"],
            speaks_for_groups=row["speaks_for_groups"] == "yes",
            from_on=date.fromisoformat(row["from_on"]) if row["from_on"] else None,
            to_on=date.fromisoformat(row["to_on"]) if row["to_on"] else None,
            ground=row["ground"],
        )
        for row in _table("places.csv")
        if row["code"] in delegations
    ]


def _missing_names():
    """The dated names, each with its source, of stored delegations that have none.  R-72"""
    nameless = {each.code: each for each in Delegation.objects.filter(names=None)}
    return [
        DelegationName(
            delegation=nameless[row["code"]],
            short_name={code: row[column] for column, code in LANGUAGES.items() if row[column]},
            formal_name=_in_six("formal", row),
            from_on=date.fromisoformat(row["from_on"]) if row["from_on"] else None,
            to_on=date.fromisoformat(row["to_on"]) if row["to_on"] else None,
            source=row["source"],
        )
        for row in _table("names.csv")
        if row["code"] in nameless
    ]


def _missing_groups():
    """The groups of which the register has none of their names.  R-66"""
    known = {key for group in Group.objects.all() for key in group.registered([]).keys}
    groups = [
        Group(
            short_name=row["short_name"],
            full_name=row["full_name"],
            other_names=row["other_names"].replace(";", "\n"),
            source=row["source"],
        )
        for row in _table("groups.csv")
    ]
    for each in groups:
        each.note_key()
    return [each for each in groups if known.isdisjoint(each.registered([]).keys)]


def _let_speak(groups):
    """Let each of the stored `groups` be spoken for by the delegations that its row names.  R-13"""
    codes = {row["short_name"]: row["spoken_for_by"].split() for row in _table("groups.csv")}
    delegations = {each.code: each for each in Delegation.objects.all()}
    for group in groups:
        if codes[group.short_name]:
            group.spoken_for_by.set([delegations[code] for code in codes[group.short_name]])


def _demonstration_focal_points():
    points = [
        FocalPoint(delegation=delegation, email=f"{delegation.code.lower()}@{DEMONSTRATION_HOST}")
        for delegation in Delegation.objects.filter(focal_points=None)
    ]
    for point in points:
        point.normalised_email = spelling.address(point.email)
    return points
