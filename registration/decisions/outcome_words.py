"""The outcomes of a decision in words for staff: before it, with every name, and after it, with the counts.  R-47"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

WOULD_BE: dict[str, Callable[[int], str]] = {
    "approved": lambda count: ngettext(
        "%(count)d person would be approved.", "%(count)d people would be approved.", count
    ),
    "waitlisted": lambda count: ngettext(
        "%(count)d person would go on the waiting list.", "%(count)d people would go on the waiting list.", count
    ),
    "declined": lambda count: ngettext(
        "%(count)d person would be declined.", "%(count)d people would be declined.", count
    ),
    "selected": lambda count: ngettext(
        "%(count)d person would be selected to speak.", "%(count)d people would be selected to speak.", count
    ),
    "thanked": lambda count: ngettext(
        "A note of thanks would be drafted to %(count)d person.",
        "Notes of thanks would be drafted to %(count)d people.",
        count,
    ),
    "left": lambda count: ngettext(
        "%(count)d person would stay as they are.", "%(count)d people would stay as they are.", count
    ),
}
IS: dict[str, Callable[[int], str]] = {
    "approved": lambda count: ngettext("%(count)d person is approved.", "%(count)d people are approved.", count),
    "waitlisted": lambda count: ngettext(
        "%(count)d person is now on the waiting list.", "%(count)d people are now on the waiting list.", count
    ),
    "declined": lambda count: ngettext("%(count)d person is declined.", "%(count)d people are declined.", count),
    "selected": lambda count: ngettext(
        "%(count)d person is selected to speak, with a receipt on the list of speakers.",
        "%(count)d people are selected to speak, with receipts on the list of speakers.",
        count,
    ),
    "thanked": lambda count: ngettext(
        "%(count)d note is drafted. Release it from the list of representatives.",
        "%(count)d notes are drafted. Release them from the list of representatives.",
        count,
    ),
    "left": lambda count: ngettext("%(count)d person stays as they are.", "%(count)d people stay as they are.", count),
}


def blocks(preview: Any) -> list[dict[str, Any]]:
    """What `preview` shows beside the form: a heading with the count of each outcome, and its people by name."""
    found = [
        {"heading": words(len(people)) % {"count": len(people)}, "lines": [_named(person) for person in people]}
        for kind, words in WOULD_BE.items()
        if (people := preview.people(kind))
    ]
    if preview.offered:
        found.append({"heading": _would_be_offered(preview), "lines": [_named(person) for person in preview.offered]})
    if preview.refusals:
        found.append({"heading": _not_possible(preview), "lines": preview.refusals})
    return found


def foreseen(preview: Any) -> list[str]:
    """Everything that `preview` shows, as sentences and names for a page that asks again."""
    return [line for block in blocks(preview) for line in [str(block["heading"]), *block["lines"]]]


def done(preview: Any) -> list[str]:
    """What was done, a sentence with its count for each outcome that happened."""
    found = [
        words(len(people)) % {"count": len(people)} for kind, words in IS.items() if (people := preview.people(kind))
    ]
    return found + offered(preview)


def offered(preview: Any) -> list[str]:
    """How many seats were offered because of it, as a sentence; empty if none."""
    words = ngettext(
        "%(count)d free seat is offered to the next in line, by mail.",
        "%(count)d free seats are offered to the next in line, by mail.",
        len(preview.offered),
    )
    return [words % {"count": len(preview.offered)}] if preview.offered else []


def _named(person):
    return _("%(name)s, %(organization)s") % {"name": person, "organization": person.request.organization}


def _would_be_offered(preview):
    words = ngettext(
        "%(count)d free seat would be offered at once, by mail, to the next in line.",
        "%(count)d free seats would be offered at once, by mail, to the next in line.",
        len(preview.offered),
    )
    return words % {"count": len(preview.offered)}


def _not_possible(preview):
    words = ngettext(
        "Not possible for %(count)d person, who stays as they are.",
        "Not possible for %(count)d people, who stay as they are.",
        len(preview.refusals),
    )
    return words % {"count": len(preview.refusals)}
