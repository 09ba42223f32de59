"""Releasing the mails of decisions: only then does a decision take effect for the person.  R-47"""

from datetime import datetime

from django.db import transaction

from journal.actors import Actor
from outbox import desk
from outbox.models import Message, MessageQuerySet
from registration import records
from registration.mail import notices
from registration.models import Representative
from registration.requests import vouchers


def drafts_of(representatives: list[Representative]) -> MessageQuerySet:
    """The held mails about `representatives`, oldest first, as a QuerySet (one additional query)."""
    wanted = {str(each.public_id) for each in representatives}
    slugs = {each.meeting.slug for each in representatives}
    held = Message.objects.held().filter(kind__startswith="registration.", about__in=slugs)
    found = [pk for pk, key in held.values_list("pk", "key") if notices.whom_it_is_about(key) in wanted]
    return held.filter(pk__in=found).order_by("pk")


def release(representative: Representative, *, by: Actor, at: datetime) -> int:
    """Release the held mails about `representative` at the meeting's moment `at`. Journals. Returns how many.  R-47

    With the mail of an approval goes another one, with the link to the voucher (R-51); with that of a refusal the
    voucher is revoked (R-54).
    """
    with transaction.atomic():
        drafts = list(drafts_of([representative]))
        for draft in drafts:
            desk.release(draft, at=max(at - representative.meeting.clock_shift, draft.created_at))
        if drafts:
            records.record("mail released", representative, by=by, at=at, after={"mails": len(drafts)})
            vouchers.hand_out(_as_it_is_now(representative), at=at)
            vouchers.revoke_refused(Representative.objects.filter(pk=representative.pk), at=at)
    return len(drafts)


def _as_it_is_now(representative):
    found = Representative.objects.select_related("request__organization", "decision").get(pk=representative.pk)
    found.meeting = found.request.meeting = representative.meeting
    return found
