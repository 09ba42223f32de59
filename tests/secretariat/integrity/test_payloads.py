"""A payload that is gone before retention allowed it is found; one that was erased in its time is not.  R-57 R-77"""

from datetime import timedelta

import pytest
from django.db import transaction

from journal.actors import SYSTEM
from journal.models import Payload
from journal.recording import record
from outbox.models import Message
from outbox.posting import post
from registration import erasing as tickets
from registration import records
from secretariat.integrity import payloads
from speakers import erasing as register
from speakers.models import FocalPoint
from tests.factories import OPEN, STAFF, make_delegation, make_focal_point, make_inscription, make_meeting
from tests.registration.factories import make_representative, make_ticketing

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def meeting():
    return make_meeting()


def recorded(subject, *, stream="secretariat", act="tested", by=STAFF, at=OPEN):
    with transaction.atomic():
        return record(act, stream=stream, subject=subject, by=by, at=at)


def gone(*entries):
    Payload.objects.filter(entry__in=entries).delete()


def numbers(*, at):
    """The numbers of the entries that were deleted before their time, by chain."""
    words = ": the content of these entries was deleted before its time: "
    return dict(problem.rstrip(".").split(words) for problem in payloads.problems(at=at))


def test_nothing_is_asked_while_nothing_is_gone(meeting, django_assert_num_queries):
    make_inscription(meeting)

    with django_assert_num_queries(1):
        assert payloads.problems(at=OPEN) == []


def test_what_is_of_a_meeting_may_be_gone_once_its_data_are_due(meeting):
    of_panel = [recorded("x", stream="meeting/dialogue/panel") for _ in range(5)]
    gone(recorded("x", stream="meeting/dialogue"), of_panel[0], *of_panel[2:4])

    assert numbers(at=meeting.personal_data_due_at - DAY) == {
        "meeting/dialogue": "1",
        "meeting/dialogue/panel": "1, 3–4",
    }
    assert numbers(at=meeting.personal_data_due_at) == {}


def test_what_is_not_personal_is_never_erased(meeting):
    gone(recorded("meeting", stream="meeting/dialogue", act="loaded", by=SYSTEM))

    assert numbers(at=meeting.personal_data_due_at + 999 * DAY) == {"meeting/dialogue": "1"}


def test_what_is_of_no_meeting_may_be_gone_after_a_year():
    gone(recorded("user/1"))

    assert numbers(at=OPEN + 364 * DAY) == {"secretariat": "1"}
    assert numbers(at=OPEN + 365 * DAY) == {}


def test_what_is_about_the_declined_may_be_gone_after_their_time_once_the_rest_of_them_is(meeting):
    make_ticketing(meeting)
    declined, other = make_representative(meeting, "declined"), make_representative(meeting, "approved")
    entries = [recorded(records.subject(each), stream=meeting.journal_stream) for each in (declined, other)]
    about = recorded(records.subject_of_request(declined.request), stream=meeting.journal_stream)
    at = meeting.ends_at + timedelta(days=meeting.declined_data_days)
    gone(*entries, about)
    first = entries[0].sequence
    assert numbers(at=at) == {"meeting/dialogue": f"{first}–{first + 2}"}

    tickets.erase_declined(meeting, at)

    assert numbers(at=at - DAY) == {"meeting/dialogue": f"{first}–{first + 2}"}
    assert numbers(at=at) == {"meeting/dialogue": str(first + 1)}


def test_what_is_about_mail_may_be_gone_with_the_data_of_its_meeting(meeting):
    post(key="k", kind="k", to=["a@b.example"], about=meeting.slug)
    gone(recorded(f"mail/{Message.objects.get().pk}"))

    assert numbers(at=meeting.personal_data_due_at - DAY) == {"secretariat": "1"}
    assert numbers(at=meeting.personal_data_due_at) == {}


def test_what_is_about_the_register_may_be_gone_with_it(meeting):
    point = make_focal_point(make_delegation())
    FocalPoint.objects.update(on_record_since=OPEN)
    imports = [recorded(register.IMPORTED, at=at) for at in (OPEN, meeting.ends_at)]
    gone(*imports, recorded(f"focalpoint/{point.pk}"))
    due = meeting.personal_data_due_at
    assert numbers(at=due - DAY) == {"secretariat": "1–3"}
    assert numbers(at=due) == {"secretariat": "2–3"}

    register.erase_focal_points(due)

    assert numbers(at=due) == {"secretariat": "2"}


def test_a_rehearsal_that_was_erased_by_a_clock_shifted_back_since_is_not_asked():
    rehearsal = make_meeting("rehearsal", is_rehearsal=True)
    gone(recorded("x", stream="meeting/rehearsal"))
    assert numbers(at=OPEN) == {"meeting/rehearsal": "1"}

    rehearsal.personal_data_erased_at = OPEN
    rehearsal.save()

    assert numbers(at=OPEN) == {}
