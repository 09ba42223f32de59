"""Every mail about tickets: its recipients and its key; the words are in `templates/registration/mail/`.

Each is a row of the outbox in the transaction of its act (R-10). Mail to an unconfirmed address repeats nothing that
was typed (R-60). Decisions of staff are drafts that staff release; mail with a secret link is secret.
"""

import hashlib
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from dialogue import mailing, moments
from dialogue.models import Meeting
from journal.models import Entry
from languages import remembering
from outbox import desk
from outbox.models import Message
from registration.mail import voucher_text
from registration.models import Representative, TicketRequest, Voucher
from registration.models.representative import REVIEWED_AGAIN, State


def send_link(meeting: Meeting, address: str, link: str, *, language: str = settings.LANGUAGE_CODE) -> None:
    """Mail the link to everything filed under `address`, in the same words whatever that is.  R-46 R-60"""
    context = {"link": link}
    _post("link", meeting, occasion=_trace(link), to=[address], context=context, language=language, is_secret=True)


def acknowledge_request(
    request: TicketRequest, page: str, representatives: list[Representative], *, witness: Entry
) -> None:
    """Tell the focal point that the request is received and under review, with the private link.  R-47"""
    context = {"request": request, "representatives": representatives, "page": page}
    occasion = f"{request.public_id}/{witness.hash[:32]}"
    _post(
        "received",
        request.meeting,
        occasion=occasion,
        to=[request.contact_email],
        context=context,
        language=request.language,
        is_secret=True,
    )


def send_page(request: TicketRequest, page: str) -> None:
    """Mail the focal point, on request, a new link to the private page; the earlier ones have ended."""
    context = {"request": request, "page": page}
    occasion = f"{request.public_id}/{_trace(page)}"
    _post(
        "new_page",
        request.meeting,
        occasion=occasion,
        to=[request.contact_email],
        context=context,
        language=request.language,
        is_secret=True,
    )


def acknowledge_representative(representative: Representative, *, witness: Entry) -> None:
    """Tell a representative who confirmed that the request is received and under review.  R-47"""
    _tell(representative, "received_representative", witness=witness, to=[representative.email])


def offer_seat(representative: Representative, link: str, *, until: str, witness: Entry) -> None:
    """Offer a free seat: `until` is the time to answer, in words, and `link` the page to answer on.  R-48"""
    to, context = [representative.email], {"link": link, "until": until}
    _tell(representative, "offered", witness=witness, to=to, is_secret=True, **context)


def send_voucher(voucher: Voucher, link: str) -> None:
    """Mail the link to the page of `voucher` to its person alone, in the language of the request.  R-51 R-54"""
    representative = voucher.representative
    request, meeting = representative.request, representative.meeting
    _post(
        "voucher",
        meeting,
        occasion=f"{representative.public_id}/{_trace(link)}",
        to=[representative.email],
        context={"text": voucher_text.of(voucher, office=_office(meeting)), "link": link},
        language=request.language,
        is_secret=True,
    )


def tell(name: str, representative: Representative, *, witness: Entry, **context: Any) -> str:
    """Send the mail `name` about the outcome of a request to the representative, with a copy to the focal point."""
    return _tell(representative, name, witness=witness, **context)


def tell_of_review(representative: Representative, told: State, *, witness: Entry, **context: Any) -> None:
    """Announce a return to review to a person last `told` a state that it undoes; no mail otherwise.  R-47 R-49"""
    if told in REVIEWED_AGAIN:
        tell("review_again", representative, witness=witness, **context)


def draft(name: str, representative: Representative, *, witness: Entry, **context: Any) -> Message:
    """Draft the mail `name`, as `tell` would send it, for staff to release. Returns the held mail."""
    return Message.objects.get(key=_tell(representative, name, witness=witness, hold=True, **context))


