"""The delegations of a meeting’s date, as one types their names.  R-71 R-72"""

from django.db.models import Q

from dialogue.models import Meeting
from languages.collation import in_order
from speakers.models import Delegation, DelegationPlace, SpeakersList, beside_names, called_then


def holding_a_place(meeting: Meeting) -> list[Delegation]:
    """The active delegations that hold a place on the list that `meeting` hears (two statements).  R-18 R-61 R-72

    Their places are those fixed when that list opened; one that is newer has the place of the date of the meeting.
    They have their names of that date.
    """
    heard = SpeakersList.objects.filter(meeting=meeting.pk, slug=meeting.hears)
    fixed = heard.values_list("places", flat=True).get() or {}
    placed = Q(code__in=[code for code, place in fixed.items() if place])
    now = DelegationPlace.objects.in_force(meeting.starts_on).values("delegation")
    found = Delegation.objects.filter(placed | Q(pk__in=now) & ~Q(code__in=list(fixed)), is_active=True)
    return called_then(beside_names(found, meeting.starts_on))


def suggestions(meeting: Meeting) -> list[str]:
    """The names of `holding_a_place` in the active language, in alphabetical order."""
    return in_order(str(each) for each in holding_a_place(meeting))
