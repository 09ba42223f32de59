"""What a desk is shown for a scan: colour, title, reason, and whom the voucher is for.  R-55"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from dialogue import moments
from registration.models import Scan
from registration.models.scan import Outcome
from spelling.listing import in_a_row, in_sentences

TITLES = {
    Outcome.HANDED_OVER: gettext_lazy("Hand the ticket over"),
    Outcome.WENT_OUT: gettext_lazy("Noted: went out"),
    Outcome.CAME_BACK: gettext_lazy("Noted: came back"),
    Outcome.TAKEN_BACK: gettext_lazy("Noted: hand-over taken back"),
    Outcome.ALREADY: gettext_lazy("Stop: already used"),
    Outcome.NOT_TOLD: gettext_lazy("Stop: not notified yet"),
    Outcome.NOT_ON_MANIFEST: gettext_lazy("Stop: not on the manifest"),
    Outcome.NO_TICKET_YET: gettext_lazy("Stop: no ticket yet"),
    Outcome.IS_OUTSIDE: gettext_lazy("Stop: already went out"),
    Outcome.IS_INSIDE: gettext_lazy("Stop: already inside"),
    Outcome.REVOKED: gettext_lazy("Refuse: revoked"),
    Outcome.NOT_LET_IN: gettext_lazy("Refuse: not approved"),
    Outcome.OTHER_MEETING: gettext_lazy("Refuse: another meeting"),
    Outcome.UNKNOWN: gettext_lazy("Refuse: unknown code"),
}
REASONS = {
    Outcome.HANDED_OVER: gettext_lazy("Compare the name with the photo identity document first."),
    Outcome.WENT_OUT: gettext_lazy("Counted as outside until the voucher is scanned coming back."),
    Outcome.CAME_BACK: gettext_lazy("Counted as inside again."),
    Outcome.TAKEN_BACK: gettext_lazy("The ticket can be handed over again. Both scans are kept."),
    Outcome.ALREADY: gettext_lazy("The ticket for this voucher was handed over before."),
    Outcome.NOT_TOLD: gettext_lazy(
        "The person has not yet been notified of a decision. Do not mention it, and ask the office."
    ),
    Outcome.NOT_ON_MANIFEST: gettext_lazy(
        "Approved, but security may have no ticket for this name. A supervisor can check, and hand over by name."
    ),
    Outcome.NO_TICKET_YET: gettext_lazy("This voucher has not been exchanged. Hand the ticket over first."),
    Outcome.IS_OUTSIDE: gettext_lazy("It was scanned going out, and not coming back."),
    Outcome.IS_INSIDE: gettext_lazy("It was not scanned going out."),
    Outcome.REVOKED: gettext_lazy("The voucher is no longer valid. If the person has a newer one, scan that."),
    Outcome.NOT_LET_IN: gettext_lazy("There is no approval for this person."),
    Outcome.OTHER_MEETING: gettext_lazy("This voucher is for a ticket to another meeting."),
    Outcome.UNKNOWN: gettext_lazy("No voucher has this code."),
}
# What a desk without a network says itself, with what it fills in.
OF_A_DESK = {
    "used-before": gettext_lazy("The ticket was handed over %(where)s."),
    "used-here": gettext_lazy("At %(time)s, this device showed green for this voucher."),
    "lost": gettext_lazy("No network. The signed list of %(moment)s is what verdicts are based on."),
    "kept": gettext_lazy("Scans kept on this device until the network is back: %(number)s."),
    "synchronized": gettext_lazy("The network is back. Scans synchronized: %(number)s."),
    "conflicts": gettext_lazy("To be cleared up, see below: %(number)s."),
    "not-yet": gettext_lazy("Not signed out: scans on this device are not synchronized yet: %(number)s."),
    "in-sentences": pgettext_lazy("two sentences", "%(first)s %(second)s"),
}


def of_outcomes() -> list[dict[str, Any]]:
    """Colour, title and reason of each outcome, for a desk that judges offline.  R-55"""
    return [
        {"outcome": outcome, "verdict": outcome.verdict, "title": TITLES[outcome], "reason": REASONS[outcome]}
        for outcome in Outcome
    ]


@dataclass(frozen=True)
class ScanWords:
    """One scan as a desk shows it. `name` and `organization` are empty if the code belongs to no one."""

    nonce: str
    outcome: str
    verdict: str
    title: str
    reason: str
    name: str
    organization: str
    at: str
    desk: str
    is_conflict: bool

    @classmethod
    def of(cls, scan: Scan) -> "ScanWords":
        """The words for `scan`, fetched with representative, request, organization, `earlier` and meeting."""
        outcome, person = Outcome(scan.outcome), scan.representative
        return cls(
            nonce=scan.nonce,
            outcome=scan.outcome,
            verdict=str(scan.verdict),
            title=str(TITLES[outcome]),
            reason=_reason(scan, outcome),
            name=person.name_for_security if person else "",
            organization=str(person.request.organization) if person else "",
            at=moments.clock_in_words(happened_at(scan), scan.meeting),
            desk=scan.desk,
            is_conflict=scan.is_conflict,
        )


def happened_at(scan: Scan) -> datetime:
    """When `scan` was made, as a moment of its meeting: by the device's clock if it was offline."""
    return cast(datetime, scan.device_at) + scan.meeting.clock_shift if scan.is_offline else scan.scanned_at


def where_and_when(scan: Scan) -> str:
    """Where and when `scan` was made: “at 9:42 a.m., Desk 2, by Officer”.  R-55"""
    parts = [_("at %(time)s") % {"time": moments.clock_in_words(happened_at(scan), scan.meeting)}]
    parts += [scan.desk] if scan.desk else []
    parts += [_("by %(name)s") % {"name": scan.operator}]
    parts += [_("by the clock of a device without a network")] if scan.is_offline else []
    return in_a_row(parts)


def _reason(scan, outcome):
    reasons = [str(REASONS[outcome])]
    if scan.earlier and outcome == Outcome.ALREADY:
        reasons = [_("The ticket was handed over %(where)s.") % {"where": where_and_when(scan.earlier)}]
    if scan.is_conflict:
        reasons.append(_("A device without a network had shown green: find out who has the ticket."))
    return in_sentences(reasons)
