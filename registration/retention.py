"""The personal data that civil society's requests keep: all are erased, and what is counted stays.  R-57"""

from django.utils.translation import gettext_lazy as _

from registration import erasing
from registration.models import Link, Scan, Settlement
from retention import Place, erased, kept, with_the_declined

COUNTED = "counted; without the name it identifies no one"

FIELDS = {
    "registration.Ticketing": kept("says nothing of persons", "hand_over_place"),
    "registration.Holiday": kept("says nothing of persons", "name"),
    "registration.Organization": erased("name", "key"),
    "registration.TicketRequest": erased(
        "contact_name", "contact_email", "normalised_email", "network", "idempotency_key", "content_digest"
    ),
    "registration.Representative": {
        **erased("first_name", "last_name", "latin_first_name", "latin_last_name", "name_key", "latin_key"),
        **erased("email", "normalised_email"),
        **erased("accessibility", "topic", "outline"),
        **kept(COUNTED, "theme"),
    },
    "registration.Link": erased("token_hash", "address", "network"),
    "registration.Voucher": kept(
        "random, or its hash; it leads to a row without a name, and revoked stays revoked",
        *("code", "code_digest", "short_code"),
    ),
    "registration.Scan": {
        **erased("operator", "desk", "code_digest"),
        **kept("random; a retry is answered with it", "nonce"),
    },
    "registration.Settlement": erased("word", "settled_by"),
    "registration.Manifest": kept("the hash of a file, to compare it with", "sha256"),
    "registration.ManifestFile": erased("content", "frozen_by"),
    "registration.ManifestRow": erased("first_name", "last_name", "own_script_name", "organization"),
}


def _erase_organizations(meeting, _at):
    return erasing.organizations(meeting).update(name="", key=erasing.NUMBERED)


def _scans(meeting):
    """Scans of `meeting` that still say who scanned or where, or hold the digest of the code."""
    return Scan.objects.filter(meeting=meeting).exclude(operator="", desk="", code_digest="")


def _settlements(meeting):
    """Settled conflicts of `meeting` that still say how, or by whom."""
    return Settlement.objects.filter(scan__meeting=meeting).exclude(word="", settled_by="")


def _erase_sheets(meeting, _at):
    return sum(rows.delete()[0] for rows in erasing.sheets(meeting))


PLACES = [
    Place(
        _("declined and unconfirmed representatives and requests"),
        left=lambda meeting: erasing.declined_persons(meeting).count() + erasing.declined_requests(meeting).count(),
        erase=erasing.erase_declined,
        kept_for=with_the_declined,
    ),
    Place(
        _("representatives"),
        left=lambda meeting: erasing.persons(meeting).count(),
        erase=lambda meeting, _at: erasing.blank_persons(erasing.persons(meeting)),
    ),
    Place(
        _("focal points of requests"),
        left=lambda meeting: erasing.requests(meeting).count(),
        erase=lambda meeting, _at: erasing.blank_requests(erasing.requests(meeting)),
    ),
    Place(
        _("organizations"),
        left=lambda meeting: erasing.organizations(meeting).count(),
        erase=_erase_organizations,
    ),
    Place(
        _("secret links"),
        left=lambda meeting: Link.objects.filter(meeting=meeting).count(),
        erase=lambda meeting, _at: Link.objects.filter(meeting=meeting).delete()[0],
    ),
    Place(
        _("who scanned at the door, where, and what"),
        left=lambda meeting: _scans(meeting).count(),
        erase=lambda meeting, _at: _scans(meeting).update(operator="", desk="", code_digest=""),
    ),
    Place(
        _("how conflicts at the door were settled, and by whom"),
        left=lambda meeting: _settlements(meeting).count(),
        erase=lambda meeting, _at: _settlements(meeting).update(word="", settled_by=""),
    ),
    Place(
        _("files and names of manifests"),
        left=lambda meeting: sum(rows.count() for rows in erasing.sheets(meeting)),
        erase=_erase_sheets,
    ),
]