def remind_of_manifest(meeting: Meeting, hours: int, *, to: list[str], **facts: Any) -> int:
    """Remind the officers, or else the office, of the manifest `hours` working hours before the meeting.  R-52

    Returns how many mails were posted: none if neither has an address.
    """
    office = _office(meeting)
    to = to or ([office.email] if office else [])
    page = settings.SITE_URL + reverse("admin:registration_ticketing_change", args=[meeting.ticketing.pk])
    occasion = _occasion_of_manifest(meeting, hours)
    context = {"hours": hours, "page": page, "sheets": meeting.manifests.count()} | facts
    language = remembering.language_of(*to) or settings.LANGUAGE_CODE
    _post("manifest_due", meeting, occasion=occasion, to=to, context=context, language=language)
    return int(was_told_of_manifest(meeting, hours))


def was_told_of_manifest(meeting: Meeting, hours: int) -> bool:
    """Was the reminder `hours` before the present start of `meeting` posted?"""
    key = f"registration/manifest_due/{meeting.slug}/{_occasion_of_manifest(meeting, hours)}"
    return Message.objects.filter(key=key).exists()


def _occasion_of_manifest(meeting, hours):
    """The occasion of a reminder; it includes the start, so that a meeting that is moved gets a new reminder."""
    return f"{hours}-before-{meeting.starts_at:%Y%m%dT%H%MZ}"


def whom_it_is_about(key: str) -> str:
    """The public id of the representative that the mail under `key` is about; empty if it is about no one."""
    parts = key.split("/")
    return parts[3] if len(parts) == len(["registration", "name", "meeting", "person", "occasion"]) else ""


def discard_drafts(name: str, representative: Representative) -> None:
    """Discard the held mails `name` about `representative`: they are no longer true."""
    for draft in _drafts(name, representative):
        desk.discard(draft)


def awaits_release(name: str, representative: Representative) -> bool:
    """Is a mail `name` about `representative` held back, so that the person does not know yet (one query)?  R-47"""
    return _drafts(name, representative).exists()


def _drafts(name, representative):
    begin = f"registration/{name}/{representative.meeting.slug}/{representative.public_id}/"
    return Message.objects.held().filter(key__startswith=begin)


def take_back_draft(representative: Representative) -> None:
    """Discard the mail of a decision that staff have not released: it no longer applies."""
    if representative.decision and representative.awaits_release:
        desk.discard(representative.decision)
        representative.decision = None


def _tell(representative, name, *, witness, to=None, hold=False, is_secret=False, **context):
    request, meeting = representative.request, representative.meeting
    to = to or [representative.email, request.contact_email]
    return _post(
        name,
        meeting,
        occasion=f"{representative.public_id}/{witness.hash[:32]}",
        to=to[:1],
        cc=to[1:],
        context={"representative": representative, "request": request} | context,
        language=request.language,
        hold=hold,
        is_secret=is_secret,
    )


def _post(name, meeting, *, occasion, to, context, language, cc=(), hold=False, is_secret=False):
    """Render the mail `name` and put it into the outbox, once per `occasion`. Returns its key."""
    with translation.override(language):
        context |= {"meeting": meeting, "site_url": settings.SITE_URL, "office": _office(meeting)}
        context["starts"] = moments.in_words(meeting.starts_at, meeting)
        subject, _, body = render_to_string(f"registration/mail/{name}.txt", context).lstrip().partition("\n")
    key = f"registration/{name}/{meeting.slug}/{occasion}"
    mailing.post(
        meeting,
        key=key,
        kind=f"registration.{name}",
        to=to,
        cc=list(cc),
        subject=subject.strip(),
        body=body.strip() + "\n",
        language=language,
        hold=hold,
        is_secret=is_secret,
    )
    return key


def _trace(link):
    """A digest that distinguishes one secret link from another without revealing it."""
    return hashlib.sha256(link.encode()).hexdigest()[:32]


def _office(meeting):
    """The contact for tickets that the note names, or None."""
    contacts = meeting.contacts.all()
    return next((contact for contact in contacts if contact.role == contact.Role.CIVIL_SOCIETY), None)
