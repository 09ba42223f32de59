"""Issuing, handing out and revoking the voucher of a representative.  R-47 R-51 R-54

It is issued and revoked in the transaction of the act that asks for it. Its person reads of it only once the approval
is told, which is when the mail of the decision is released; so with a refusal, which revokes it only then.
"""

from django.utils.translation import gettext as _

from outbox.models import State as MailState
from registration.mail import notices
from registration.models import Representative, Voucher
from registration.models.representative import State
from registration.models.voucher import digest_of, fresh_code
from registration.refusals import TicketRefused
from registration.requests import links

HOLDERS = [State.APPROVED, State.ON_MANIFEST, State.COLLECTED]
"""The states in which a voucher waits to be exchanged."""
SHOWN_IN = [*HOLDERS, State.HANDED_OVER]
"""The states, as told, in which the person may open the page of the voucher."""


def issue(representative, *, at):
    """Give `representative` a voucher with a new random code, unless it has one that is good. Gives the `Voucher`."""
    if good := representative.vouchers.good().first():
        return good
    code = fresh_code()
    return Voucher.objects.create(representative=representative, code=code, code_digest=digest_of(code), issued_at=at)


def revoke(representative, *, at):
    """Revoke the voucher of `representative`, for ever; its code is never given again. Was there one?  R-54"""
    return representative.vouchers.good().update(revoked_at=at) > 0


def revoke_refused(representatives, *, at):
    """Revoke the vouchers of those of the QuerySet `representatives` who were declined and told so (1 statement).

    Until they are told, page, voucher and private page say what was told before; the door stops and asks.  R-47 R-54
    """
    return Voucher.objects.good().filter(representative__in=representatives.refused()).update(revoked_at=at)


def hand_out(representative, *, at):
    """Mail `representative` the link to a voucher that is good and was not mailed, once the approval is told.  R-47

    Fetch `decision` with the row, and in a transaction. However often and from wherever this is called, one mail
    goes. Was it mailed now?
    """
    if representative.awaits_release or representative.state not in HOLDERS:
        return False
    voucher = representative.vouchers.good().filter(mailed_at=None).first()
    if voucher is None or not Voucher.objects.good().filter(pk=voucher.pk, mailed_at=None).update(mailed_at=at):
        return False
    voucher.representative = representative
    notices.send_voucher(voucher, links.to_voucher(voucher, at=at))
    return True


def hand_out_due(ticketing, *, at):
    """Hand out what is told and was not mailed, on the locked `ticketing`. Gives how many.

    For decisions that were released as mails like any other, past the desk of the tickets.
    """
    not_mailed = Voucher.objects.good().filter(mailed_at=None).values("representative")
    due = Representative.objects.filter(meeting=ticketing.meeting_id, state__in=HOLDERS, pk__in=not_mailed)
    told = due.exclude(decision__state=MailState.HELD).select_related("request__organization", "decision")
    done = 0
    for representative in told:
        representative.meeting = representative.request.meeting = ticketing.meeting
        done += hand_out(representative, at=at)
    return done


def open_page(representative, *, at):
    """A link to the page of the newest voucher of `representative`, as its web address.

    For whoever proved to read its mail, or that of its focal point. Raises `TicketRefused` where none was told of.
    """
    voucher = representative.vouchers.order_by("-pk").first()
    if voucher is None or representative.shown_state not in SHOWN_IN:
        raise TicketRefused(_("There is no voucher for %(name)s.") % {"name": representative})
    voucher.representative = representative
    return links.to_voucher(voucher, at=at)
