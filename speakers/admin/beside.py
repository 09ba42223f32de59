"""The facts shown beside a decision on a filing: the filer, the official addresses, the content, other filings.

Used for unverified entries (R-11) and late requests (R-27); each function returns one block of the page.
"""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

import spelling
from dialogue import moments
from dialogue.models import Meeting
from languages.collation import in_order
from speakers.admin.columns import name_of_speaker, recording_of
from speakers.models import Delegation, FocalPoint, Group, Inscription, LateRequest
from speakers.models.filing import Filing
from speakers.models.inscription import InscriptionQuerySet
from speakers.order import precedence
from spelling.listing import in_a_row


def filer(filing: Inscription | LateRequest) -> dict[str, Any]:
    """Who filed it, from which address, when, and what that address is on record for."""
    address = spelling.address(filing.filed_by_email)
    lines = [
        _("Filed from: %(address)s") % {"address": filing.filed_by_email},
        _("Arrived: %(moment)s") % {"moment": moments.stamp_in_words(filing.arrived_at, filing.meeting)},
    ]
    was_dismissed = FocalPoint.objects.filter(
        delegation=filing.delegation, normalised_email=address, is_active=False
    ).exists()
    if was_dismissed:
        lines.append(_("It used to be a focal point of this delegation and has been made inactive."))
    own = in_order(map(str, Delegation.objects.of_focal_point(address)))
    if own:
        lines.append(_("It is a focal point of: %(delegations)s") % {"delegations": in_a_row(own)})
    else:
        lines.append(_("It is a focal point of no delegation."))
    return {"heading": _("Who filed it"), "lines": lines}


def unregistered_group(filing: Inscription | LateRequest) -> list[dict[str, Any]]:
    """That the group is not on the register of the list; nothing if it is, or if it speaks for none.  R-66"""
    if filing.capacity != filing.Capacity.GROUP or Group.named(filing.group_name, filing.speakers_list):
        return []
    words = _("“%(group)s” is not on the register of this list, and takes no place until it is.")
    return [{"heading": _("Its group"), "lines": [words % {"group": filing.group_name}]}]


def official_addresses(filing: Inscription | LateRequest) -> dict[str, Any]:
    """The delegation's focal points on record, each marked if it is the filer or at the same domain."""
    domain = _domain(filing.filed_by_email)
    points = filing.delegation.focal_points.filter(is_active=True)
    lines = []
    for point in points:
        line = in_a_row(filter(None, [point.name, point.email]))
        if spelling.address(point.email) == spelling.address(filing.filed_by_email):
            line = _("%(point)s (the filer)") % {"point": line}
        elif _domain(point.email) == domain:
            line = _("%(point)s (at the same domain as the filer)") % {"point": line}
        lines.append(line)
    return {
        "heading": _("Focal points on record for %(delegation)s") % {"delegation": filing.delegation},
        "lines": lines,
        "none": _("None. Call the mission on a telephone number you already have, not on one given in the entry."),
    }


def what_was_filed(filing: Filing) -> dict[str, Any]:
    """Everything entered in the form."""
    labels = [
        (_("Capacity"), filing.capacity_in_words),
        (_("Group"), filing.group_name),
        (_("Speaker"), name_of_speaker(filing)),
        (_("Functional title"), filing.speaker_title),
        (_("Recorded video"), recording_of(filing)),
        (_("Level"), filing.level),
        (_("Language"), filing.other_language or filing.get_language_display()),
        (_("Contact"), _contact(filing)),
        (_("Copies to"), in_a_row(filing.copies)),
        (_("Note"), filing.note),
    ]
    lines = [_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in labels if value]
    return {"heading": _("What was filed"), "lines": lines}


