"""What the tests of faults begin with: one open list, and delegations with two focal points each.

Run as `python -m tests.faults.scenery` in the environment of the site it is for.
"""

from datetime import UTC, datetime, timedelta

SLUG = "dialogue"
DELEGATIONS = 200
PATH = f"/meetings/{SLUG}/speakers/"


def code(number):
    """The code of the delegation `number`, from 1."""
    return f"D{number:03d}"


def focal_point(number, which=1):
    """The address of one of the two focal points of the delegation `number`."""
    return f"{code(number).lower()}-{which}@missions.example"


def build():
    """Store the meeting, the level and the delegations. The deadline is so far away that no reminder is due."""
    from django.db import transaction

    from tests import factories

    now = datetime.now(UTC).replace(microsecond=0)
    with transaction.atomic():
        factories.make_meeting(
            SLUG,
            opens_at=now - timedelta(days=1),
            closes_at=now + timedelta(days=5),
            starts_at=now + timedelta(days=9),
            ends_at=now + timedelta(days=9, hours=8),
        )
        factories.make_level("PR")
        for number in range(1, DELEGATIONS + 1):
            delegation = factories.make_delegation(code(number), f"Delegation {number}")
            for which in (1, 2):
                factories.make_focal_point(delegation, focal_point(number, which))


if __name__ == "__main__":
    import django

    django.setup()
    build()
