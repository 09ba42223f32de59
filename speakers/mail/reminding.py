"""Reminding delegations that are not yet inscribed, and those whose speaker is not yet named.  R-14"""

from datetime import datetime, timedelta
from typing import Any

from speakers.mail import notices
from speakers.models import FocalPoint, Interest, SpeakersList

BEFORE_THE_DEADLINE = [timedelta(days=3), timedelta(days=1)]
BEFORE_THE_MEETING = timedelta(hours=24)


def remind_delegations(*, at: datetime) -> None:
    """Post what is due at the moment `at` of the one clock; each reminder exactly once, however often this runs.

    Three days and one day before the deadline: to each focal point of a delegation not yet inscribed. Where seats are
    given by selection, once for all these lists of a meeting, by the next deadline of theirs: to those that have
    expressed interest in no seat. From 24 hours before the meeting: to each entry whose speaker is “to be confirmed”
    (R-14). A rehearsal whose mail is held does not remind delegations that are not inscribed: hundreds of drafts would
    hide the others.
    """
    selecting: set[int] = set()
    for speakers_list in (
        SpeakersList.objects.of_published().filter(meeting__ends_at__gte=at).order_by("closes_at", "pk")
    ):
        meeting = speakers_list.meeting
        now = meeting.moment(at)
        is_awaited = speakers_list.accepts_inscriptions(now) and not meeting.holds_mail
        if is_awaited and not (speakers_list.is_by_selection and meeting.pk in selecting):
            _remind_to_inscribe(speakers_list, at=now)
        if is_awaited and speakers_list.is_by_selection:
            selecting.add(meeting.pk)
        if meeting.starts_at - BEFORE_THE_MEETING <= now < meeting.starts_at:
            for inscription in speakers_list.inscriptions.unconfirmed().select_related("delegation", "level"):
                inscription.speakers_list = speakers_list
                notices.remind_to_confirm(inscription)


def _remind_to_inscribe(speakers_list, *, at):
    """Post the latest reminder that is due; a list that opened after a reminder's moment skips that one."""
    moments_due = [
        before for before in BEFORE_THE_DEADLINE if speakers_list.opens_at < speakers_list.closes_at - before <= at
    ]
    if not moments_due:
        return
    inscribed = speakers_list.inscriptions.active().values("delegation")
    interested = Interest.objects.waiting().filter(speakers_list__meeting=speakers_list.meeting).values("delegation")
    filed: Any = interested if speakers_list.is_by_selection else inscribed
    for focal_point in FocalPoint.objects.to_remind().exclude(delegation__in=filed):
        notices.remind_to_inscribe(speakers_list, focal_point, before=min(moments_due))
