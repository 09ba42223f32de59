"""Erasing the personal data in civil society's requests; counts by region, gender, status and theme stay.  R-57"""

from datetime import datetime

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

import spelling
from dialogue.models import Meeting
from journal.erasing import erase_about
from outbox import erasing as mail
from outbox.models import Message
from registration import records
from registration.mail.notices import whom_it_is_about
from registration.models import Link, ManifestFile, ManifestRow, Organization, Representative, TicketRequest
from registration.models.manifest import ManifestRowQuerySet
from registration.models.representative import ENDED, RepresentativeQuerySet
from registration.models.request import TicketRequestQuerySet
from registration.naming import ERASED
from retention import WORD

# The value of an erased field that a constraint requires to be unique.
NUMBERED = Concat(Value(ERASED), Cast(F("pk"), CharField()))
ON_A_MANIFEST = Exists(ManifestRow.objects.filter(representative=OuterRef("pk")))
OF_A_PERSON = {
    **dict.fromkeys(["first_name", "last_name", "latin_first_name", "latin_last_name", "name_key", "latin_key"], ""),
    **dict.fromkeys(["email", "accessibility", "outline"], ""),
}
OF_A_CONTACT = {"contact_name": "", "contact_email": "", "network": "", "content_digest": ""}


def persons(meeting: Meeting) -> RepresentativeQuerySet:
    """Representatives of `meeting` whose personal data are still kept."""
    return meeting.representatives.exclude(**OF_A_PERSON, normalised_email__startswith=ERASED, topic__in=["", WORD])


def requests(meeting: Meeting) -> TicketRequestQuerySet:
    """Requests of `meeting` that still name their focal point or the network they came from."""
    return meeting.ticket_requests.exclude(**OF_A_CONTACT, normalised_email__startswith=ERASED)


def declined_persons(meeting: Meeting) -> RepresentativeQuerySet:
    """Those of `persons` who were not let in: declined, never confirmed, or cancelled before any manifest."""
    return persons(meeting).filter(~ON_A_MANIFEST, state__in=ENDED)


def declined_requests(meeting: Meeting) -> TicketRequestQuerySet:
    """Those of `requests` in which no one was let in, is waiting, or is on a manifest."""
    others = Representative.objects.filter(~Q(state__in=ENDED) | ON_A_MANIFEST, meeting=meeting)
    return requests(meeting).exclude(pk__in=others.values("request"))


def erase_declined(meeting: Meeting, at: datetime) -> int:
    """Erase everything about the declined of `meeting`: rows, links, mail to and about them, journal payloads.

    A request for several persons loses what mail and journal say about it as a whole, because they name all of them;
    its focal point is kept with the others. Returns how many persons and requests.
    """
    gone, ended = list(declined_persons(meeting)), list(declined_requests(meeting))
    touched = TicketRequest.objects.filter(Q(pk__in=declined_requests(meeting).values("pk")) | _of(gone))
    subjects = {str(each.public_id) for each in [*gone, *touched]}
    addresses = {each.normalised_email for each in [*gone, *ended]}
    _erase_mail(meeting, subjects, addresses, at=at - meeting.clock_shift)
    erase_about(records.subject(each) for each in gone)
    erase_about(records.subject_of_request(each) for each in touched)
    Link.objects.filter(meeting=meeting, representative__in=declined_persons(meeting).values("pk")).delete()
    Link.objects.filter(voucher__representative__in=declined_persons(meeting).values("pk")).delete()
    Link.objects.filter(meeting=meeting, request__in=declined_requests(meeting).values("pk")).delete()
    links = Link.objects.filter(meeting=meeting, purpose=Link.Purpose.ADDRESS)
    links.filter(pk__in=[pk for pk, address in links.values_list("pk", "address") if address in addresses]).delete()
    number = len(gone) + len(ended)
    blank_requests(declined_requests(meeting))
    blank_persons(declined_persons(meeting))
    return number


def subjects_erased(meeting: Meeting) -> set[str]:
    """What the journal calls the representatives and requests of `meeting` of which `erase_declined` leaves nothing."""
    people = meeting.representatives.filter(normalised_email__startswith=ERASED)
    named = meeting.ticket_requests.filter(Q(pk__in=people.values("request")) | Q(normalised_email__startswith=ERASED))
    return {records.subject(each) for each in people} | {records.subject_of_request(each) for each in named}


def blank_persons(found: RepresentativeQuerySet) -> int:
    """Erase the personal data of the representatives `found`; what they are counted by stays. Returns how many."""
    found.exclude(topic="").update(topic=WORD)
    return found.update(normalised_email=NUMBERED, **OF_A_PERSON)


def blank_requests(found: TicketRequestQuerySet) -> int:
    """Erase the focal points of the requests `found`, and where they came from. Returns how many."""
    return found.update(normalised_email=NUMBERED, idempotency_key=NUMBERED, **OF_A_CONTACT)


def organizations(meeting: Meeting) -> QuerySet[Organization]:
    """Organizations of `meeting` that no later meeting needs, and which still have their names."""
    later = TicketRequest.objects.filter(meeting__ends_at__gt=meeting.ends_at)
    asked = Organization.objects.filter(pk__in=meeting.ticket_requests.values("organization"))
    return asked.exclude(pk__in=later.values("organization")).exclude(key__startswith=ERASED)


def sheets(meeting: Meeting) -> tuple[QuerySet[ManifestFile], ManifestRowQuerySet]:
    """The files of manifests of `meeting`, and the names on them, as two QuerySets."""
    return ManifestFile.objects.filter(manifest__meeting=meeting), ManifestRow.objects.filter(manifest__meeting=meeting)


def _of(persons_gone):
    return Q(pk__in={each.request_id for each in persons_gone})


def _erase_mail(meeting, subjects, addresses, *, at):
    """Erase the mails about one of `subjects` (public ids), or sent to one of `addresses`."""
    found = [
        pk
        for pk, key, to, cc in Message.objects.filter(about=meeting.slug).values_list("pk", "key", "to", "cc")
        if whom_it_is_about(key) in subjects or {spelling.address(each) for each in [*to, *cc]} & addresses
    ]
    mail.erase(Message.objects.filter(pk__in=found), at=at)
