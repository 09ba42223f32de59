"""Fills the project's database for the benchmark, and prints as JSON what a client must know about it.

Run with the project's environment, after `manage.py prepare`: `python -m tests.bench.filling reading`, later
`… walking`, because no member of staff would ever see a site with so many meetings.
"""

import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.urls import reverse  # noqa: E402

import clock  # noqa: E402
from dialogue.models import Meeting  # noqa: E402
from journal.actors import SYSTEM  # noqa: E402
from speakers.delegations import access  # noqa: E402
from speakers.loading import load  # noqa: E402
from speakers.models import Delegation  # noqa: E402
from tests import factories  # noqa: E402
from tests.bench.sessions import cookie_of, cookie_of_user  # noqa: E402

FILE = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
# Each walk inscribes another Member State; once a list has them all, the walks go on with the next meeting.
ROWS, MEMBER_STATES, MEETINGS = 200, 193, 40
TYPED = {
    "capacity": "national",
    "speaker_prefix": "H.E. Ms.",
    "speaker_name": "Amina Example",
    "speaker_title": "Permanent Representative",
    "level": "PR",
    "language": "en",
    "preferred_sitting": "morning",
    "contact_name": "Permanent Mission",
    "contact_email": "mission@missions.example",
    "contact_telephone": "+12129635063",
    "copies": "copy@missions.example",
    "note": "The statement will be sent on the day before.",
}


def for_reading() -> dict[str, Any]:
    """A meeting whose list has 200 entries, and a member of staff."""
    meeting, at = open_meeting("listed"), clock.now()
    for delegation in member_states():
        factories.make_inscription(meeting, delegation, at=at)
    for number in range(ROWS - MEMBER_STATES):
        group = {"capacity": "group", "group_name": f"Group {number}"}
        factories.make_inscription(meeting, member_states()[number], at=at, **group)
    cookie = cookie_of_user(User.objects.create_superuser("benchmark"))
    secretariat = reverse("admin:speakers_inscription_changelist")
    page = {"path": meeting.get_absolute_url(), "words": str(meeting.venue)}
    return {
        "page": page,
        "uncached": {**page, "another_address": True},
        "list": {"path": f"{secretariat}?meeting={meeting.pk}", "words": "Zimbabwe", "cookie": cookie},
    }


def for_walking() -> dict[str, Any]:
    """Meetings whose lists are empty, and delegations whose focal points are signed in."""
    points = [factories.make_focal_point(delegation) for delegation in member_states()]
    meetings = [open_meeting(f"walk-{number}") for number in range(MEETINGS)]
    return {
        "walk": {
            "paths": [reverse("speakers:inscribe", args=[meeting.slug]) for meeting in meetings],
            "cookies": [cookie_of(**{access.ADDRESS: point.normalised_email}) for point in points],
            "typed": TYPED,
            "words": TYPED["speaker_name"],
        }
    }


def for_streaming() -> dict[str, Any]:
    """A meeting on whose list every Member State stands, and an officer who writes on its screens."""
    meeting = open_meeting("streamed")
    for delegation in member_states():
        factories.make_inscription(meeting, delegation, at=clock.now())
    return {
        "streams": {
            "path": f"/live/{meeting.slug}/display/en/",
            "act": reverse("floor:act", args=[meeting.slug, "message"]),
            "cookie": cookie_of_user(User.objects.create_superuser("officer")),
        }
    }


def member_states() -> list[Delegation]:
    """The delegations that each list is filled with."""
    return list(Delegation.objects.filter(places__category="member_state").distinct()[:MEMBER_STATES])


def open_meeting(slug: str) -> Meeting:
    """The dialogue of 2016, moved so that its list is open today."""
    at = clock.now()
    return load(FILE, slug=slug, starts_on=at.date() + timedelta(days=10), by=SYSTEM, at=at).meeting


STAGES = {"reading": for_reading, "walking": for_walking, "streaming": for_streaming}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(STAGES[sys.argv[1]]()))
