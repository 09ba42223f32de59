"""What webhooks were not told yet, as the metrics say it."""

from datetime import timedelta

import pytest

from tests.factories import OPEN, make_delegation, make_inscription, make_meeting, make_panel
from tests.webhooks.test_telling import tell_all
from webhooks import waiting
from webhooks.models import Cursor

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_of_each_webhook_the_acts_of_all_its_lists_count_and_the_oldest_of_them(
    receive, make_webhook, django_assert_num_queries
):
    meeting, receiver = make_meeting(), receive()
    panel = make_panel(meeting)
    first, second = make_webhook(meeting, receiver), make_webhook(meeting, receiver)
    tell_all()
    make_inscription(meeting, make_delegation("RWA"), at=OPEN + MINUTE)
    make_inscription(panel.meeting_at_hand, make_delegation("KEN"), at=OPEN + 3 * MINUTE)
    Cursor.objects.filter(webhook=second, stream=meeting.journal_stream).update(told_up_to=99)
    on_panel = panel.journal_stream

    with django_assert_num_queries(2):
        found = waiting.of_each(at=OPEN + 10 * MINUTE)

    behind = {each.stream: each for each in first.cursors.all()}
    assert set(found) == {first.pk, second.pk}
    assert found[first.pk].oldest == 9 * MINUTE
    assert found[second.pk].oldest == 7 * MINUTE
    assert found[first.pk].acts > found[second.pk].acts > 0
    assert on_panel in behind

    tell_all()
    assert found[first.pk] != waiting.of_each(at=OPEN + 10 * MINUTE)[first.pk] == waiting.Waiting()


@pytest.mark.parametrize("why", ["off", "no secret", "not public", "switched off in the settings"])
def test_nothing_waits_for_a_webhook_that_is_told_nothing(receive, make_webhook, settings, why):
    meeting = make_meeting()
    webhook = make_webhook(meeting, receive())
    make_inscription(meeting, make_delegation("RWA"))
    assert waiting.of_each(at=OPEN)[webhook.pk].acts > 0

    webhook.is_on, webhook.secret_half = why != "off", "" if why == "no secret" else webhook.secret_half
    webhook.save()
    type(meeting).objects.update(is_published=why != "not public")
    settings.WEBHOOKS = why != "switched off in the settings"

    assert waiting.of_each(at=OPEN) == {}
