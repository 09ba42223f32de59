"""A meeting whose list has the entries of all member States."""

from datetime import datetime, timedelta

from django.core.management import call_command

from dialogue.models import Meeting
from speakers.models import Delegation
from tests.factories import make_inscription, make_meeting


def make_full_list(at: datetime) -> Meeting:
    """The meeting “dialogue”, whose list is open at the moment `at`; delegations have their names in six languages."""
    call_command("load_delegations", verbosity=0)
    moments = {"opens_at": -1, "closes_at": 3, "starts_at": 8, "ends_at": 9}
    meeting = make_meeting(**{name: at + timedelta(days=days) for name, days in moments.items()})
    for delegation in Delegation.objects.filter(places__category="member_state").order_by("code").distinct():
        make_inscription(meeting, delegation, at=at)
    return meeting
