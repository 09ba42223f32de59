"""The office collects the tickets that security issued from the manifest; from then on they can be handed over.

R-48 R-51
"""

from django.utils.translation import gettext as _

from registration import locking, states
from registration.models import Representative
from registration.models.representative import State
from registration.refusals import TicketRefused


def collect(meeting, *, by, at):
    """Note that the tickets of all on the manifest of `meeting` lie with the office. Journals each. Gives how many.

    From then on a name can no longer be amended: it is printed. Nobody is mailed; the private pages say it. Raises
    `TicketRefused` where nobody on the manifest waits for it.
    """

    def act(ticketing):
        waiting = list(to_be_collected(meeting))
        if not waiting:
            raise TicketRefused(_("Nobody on the manifest waits for a ticket to be collected."))
        for representative in waiting:
            kept = locking.fresh(representative, ticketing)
            states.move(kept, State.COLLECTED, act="ticket collected", by=by, at=at)
        return len(waiting)

    return locking.under_lock(meeting.pk, act)


def to_be_collected(meeting):
    """Representatives of `meeting` who stand on the manifest, and whose tickets are still with security."""
    return Representative.objects.filter(meeting=meeting, state=State.ON_MANIFEST)
