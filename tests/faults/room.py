"""The meeting of the scenery as it sits now, with three delegations on its list and a conference officer.

Run as `python -m tests.faults.room` in the environment of the site it is for.
"""

from datetime import UTC, datetime, timedelta

from tests.faults import scenery

PASSWORD = "a long word of staff"


def build():
    """Inscribe three delegations, and move the meeting so that its sitting began an hour ago."""
    from django.db import transaction
    from django.db.models import F

    from dialogue.models import Meeting, Sitting
    from speakers.models import Delegation, SpeakersList
    from tests import factories

    now = datetime.now(UTC).replace(microsecond=0)
    with transaction.atomic():
        meeting = Meeting.objects.get(slug=scenery.SLUG)
        for number in (1, 2, 3):
            delegation = Delegation.objects.get(code=scenery.code(number))
            factories.make_inscription(meeting, delegation, at=now)
        shift = meeting.starts_at - (now - timedelta(hours=1))
        Sitting.objects.filter(meeting=meeting).update(starts_at=F("starts_at") - shift, ends_at=F("ends_at") - shift)
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=F("starts_at") - shift, ends_at=F("ends_at") - shift)
        SpeakersList.objects.filter(meeting=meeting).update(
            opens_at=F("opens_at") - shift, closes_at=F("closes_at") - shift
        )
        add_officer()


def add_officer():
    """Store the conference officer."""
    from django.contrib.auth.models import Group, User

    officer = User.objects.create_user("officer", password=PASSWORD, is_staff=True)
    officer.groups.add(Group.objects.get(name="Conference officer"))


if __name__ == "__main__":
    import django

    django.setup()
    build()
