"""Reminding delegations that are not yet inscribed, and those whose speaker is not yet named.  R-14"""

from collections import defaultdict
from datetime import datetime, timedelta
from functools import partial

from speakers.mail import notices
from speakers.models import FocalPoint, Inscription, Interest, SpeakersList

BEFORE_THE_DEADLINE = [timedelta(days=3), timedelta(days=1)]
BEFORE_THE_MEETING = timedelta(hours=24)


def remind_delegations(*, at: datetime) -> None:
    """Post what is due at the moment `at` of the one clock; each reminder exactly once, however often this runs.

    Three days and one day before the deadline: to each focal point of a delegation that may inscribe and has not. Where
    seats are given by selection, once for all these lists of a meeting, by the next deadline of those that it may ask
    for: to those that have expressed interest in no seat, and have none. From 24 hours before the meeting: to each
    entry whose speaker is “to be confirmed” (R-14). A rehearsal whose mail is held does not remind delegations that are
    not inscribed: hundreds of drafts would hide the others.
    """
    selecting: defaultdict[int, list[SpeakersList]] = defaultdict(list)
    for speakers_list in (
        SpeakersList.objects.of_published().filter(meeting__ends_at__gte=at).order_by("closes_at", "pk")
    ):
        meeting = speakers_list.meeting
        now = meeting.moment(at)
        if speakers_list.accepts_inscriptions(now) and not meeting.holds_mail:
            if speakers_list.is_by_selection:
                _remind_to_inscribe(speakers_list, _asked_for(meeting), earlier=selecting[meeting.pk], at=now)
                selecting[meeting.pk].append(speakers_list)
            else:
                _remind_to_inscribe(speakers_list, [speakers_list.inscriptions.active()], earlier=[], at=now)
        if meeting.starts_at - BEFORE_THE_MEETING <= now < meeting.starts_at:
            for inscription in speakers_list.inscriptions.unconfirmed().select_related("delegation", "level"):
                inscription.speakers_list = speakers_list
                notices.remind_to_confirm(inscription)


def _asked_for(meeting):
    """The expressions of interest at `meeting` that were not withdrawn, and the entries that hold such a seat."""
    seats = Inscription.objects.active().filter(speakers_list__in=meeting.lists.by_selection())
    return [Interest.objects.not_withdrawn().filter(speakers_list__meeting=meeting), seats]


def _remind_to_inscribe(speakers_list, filed, *, earlier, at):
    """Post the latest reminder that is due to those who have not `filed`, and may on none of the `earlier` lists.

    A list that opened after a reminder's moment skips that one.
    """
    moments_due = [
        before for before in BEFORE_THE_DEADLINE if speakers_list.opens_at < speakers_list.closes_at - before <= at
    ]
    if not moments_due:
        return
    points = FocalPoint.objects.to_remind().prefetch_related("delegation__places")
    for rows in filed:
        points = points.exclude(delegation__in=rows.values("delegation"))
    for focal_point in points:
        may_inscribe_on = partial(_may_inscribe, focal_point.delegation)
        if may_inscribe_on(speakers_list) and not any(map(may_inscribe_on, earlier)):
            notices.remind_to_inscribe(speakers_list, focal_point, before=min(moments_due))


def _may_inscribe(delegation, speakers_list):
    """Does its place let the `delegation` inscribe on this list, or express its interest there?  R-15 R-18 R-62"""
    place = delegation.place_on_list(speakers_list)
    return place is not None and speakers_list.admits(place.category)
