"""What is fixed when a list opens, so that later changes elsewhere move no entry on it.  R-61"""

from datetime import datetime

from django.db.models import F, Q

from acts.locking import locked
from journal import recording
from journal.actors import SYSTEM
from speakers import records
from speakers.models import Delegation, Group, Level, Registered, SpeakersList
from speakers.models.delegation import is_civil_society
from speakers.models.group import apart_from

OF_A_NAME = ["short_name", "formal_name"]
OF_A_PLACE = ["band", "category", "speaks_for_groups", "ground"]


def fix_terms_due(*, at: datetime) -> int:
    """Fix the terms of each list that is open at the moment `at` of the one clock and has none fixed.

    Celery beat calls it every minute; the first entry does the same if it comes before. Returns the number fixed now.
    """
    fixed = 0
    unfixed = Q(levels__isnull=True) | Q(groups__isnull=True)
    for due in SpeakersList.objects.filter(unfixed, opens_at__lte=at + F("meeting__clock_shift")):
        with locked(due) as speakers_list:
            fixed += fix_terms(speakers_list, at=speakers_list.meeting.moment(at))
    return fixed


def fix_terms(speakers_list: SpeakersList, *, at: datetime) -> bool:
    """Fix levels, place and name of each delegation and groups on the locked `speakers_list`, unless they are.  R-66

    Journals. `at` is the meeting's moment. Returns whether it was done now.
    """
    if speakers_list.levels is not None and speakers_list.groups is not None:
        return False
    if speakers_list.levels is None:
        speakers_list.levels = [level.plain() for level in Level.of_list(speakers_list)]
        delegations = list(Delegation.objects.with_places().prefetch_related("names"))
        speakers_list.places = {each.code: _place(each, speakers_list) for each in delegations}
        speakers_list.names = {
            each.code: _names(each, speakers_list) for each in delegations if not is_civil_society(each.code)
        }
    speakers_list.groups = [group.plain() for group in _groups(speakers_list)]
    speakers_list.save(update_fields=["levels", "places", "names", "groups"])
    moments = {"inscription_closes_at": speakers_list.closes_at, "list_closed_at": speakers_list.closed_at}
    recording.record(
        "terms fixed",
        stream=speakers_list.journal_stream,
        subject="list",
        by=SYSTEM,
        at=at,
        after=records.terms(speakers_list) | moments,
    )
    return True


def _groups(speakers_list):
    """The register now; before it, for a list that opened when there was none, the groups that stand on it."""
    standing = speakers_list.inscriptions.standing().exclude(group_name="").order_by("receipt_no")
    own = [Registered.of(name) for name in standing.values_list("group_name", flat=True)]
    return [*own, *apart_from(own, Group.register_now(speakers_list))]


def _place(delegation, speakers_list):
    place = delegation.place_on(speakers_list.meeting.starts_on)
    return place and {name: getattr(place, name) for name in OF_A_PLACE}


def _names(delegation, speakers_list):
    names = zip(OF_A_NAME, delegation.names_on(speakers_list.meeting.starts_on), strict=True)
    return {field: getattr(name, "data", name) for field, name in names}
