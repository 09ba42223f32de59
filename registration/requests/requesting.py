"""Filing a request for tickets, and adding a representative to it.  R-46 R-49 R-53 R-60"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import spelling
from dialogue import moments
from dialogue.models import Meeting
from journal.actors import UNVERIFIED_PERSON, Actor
from registration import naming, records
from registration.locking import fresh_request, locked_terms
from registration.models import Organization, Representative, Ticketing, TicketRequest
from registration.refusals import TicketRefused, TooMany
from registration.requests import confirming
from spelling.listing import in_sentences

# How many requests one network may file within an hour. Organizations share networks, above all at conferences.
PER_NETWORK = 40
# How many requests may wait for one address to confirm; its link shows them all.
UNCONFIRMED_PER_ADDRESS = 20


def file(
    request: TicketRequest,
    representatives: list[Representative],
    *,
    organization: Organization,
    network: str,
    arrived_at: datetime,
    key: str,
    digest: str,
) -> TicketRequest:
    """Store an unsaved `request` with its unsaved `representatives`, and ask its focal point to confirm.  R-46

    `organization` is an unsaved `Organization`; if it is already on record, that one is used. `arrived_at` is the
    meeting's moment, read before any waiting; it decides whether each representative is in time (R-03, R-53). `key` is
    the form's idempotency key and `digest` that of its content: the same form sent again returns the first request.

    Journals. Effect and result are the same whether or not the addresses are known (R-59). Raises `TicketRefused`,
    storing and sending nothing.
    """
    with locked_terms(request.meeting_id) as ticketing:
        if first := TicketRequest.objects.filter(meeting=ticketing.meeting_id, idempotency_key=key).first():
            return _same_request(first, digest)
        request.meeting = ticketing.meeting
        request.normalised_email = spelling.address(request.contact_email)
        request.arrived_at, request.network = arrived_at, network
        request.idempotency_key, request.content_digest = key, digest
        if problem := _too_many(request, at=arrived_at) or objection(representatives, ticketing, at=arrived_at):
            raise problem
        _store(request, representatives, organization, at=arrived_at)
        confirming.ask(ticketing.meeting, request.normalised_email, network=network, at=arrived_at)
        return request


def add(request: TicketRequest, representative: Representative, *, by: Actor, arrived_at: datetime) -> Representative:
    """Add an unsaved `representative` to an open `request`, and ask the person to confirm the address.  R-46 R-49

    Another person is always a new row, with its own deadline and turn. Journals. Raises `TicketRefused`.
    """
    with locked_terms(request.meeting_id) as ticketing:
        kept = fresh_request(request, ticketing)
        if not kept.is_open:
            raise TicketRefused(_("This request has ended. Please file a new one."))
        standing = list(kept.representatives.standing())
        if len(standing) + beside(kept) >= ticketing.per_organization:
            raise TicketRefused(_at_most(ticketing))
        prepare(representative, kept, at=arrived_at)
        if problem := objection([representative], ticketing, at=arrived_at, beside=standing):
            raise problem
        representative.save(force_insert=True)
        records.record(
            "representative added", representative, by=by, at=arrived_at, after=records.facts(representative)
        )
        confirming.ask_representatives(kept, at=arrived_at)
        return representative


def beside(request: TicketRequest) -> int:
    """How many representatives the organization of `request` has in its other confirmed requests (one query).  R-46

    Unconfirmed requests do not count, so that a stranger cannot use up an organization's places.
    """
    others = TicketRequest.objects.open().filter(meeting=request.meeting, organization=request.organization)
    return Representative.objects.standing().filter(request__in=others.exclude(pk=request.pk)).count()


def prepare(representative: Representative, request: TicketRequest, *, at: datetime) -> None:
    """Complete an unsaved `representative` of `request` with the fields that no form sets."""
    representative.request, representative.meeting = request, request.meeting
    representative.normalised_email = spelling.address(representative.email)
    for field, value in keys_of_names(representative).items():
        setattr(representative, field, value)
    representative.state, representative.state_since = Representative.State.SUBMITTED, at


def keys_of_names(representative: Representative) -> dict[str, str]:
    """The keys by which the names of `representative` are compared, by the names of the fields.  R-49 R-71"""
    return {
        "name_key": naming.person_key(representative.first_name, representative.last_name),
        "latin_key": naming.person_key(representative.latin_first_name, representative.latin_last_name),
    }


def objection_to_names(representative: Representative, row: int = 0) -> TicketRefused | None:
    """Why the names of `representative` are not accepted, or None.  R-75"""
    names = {name: getattr(representative, name) for name in naming.NAMES}
    problems = naming.latin_form_problems(**names)
    return next((TicketRefused(words, field, row) for field, words in problems.items()), None)


def objection(
    representatives: list[Representative], ticketing: Ticketing, *, at: datetime, beside: Sequence[Representative] = ()
) -> TicketRefused | None:
    """Why these unsaved `representatives`, `beside` others, are not accepted at the moment `at`; or None.  R-53"""
    if not ticketing.accepts(at):
        return TicketRefused(why_closed(ticketing, at))
    if not representatives:
        return TicketRefused(_("Name at least one representative."))
    if len(representatives) + len(beside) > ticketing.per_organization:
        return TicketRefused(_at_most(ticketing))
    seen = {each.normalised_email for each in beside}
    for row, each in enumerate(representatives):
        if not ticketing.accepts(at, has_grounds_pass=each.has_grounds_pass):
            return TicketRefused(why_closed_without_pass(ticketing), "has_grounds_pass", row)
        if spelling.address(each.email) in seen:
            words = _("Each representative needs an e-mail address of their own: this one appears twice.")
            return TicketRefused(words, "email", row)
        seen.add(spelling.address(each.email))
        if problem := objection_to_names(each, row):
            return problem
    return None


def why_closed(ticketing: Ticketing, at: datetime) -> str:
    """Why no request is accepted at the meeting's moment `at`, with the deadline and whom to write to.  R-53"""
    meeting = ticketing.meeting
    if at < ticketing.opens_at:
        words = _("Tickets can be requested from %(moment)s.")
        return words % {"moment": moments.in_words(ticketing.opens_at, meeting)}
    facts = {"moment": moments.in_words(ticketing.pass_closes_at, meeting)}
    return with_whom_to_write_to(_("Requests for tickets closed on %(moment)s.") % facts, meeting)


