"""Which list a document holds, in words.  R-30"""

import pytest

from speakers.models import SpeakersList
from speakers.order import precedence
from speakers.publishing import documents
from speakers.publishing.exports import as_pdf
from tests.factories import DEADLINE, OPEN, make_inscription, make_meeting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("closed_at", "said"),
    [(None, "Provisional, as at "), (DEADLINE, "Established, with later changes, as at ")],
)
def test_the_live_list_says_whether_it_was_established(closed_at, said):
    meeting = make_meeting(closed_at=closed_at)

    words = documents.state_in_words(documents.live(meeting.speakers_list, at=OPEN), meeting.speakers_list, OPEN)

    assert words == f"{said}Wednesday, 31 August 2016, 1:00 p.m. (New York time)"


def test_a_list_by_selection_is_not_called_established_once_it_is_closed(client):
    entry = make_inscription(make_meeting())
    SpeakersList.objects.update(closed_at=DEADLINE, seats_by_selection=2)
    entry.refresh_from_db()
    meeting = entry.meeting
    address = "/meetings/dialogue/speakers"
    document = documents.live(meeting.speakers_list, at=OPEN)

    said = [client.get(f"{address}{end}").content.decode() for end in (".txt", "/", "/embed/")]
    said += [as_pdf.page(document, meeting.speakers_list), str(precedence.explain(entry))]

    assert ["stablished" in words.replace("until the list is established", "") for words in said] == [False] * 5
    assert documents.state_in_words(document, meeting.speakers_list, OPEN).startswith("Provisional, as at ")
