"""What webhooks were not told yet: how many acts of the journal, and since when the oldest of them waits."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, OuterRef, Subquery

from journal.models import Entry, Head
from webhooks.models import Cursor, Webhook


@dataclass(frozen=True)
class Waiting:
    """So many `acts` lie behind what a webhook was told, the `oldest` of them for so long."""

    acts: int = 0
    oldest: timedelta = timedelta()


def of_each(*, at: datetime) -> dict[int, Waiting]:
    """What waits for each webhook that is to be told anything, by its key, at the real moment `at` (2 statements).

    None if webhooks are switched off. How long is counted by the clock of the meeting.
    """
    if not settings.WEBHOOKS:
        return {}
    heads = Head.objects.filter(stream=OuterRef("stream")).values("sequence")
    following = Entry.objects.filter(stream=OuterRef("stream"), sequence=OuterRef("told_up_to") + 1).values("at")
    cursors = Cursor.objects.annotate(behind=Subquery(heads) - F("told_up_to"), since=Subquery(following))
    found = {pk: Waiting() for pk in Webhook.objects.heard().order_by("pk").values_list("pk", flat=True)}
    for each in cursors.filter(webhook__in=found, behind__gt=0).select_related("webhook__meeting"):
        waited = max(each.webhook.meeting.moment(at) - each.since, timedelta())
        before = found[each.webhook_id]
        found[each.webhook_id] = Waiting(before.acts + each.behind, max(before.oldest, waited))
    return found
