"""A meeting of two days with a round table on each, whose seats are given by selection, for tests."""

import uuid
from datetime import timedelta

import clock
from journal.actors import FOCAL_POINT, Actor
from speakers.interest import expressing
from speakers.models import Delegation, Interest, SpeakersList
from tests.days import make_two_days
from tests.factories import DEADLINE, OPEN, make_delegation, make_focal_point, make_level, make_panel

# After the deadlines of both round tables.
AFTER = DEADLINE + timedelta(days=2)
REGIONS = {"KEN": "african", "RWA": "african", "JPN": "asia_pacific", "FRA": "western_european"}


def make_round_tables(seats=(1, 2)):
    """The two lists, as (round table 1, round table 2), beside a plenary on which delegations inscribe."""
    meeting = make_two_days()
    days = sorted({each.starts_at.date() for each in meeting.hours})
    heard = [[each.pk for each in meeting.hours if each.starts_at.date() == day] for day in days]
    return tuple(
        make_panel(
            meeting,
            f"round-table-{number}",
            title={"en": f"Round table {number}"},
            seats_by_selection=count,
            heard_in=heard[number - 1],
        )
        for number, count in enumerate(seats, start=1)
    )


def make_state(code, name=None):
    """A Member State in its regional group, with a focal point."""
    delegation = make_delegation(code, name)
    if not delegation.focal_points.exists():
        make_focal_point(delegation)
    Delegation.objects.filter(pk=delegation.pk).update(regional_group=REGIONS.get(code, "none"))
    return Delegation.objects.get(pk=delegation.pk)


def point_of(delegation):
    return Actor(f"{delegation.code.lower()}@missions.example", FOCAL_POINT)


def an_interest(speakers_list, delegation, second=None, **changes):
    """An expression of interest as a form would make it, not stored."""
    facts = {
        "speaker_prefix": "H.E. Ms.",
        "speaker_name": f"Speaker of {delegation}",
        "contact_name": f"Mission of {delegation}",
        "contact_email": f"{delegation.code.lower()}@missions.example",
        "level": make_level("PR"),
    }
    return Interest(speakers_list=speakers_list, delegation=delegation, second_choice=second, **facts | changes)


def make_interest(speakers_list, code, second=None, *, at=OPEN, key=None, by=None, **changes):
    """An expression of interest recorded through its rule, arrived at the meeting's moment `at`."""
    interest = an_interest(fresh(speakers_list), make_state(code), second and fresh(second), **changes)
    key = key or uuid.uuid4().hex
    with clock.stopped(at):
        return expressing.express(
            interest, by=by or point_of(interest.delegation), arrived_at=at, key=key, digest=f"digest of {key}"
        )


def fresh(speakers_list):
    return SpeakersList.objects.get(pk=speakers_list.pk)


def codes_on(speakers_list):
    """The delegations that stand on a list, in the order of receipt."""
    return list(speakers_list.inscriptions.standing().values_list("delegation__code", flat=True))
