"""Civil society at a meeting: terms of tickets, organizations, requests, representatives, vouchers, scans, and
manifests for security.
"""

from registration.models.link import Link
from registration.models.manifest import Manifest, ManifestFile, ManifestRow
from registration.models.representative import Representative
from registration.models.request import Organization, TicketRequest
from registration.models.scan import Scan, Settlement
from registration.models.ticketing import Holiday, Ticketing
from registration.models.voucher import Voucher

__all__ = [
    "Holiday",
    "Link",
    "Manifest",
    "ManifestFile",
    "ManifestRow",
    "Organization",
    "Representative",
    "Scan",
    "Settlement",
    "TicketRequest",
    "Ticketing",
    "Voucher",
]
