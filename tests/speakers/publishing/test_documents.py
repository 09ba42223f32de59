"""Which list a document holds, in words.  R-30"""

import pytest

from speakers.publishing import documents
from tests.factories import DEADLINE, OPEN, make_meeting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("closed_at", "said"),
    [(None, "Provisional, as at "), (DEADLINE, "Established, with later changes, as at ")],
)
def test_the_live_list_says_whether_it_was_established(closed_at, said):
    meeting = make_meeting(closed_at=closed_at)

    words = documents.state_in_words(documents.live(meeting.speakers_list, at=OPEN), meeting.speakers_list, OPEN)

    assert words == f"{said}Wednesday, 31 August 2016, 1:00 p.m. (New York time)"