def others_of_the_delegation(filing: Inscription | LateRequest) -> dict[str, Any]:
    """Other entries of the delegation on this list, and its other late requests, each with a link."""
    lines = []
    for entry in filing.speakers_list.inscriptions.filter(delegation=filing.delegation).exclude(pk=_entry_pk(filing)):
        words = _("Receipt %(number)d, %(capacity)s, %(state)s, filed from %(address)s")
        facts = {
            "number": entry.receipt_no,
            "capacity": entry.group_name or entry.capacity_in_words,
            "state": entry.get_state_display(),
            "address": entry.filed_by_email,
        }
        lines.append(_link("admin:speakers_inscription_change", entry, words % facts))
    for late in filing.speakers_list.late_requests.filter(delegation=filing.delegation):
        if late != filing:
            facts = {"state": late.get_state_display(), "address": late.filed_by_email}
            words = _("Late request, %(state)s, filed from %(address)s")
            lines.append(_link("admin:speakers_laterequest_change", late, words % facts))
    return {
        "heading": _("Other entries of %(delegation)s") % {"delegation": filing.delegation},
        "lines": lines,
        "none": _("None on this list."),
    }


def place_if_verified(entry: Inscription) -> dict[str, Any]:
    """The place the unverified `entry` would take by its original receipt if it were verified now.  R-11"""
    own = Inscription.objects.select_related("delegation", "level")
    words = _("If verified now, it takes place %(place)d of %(total)d, by its original receipt.")
    return {"heading": _("Its place"), "lines": [words % _place_of(own.get(pk=entry.pk), entry.meeting)]}


def place_if_accepted(late: LateRequest) -> dict[str, Any]:
    """The place a late request would take if it were accepted now.  R-27"""
    meeting = late.meeting
    entry: Any = Inscription(
        pk=0, speakers_list=meeting.speakers_list, delegation=late.delegation, level=late.level, capacity=late.capacity
    )
    entry.take_level(late.level)
    entry.is_late, entry.class_seq = True, meeting.speakers_list.last_receipt_no + 1
    entry.take_place(late.delegation.place_on_list(meeting.speakers_list))
    words = _("If accepted now, it takes place %(place)d of %(total)d: the end of its band, time permitting.")
    return {"heading": _("Its place"), "lines": [words % _place_of(entry, meeting)]}


def _place_of(entry, meeting):
    """The place number `entry` would have among the standing entries, and how many there would be."""
    standing = meeting.speakers_list.inscriptions.standing().select_related("delegation", "level")
    places = precedence.places([*standing, entry], precedence.Rules.of(meeting.speakers_list))
    number = next(place.number for place in places if place.inscription.pk == entry.pk)
    return {"place": number, "total": len(places)}


def also_waiting(entry: Inscription) -> dict[str, Any]:
    """The other unverified entries of the list, as links from one to the next."""
    waiting = unverified(entry.meeting).exclude(pk=entry.pk).select_related("delegation")
    lines = [
        format_html(
            '<a href="{}">{}</a>',
            verification_page(other),
            _("%(entry)s, filed from %(address)s")
            % {
                "entry": other,
                "address": other.filed_by_email,
            },
        )
        for other in waiting
    ]
    return {"heading": _("Also waiting to be verified"), "lines": lines, "none": _("No other entry.")}


def unverified(meeting: Meeting) -> InscriptionQuerySet:
    """Entries of `meeting` waiting to be verified, oldest first."""
    return meeting.speakers_list.inscriptions.filter(state=Inscription.State.UNVERIFIED).order_by("receipt_no")


def verification_page(entry: Inscription) -> str:
    """The address of the page on which `entry` is verified or refused."""
    return reverse("admin:speakers_inscription_act", args=[entry.pk, "verify"])


def next_verification(entry: Inscription, _typed: Any) -> str | None:
    """The verification page of the next unverified entry of the list, or None if none is left."""
    following = unverified(entry.meeting).exclude(pk=entry.pk).first()
    return verification_page(following) if following else None


def _contact(filing):
    parts = [filing.contact_name, filing.contact_email, str(filing.contact_telephone or "")]
    return in_a_row(part for part in parts if part)


def _domain(address):
    return spelling.address(address).rpartition("@")[2]


def _entry_pk(filing):
    """The key of the entry that `filing` is, or became."""
    return filing.pk if isinstance(filing, Inscription) else filing.inscription_id


def _link(name, target, words):
    return format_html('<a href="{}">{}</a>', reverse(name, args=[target.pk]), words)
