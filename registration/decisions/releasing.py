"""Releasing the mails of decisions: only then does a decision take effect for the person.  R-47"""

from collections.abc import Sequence
from datetime import datetime

from acts.foreseeing import require_seen
from journal.actors import Actor
from outbox import desk
from outbox.batches import Batch
from outbox.models import Message, MessageQuerySet
from registration import records
from registration.locking import locked_terms
from registration.mail import notices
from registration.models import Representative, Voucher
from registration.refusals import TicketRefused
from registration.requests import vouchers


def drafts_of(representatives: Sequence[Representative]) -> MessageQuerySet:
    """The held mails about `representatives`, oldest first, as a QuerySet (one additional query)."""
    wanted = {str(each.public_id) for each in representatives}
    slugs = {each.meeting.slug for each in representatives}
    held = Message.objects.held().filter(kind__startswith="registration.", about__in=slugs)
    found = [pk for pk, key in held.values_list("pk", "key") if notices.whom_it_is_about(key) in wanted]
    return held.filter(pk__in=found).order_by("pk")


def batch_of(representatives: Sequence[Representative]) -> Batch:
    """What a release would send about `representatives` (one statement)."""
    return Batch(list(drafts_of(representatives)))


def without_mail(representatives: Sequence[Representative], batch: Batch) -> list[Representative]:
    """Those of `representatives` about whom no mail is in `batch`."""
    about = {notices.whom_it_is_about(message.key) for message in batch.messages}
    return [each for each in representatives if str(each.public_id) not in about]


def vouchers_with(batch: Batch) -> int:
    """How many links to a voucher would be mailed with the approvals of `batch` (one statement).  R-51"""
    about = {notices.whom_it_is_about(message.key) for message in batch.messages}
    holders = Representative.objects.filter(public_id__in=about, state__in=vouchers.HOLDERS)
    return Voucher.objects.good().filter(mailed_at=None, representative__in=holders).count()


def release_all(
    representatives: Sequence[Representative], *, seen: str | None = None, by: Actor, at: datetime
) -> Batch:
    """Release the held mails about `representatives` of one meeting at its moment `at`, under its lock.  R-47

    With the mail of an approval goes another one, with the link to the voucher (R-51); with that of a refusal the
    voucher is revoked (R-54). A page says what it has `seen` of the mails; see `require_seen`. Journals each person.
    Returns what was released. Raises `TicketRefused`.
    """
    with locked_terms(representatives[0].meeting_id):
        batch = batch_of(representatives)
        require_seen(batch, seen, TicketRefused)
        for representative in representatives:
            about = str(representative.public_id)
            drafts = [each for each in batch.messages if notices.whom_it_is_about(each.key) == about]
            if drafts:
                _release(representative, drafts, by=by, at=at)
        return batch


def release(representative: Representative, *, by: Actor, at: datetime) -> int:
    """Release the held mails about `representative`, as `release_all` does. Returns how many.  R-47"""
    return len(release_all([representative], by=by, at=at).messages)


def _release(representative, drafts, *, by, at):
    for draft in drafts:
        desk.release(draft, at=max(at - representative.meeting.clock_shift, draft.created_at))
    records.record("mail released", representative, by=by, at=at, after={"mails": len(drafts)})
    vouchers.hand_out(_as_it_is_now(representative), at=at)
    vouchers.revoke_refused(Representative.objects.filter(pk=representative.pk), at=at)


def _as_it_is_now(representative):
    found = Representative.objects.select_related("request__organization", "decision").get(pk=representative.pk)
    found.meeting = found.request.meeting = representative.meeting
    return found
