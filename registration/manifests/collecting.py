"""Collecting the tickets that security issued from the manifest; from then on they can be handed over.

R-48 R-51
"""

from datetime import datetime

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal.actors import Actor
from registration import states
from registration.locking import fresh, locked_terms
from registration.models import Representative
from registration.models.representative import RepresentativeQuerySet, State
from registration.refusals import TicketRefused


def collect(meeting: Meeting, *, by: Actor, at: datetime) -> int:
    """Note that the office has the tickets of everyone on the manifest of `meeting`. Journals each. Returns how many.

    From then on a name can no longer be amended, because it is printed. No mail is sent; the private pages show it.
    Raises `TicketRefused` if no ticket is waiting to be collected.
    """
    with locked_terms(meeting.pk) as ticketing:
        waiting = list(to_be_collected(meeting))
        if not waiting:
            raise TicketRefused(_("No ticket of anyone on the manifest is waiting to be collected."))
        for representative in waiting:
            kept = fresh(representative, ticketing)
            states.move(kept, State.COLLECTED, act="ticket collected", by=by, at=at)
        return len(waiting)


def to_be_collected(meeting: Meeting) -> RepresentativeQuerySet:
    """Representatives of `meeting` who are on the manifest and whose tickets are still with security."""
    return Representative.objects.filter(meeting=meeting, state=State.ON_MANIFEST)
