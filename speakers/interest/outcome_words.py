"""The outcomes of a selection in words for staff: before it, with every name and who is mailed; after it, counted."""

from collections import Counter
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spelling.listing import in_parts


def blocks(preview: Any) -> list[dict[str, Any]]:
    """What a page shows of `preview`: a heading with a count for each outcome, the delegations and their regions."""
    found = [{"heading": _("The list is still open"), "lines": preview.warnings}] if preview.warnings else []
    for (_key, kind), outcomes in _by_seat(preview).items():
        seats = _would_have(kind, outcomes[0].seat, len(outcomes))
        found.append({"heading": seats, "lines": [_shares(outcomes), *_names(each.interest for each in outcomes)]})
    if told := preview.told:
        words = ngettext(
            "%(count)d delegation would be mailed that no seat can be offered to it.",
            "%(count)d delegations would each be mailed that no seat can be offered to them.",
            len(told),
        )
        found.append({"heading": words % {"count": len(told)}, "lines": _names(told)})
    if preview.refusals:
        words = ngettext(
            "Nothing is done for %(count)d, and nothing is mailed to it.",
            "Nothing is done for %(count)d, and nothing is mailed to them.",
            len(preview.refusals),
        )
        found.append({"heading": words % {"count": len(preview.refusals)}, "lines": preview.refusals})
    return found


def done(preview: Any) -> list[str]:
    """What was done, a sentence with its count for each outcome that happened."""
    found = [_has(kind, outcomes[0].seat, len(outcomes)) for (_key, kind), outcomes in _by_seat(preview).items()]
    if told := preview.told:
        words = ngettext(
            "%(count)d delegation is being mailed that no seat can be offered to it.",
            "%(count)d delegations are being mailed that no seat can be offered to them.",
            len(told),
        )
        found.append(words % {"count": len(told)})
    return found


def _by_seat(preview):
    """The outcomes that give a seat, by the list and whether it is the first or the second choice."""
    found: dict[Any, list[Any]] = {}
    for outcome in preview.given:
        found.setdefault((outcome.seat.pk, outcome.kind), []).append(outcome)
    return found


def _would_have(kind, seat, count):
    if kind == "first":
        words = ngettext(
            "%(count)d delegation would be given a seat on “%(list)s”, its first choice, and mailed its receipt.",
            "%(count)d delegations would be given seats on “%(list)s”, their first choice, and mailed their receipts.",
            count,
        )
    else:
        words = ngettext(
            "%(count)d delegation would be given a seat on “%(list)s”, its second choice, and mailed its receipt.",
            "%(count)d delegations would be given seats on “%(list)s”, their second choice, and mailed their receipts.",
            count,
        )
    return words % {"count": count, "list": seat.name}


def _has(kind, seat, count):
    if kind == "first":
        words = ngettext(
            "%(count)d delegation has a seat on “%(list)s”, its first choice.",
            "%(count)d delegations have seats on “%(list)s”, their first choice.",
            count,
        )
    else:
        words = ngettext(
            "%(count)d delegation has a seat on “%(list)s”, its second choice.",
            "%(count)d delegations have seats on “%(list)s”, their second choice.",
            count,
        )
    return words % {"count": count, "list": seat.name}


def _shares(outcomes):
    """How many of each regional group are among these `outcomes`."""
    counted = Counter(each.interest.delegation.get_regional_group_display() for each in outcomes)
    words = _("%(region)s: %(count)d")
    return in_parts(words % {"region": region, "count": count} for region, count in sorted(counted.items()))


def _names(interests):
    words = _("%(delegation)s (%(region)s)")
    return [
        words % {"delegation": each.delegation, "region": each.delegation.get_regional_group_display()}
        for each in interests
    ]
