"""Issuing, handing out and revoking the voucher of a representative.  R-47 R-51 R-54

It is issued and revoked in the transaction of the act that asks for it. The person learns of it only when the mail of
the approval is released; in the same way, a refusal revokes it only when its mail is released.
"""

from datetime import datetime

from django.utils.translation import gettext as _

import clock
from outbox.models import State as MailState
from registration.mail import notices
from registration.models import Representative, Ticketing, Voucher
from registration.models.representative import RepresentativeQuerySet, State
from registration.models.voucher import digest_of, fresh_code, fresh_short_code
from registration.refusals import TicketRefused
from registration.requests import links

# The states in which a voucher waits to be exchanged.
HOLDERS = [State.APPROVED, State.ON_MANIFEST, State.COLLECTED]
# The states, as notified, in which the person may open the page of the voucher.
SHOWN_IN = [*HOLDERS, State.HANDED_OVER]


def issue(representative: Representative, *, at: datetime) -> Voucher:
    """Give `representative` a voucher with a new random code, unless they have a valid one. Returns the `Voucher`."""
    if good := representative.vouchers.good().first():
        return good
    code, codes = fresh_code(), iter(fresh_short_code, None)
    short_code = next(each for each in codes if not Voucher.objects.filter(short_code=each).exists())
    facts = {"code": code, "code_digest": digest_of(code), "short_code": short_code, "issued_at": at}
    return Voucher.objects.create(representative=representative, **facts)


def revoke(representative: Representative, *, at: datetime) -> bool:
    """Revoke the voucher of `representative` for good; its code is never issued again. Returns if there was one."""
    return representative.vouchers.good().update(revoked_at=clock.no_earlier("issued_at", at)) > 0


def revoke_refused(representatives: RepresentativeQuerySet, *, at: datetime) -> int:
    """Revoke the vouchers of those of the QuerySet `representatives` who were declined and notified (one query).

    Until they are notified, their pages and the voucher show the state before; the door stops and asks.  R-47 R-54
    """
    refused = Voucher.objects.good().filter(representative__in=representatives.refused())
    return refused.update(revoked_at=clock.no_earlier("issued_at", at))


def hand_out(representative: Representative, *, at: datetime) -> bool:
    """Mail `representative` the link to a valid voucher not mailed before, once the approval is released.  R-47

    Fetch `decision` with the row, and in a transaction. However often and from wherever this is called, one mail is
    sent. Returns whether it was mailed now.
    """
    if representative.awaits_release or representative.state not in HOLDERS:
        return False
    voucher = representative.vouchers.good().filter(mailed_at=None).first()
    if voucher is None or not Voucher.objects.good().filter(pk=voucher.pk, mailed_at=None).update(mailed_at=at):
        return False
    voucher.representative = representative
    notices.send_voucher(voucher, links.to_voucher(voucher, at=at))
    return True


def hand_out_due(ticketing: Ticketing, *, at: datetime) -> int:
    """Hand out the vouchers of released approvals that were not mailed, on the locked `ticketing`. Returns how many.

    For decisions released directly from the outbox rather than on the page of the representative.
    """
    not_mailed = Voucher.objects.good().filter(mailed_at=None).values("representative")
    due = Representative.objects.filter(meeting=ticketing.meeting_id, state__in=HOLDERS, pk__in=not_mailed)
    told = due.exclude(decision__state=MailState.HELD).select_related("request__organization", "decision")
    done = 0
    for representative in told:
        representative.meeting = representative.request.meeting = ticketing.meeting
        done += hand_out(representative, at=at)
    return done


def open_page(representative: Representative, *, at: datetime) -> str:
    """The URL of a link to the page of the newest voucher of `representative`.

    For a visitor who has proved to read that person's mail, or the focal point's. Raises `TicketRefused` if the person
    has not been notified of a voucher.
    """
    voucher = representative.vouchers.order_by("-pk").first()
    if voucher is None or representative.shown_state not in SHOWN_IN:
        raise TicketRefused(_("There is no voucher for %(name)s.") % {"name": representative})
    voucher.representative = representative
    return links.to_voucher(voucher, at=at)