def why_closed_without_pass(ticketing: Ticketing) -> str:
    """Why a person without a grounds pass is too late while others are not.  R-53"""
    meeting = ticketing.meeting
    facts = {
        "closed": moments.in_words(ticketing.closes_at, meeting),
        "open": moments.in_words(ticketing.pass_closes_at, meeting),
    }
    words = _("Without a grounds pass the deadline was %(closed)s. Holders of a grounds pass may apply until %(open)s.")
    return with_whom_to_write_to(words % facts, meeting)


def with_whom_to_write_to(words: str, meeting: Meeting) -> str:
    """The `words`, and behind them whom to write to, if anyone is named."""
    return in_sentences(filter(None, [words, whom_to_write_to(meeting)]))


def whom_to_write_to(meeting: Meeting) -> str:
    """A sentence with the address of the office that hands out the tickets; empty if the note names none."""
    contact = meeting.contacts.filter(role="civil_society").first()
    if contact is None:
        return ""
    return _("Questions go to %(name)s, %(email)s.") % {"name": contact.name, "email": contact.email}


def _store(request, representatives, organization, *, at):
    request.organization = _on_record(organization)
    request.save(force_insert=True)
    for representative in representatives:
        prepare(representative, request, at=at)
        representative.save(force_insert=True)
    after = records.facts_of_request(request)
    after["representatives"] = [records.facts(each) for each in representatives]
    records.record("requested", request, by=Actor(request.contact_email, UNVERIFIED_PERSON), at=at, after=after)


def _on_record(organization):
    """The organization of that name and country, stored if it is new."""
    kept, _is_new = Organization.objects.get_or_create(
        key=naming.key(organization.name), country=organization.country, defaults={"name": organization.name}
    )
    return kept


def _same_request(first, digest):
    """The request that the same form filed before; refused if its content differs.  R-09"""
    if first.content_digest == digest:
        return first
    raise TicketRefused(_("This form was already recorded with other content. Nothing was changed. Open a new form."))


def _too_many(request, *, at):
    """The refusal if this network or this address has reached its limit, or None. Reveals nothing on record.  R-60"""
    requests = TicketRequest.objects.filter(meeting=request.meeting)
    if (
        request.network
        and requests.filter(network=request.network, arrived_at__gt=at - timedelta(hours=1)).count() >= PER_NETWORK
    ):
        words = _(
            "Too many requests came from your network within the hour. Nothing was recorded. Please try again later."
        )
        return TooMany(with_whom_to_write_to(words, request.meeting))
    if requests.unconfirmed().filter(normalised_email=request.normalised_email).count() >= UNCONFIRMED_PER_ADDRESS:
        words = _(
            "Too many requests are waiting for this address to confirm. First open the link in the mail sent to it."
        )
        return TooMany(words, "contact_email")
    return None


def _at_most(ticketing):
    words = ngettext(
        "An organization may send %(limit)d representative.",
        "An organization may send %(limit)d representatives.",
        ticketing.per_organization,
    )
    return words % {"limit": ticketing.per_organization}
