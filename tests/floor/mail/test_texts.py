"""Staff's own words for the mails from the room.  R-45 R-60"""

import pytest

from floor.acts import calling
from outbox.models import Message
from speakers.mail import texts
from tests.factories import STAFF, subject_of
from tests.floor.room import OPENS, make_room, press

pytestmark = pytest.mark.django_db


def test_own_words_say_how_many_speak_before_and_who_is_next():
    meeting = make_room("AAA", "BBB", "CCC")
    words = {"subject": "{delegation}: {speakers_before}", "body": "{speakers_before}: {room_link}"}
    texts.save_text(meeting, "alert", **words, by=STAFF, at=OPENS)

    press(meeting, calling.call)

    alerts = Message.objects.filter(kind="floor.alert").order_by("pk")
    assert [subject_of(each) for each in alerts] == ["Bbb: you are next", "Ccc: 1 speaker before you"]
