"""The columns of the queue, each in words."""

from datetime import datetime
from typing import Any, cast

from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogue import moments
from registration.models import Representative, TicketRequest
from registration.models.representative import Selection, State
from spelling.listing import bracketed, in_a_row

Status = TicketRequest.ConsultativeStatus
# The consultative status of an organization in a column, without the words that each has.
IN_SHORT = {
    Status.GENERAL: gettext_lazy("general"),
    Status.SPECIAL: gettext_lazy("special"),
    Status.ROSTER: gettext_lazy("roster"),
    Status.INFORMATION: gettext_lazy("public information"),
    Status.NONE: "–",
}


def marks_of(representative: Any) -> list[str]:
    """What staff should check, as a list of words. Needs the annotations of the queue.  R-49"""
    marks = []
    if representative.has_double:
        marks.append(_("same name as another"))
    if representative.has_other_request:
        marks.append(_("organization has another request"))
    if representative.state == State.CONFIRMED and representative.holds_seat:
        marks.append(_("amended after approval, seat held"))
    if representative.awaits_release:
        marks.append(_("mail to be released"))
    if representative.accessibility:
        marks.append(_("accessibility needs"))
    if representative.lapsed_offers:
        marks.append(_("offers not answered: %(number)d") % {"number": representative.lapsed_offers})
    return marks


class Columns:
    """Mixin of the page of representatives."""

    @admin.display(description=pgettext_lazy("of a person", "name"), ordering="name_key")
    def name(self, representative: Representative) -> str:
        return representative.name_for_security

    @admin.display(description=gettext_lazy("organization"), ordering="request__organization__key")
    def organization(self, representative: Representative) -> str:
        organization = representative.request.organization
        return bracketed(organization.name, organization.country if organization.country_id else "")

    @admin.display(description=gettext_lazy("status"))
    def status(self, representative: Representative) -> str:
        return representative.request.get_consultative_status_display()

    @admin.display(description=gettext_lazy("status"), ordering="request__consultative_status")
    def status_in_short(self, representative: Representative) -> str:
        return str(IN_SHORT[Status(representative.request.consultative_status)])

    @admin.display(description=gettext_lazy("pass"), ordering="has_grounds_pass")
    def has_pass(self, representative: Representative) -> str:
        return _("yes") if representative.has_grounds_pass else "–"

    @admin.display(description=gettext_lazy("state"))
    def state_in_words(self, representative: Representative) -> str:
        if representative.is_offered_a_seat:
            until = moments.in_short(cast(datetime, representative.offer_ends_at), representative.meeting)
            return _("offered a seat until %(moment)s") % {"moment": until}
        return representative.state_for_staff

    @admin.display(description=gettext_lazy("confirmed"), ordering="turn")
    def confirmed(self, representative: Representative) -> str:
        return moments.in_short(cast(datetime, representative.confirmed_at), representative.meeting)

    @admin.display(description=gettext_lazy("wish to speak"))
    def speaking(self, representative: Representative) -> str:
        if not representative.wishes_to_speak:
            return "–"
        about = bracketed(representative.topic, representative.theme)
        if representative.selection == Selection.NONE:
            return about
        return f"{about} – {representative.get_selection_display()}"

    @admin.display(description=gettext_lazy("to check"))
    def marks(self, representative: Representative) -> str:
        return in_a_row(marks_of(representative)) or "–"

    @admin.display(description=gettext_lazy("confirmed at"))
    def confirmed_exactly(self, representative: Representative) -> str:
        return moments.stamp_in_words(cast(datetime, representative.confirmed_at), representative.meeting)
