"""The desk of the office that grants tickets: the queue, requests, terms. Every act goes through its rule module."""

from dialogue.admin import MeetingAdmin
from registration.admin.manifest import MANIFEST_ACTS, ManifestAdmin
from registration.admin.organization import HolidayAdmin, OrganizationAdmin
from registration.admin.representative import RepresentativeAdmin
from registration.admin.request import TicketRequestAdmin
from registration.admin.scan import ScanAdmin
from registration.admin.terms import OPENING_ACTS, TicketingAdmin, pages_of
from registration.requests import copying
from speakers import loading

__all__ = [
    "HolidayAdmin",
    "ManifestAdmin",
    "OrganizationAdmin",
    "RepresentativeAdmin",
    "ScanAdmin",
    "TicketRequestAdmin",
    "TicketingAdmin",
]

# A meeting's page offers to open it to requests; the meeting itself, in a lower app, knows nothing about tickets.
MeetingAdmin.offer(acts=OPENING_ACTS, links=pages_of)
loading.also_copy(loading.Along(copy=copying.copy, dates=copying.dates, days_off=copying.days_off))
TicketingAdmin.acts = TicketingAdmin.acts + MANIFEST_ACTS
