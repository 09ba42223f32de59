"""The receipt numbers of a list against its entries, its counters and the journal.  R-07 R-08 R-77

The subjects and the hashes of the acts are never erased, so all of this holds after the payloads are gone (R-57).
"""

import re
from collections.abc import Iterable
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.models import Entry
from journal.position import payload_of
from speakers import numbering, records
from speakers.models import SpeakersList

ENTRY = "inscription/"


def problems(speakers_list: SpeakersList) -> list[str]:
    """Where numbers, stamps, witnesses and counters of `speakers_list` do not follow from the journal.

    Returns translated sentences; empty if all do (two statements).
    """
    entries = list(speakers_list.inscriptions.order_by("receipt_no"))
    about = Q(subject__startswith=ENTRY) | Q(act=numbering.SKIPPED)
    told = list(Entry.objects.of_stream(speakers_list.journal_stream).filter(about))
    acts = [act for act in told if act.act != numbering.SKIPPED]
    skipped, wrongly_skipped = _skipped(told)
    return [
        *wrongly_skipped,
        *_problems_of_numbers(entries, speakers_list, skipped),
        *_problems_of_stamps(entries, speakers_list),
        *_problems_of_acts(entries, acts),
        *_problems_of_moves(entries, acts, speakers_list),
    ]


def _skipped(acts: Iterable[Entry]) -> tuple[set[int], list[str]]:
    """The numbers that the `acts` skip after a restore, and a sentence for each gap that is not where it says.  R-76

    A gap begins with the number after all those given and skipped before it, so that it hides no entry.
    """
    entered: set[str] = set()
    skipped: set[int] = set()
    wrong: list[str] = []
    for act in acts:
        if act.act != numbering.SKIPPED:
            entered.add(act.subject)
        elif (gap := _gap(act.subject)) and gap.start == len(entered) + len(skipped) + 1:
            skipped |= set(gap)
        else:
            wrong.append(_("The journal skips %(subject)s, which does not follow the numbers before.") % vars(act))
    return skipped, wrong


def _gap(subject):
    """The numbers of “receipts/58-257”; None if the subject names none."""
    found = re.fullmatch(rf"{numbering.RECEIPTS}(\d+)-(\d+)", subject)
    return range(int(found[1]), int(found[2]) + 1) if found else None


def _problems_of_numbers(entries, speakers_list, skipped):
    """Numbers that are missing up to the counter and not `skipped`, those above it, and those skipped and given."""
    last, given = speakers_list.last_receipt_no, {entry.receipt_no for entry in entries}
    known = given | skipped
    missing = _("Receipt number %(number)d was given, and no entry has it.")
    above = _("Receipt number %(number)d is above the last one that was counted, %(last)d.")
    both = _("Receipt number %(number)d was skipped after a restore, and an entry has it.")
    return [
        *(missing % {"number": number} for number in range(1, last + 1) if number not in known),
        *(both % {"number": number} for number in sorted(given & skipped)),
        *(above % {"number": number, "last": last} for number in sorted(given) if number > last),
    ]


def _problems_of_stamps(entries, speakers_list):
    """Moments of recording that do not rise with the numbers, or do not end where the list says."""
    words = _("Receipt %(number)d was not recorded after receipt %(before)d.")
    found = [
        words % {"number": entry.receipt_no, "before": before.receipt_no}
        for before, entry in pairwise(entries)
        if entry.recorded_at <= before.recorded_at
    ]
    if entries and entries[-1].recorded_at != speakers_list.last_recorded_at:
        found.append(_("The moment at which the last entry was recorded is not the one that the list keeps."))
    return found


def _problems_of_acts(entries, acts):
    """Entries whose number or witness is not that of the act that entered them, the first act about each."""
    entering: dict[str, Entry] = {}
    for act in acts:
        entering.setdefault(act.subject, act)
    found = []
    for entry, act in zip(entries, entering.values(), strict=False):
        if records.subject(entry) != act.subject:
            found.append(_("Receipt %(number)d is not of the entry that had this turn in the journal."))
        elif entry.witness != act.hash:
            found.append(_("The witness of receipt %(number)d is not the hash of its act."))
        else:
            continue
        found[-1] %= {"number": entry.receipt_no}
    if len(entering) != len(entries):
        words = ngettext(
            "The journal entered %(told)d entry; the list has %(kept)d.",
            "The journal entered %(told)d entries; the list has %(kept)d.",
            len(entering),
        )
        found.append(words % {"told": len(entering), "kept": len(entries)})
    return found


def _problems_of_moves(entries, acts, speakers_list):
    """A counter of moves between classes that is not the highest move in the journal, as far as that is kept."""
    payloads = [payload_of(act) for act in acts]
    told = [(each.after or {}).get("class_move", 0) for each in payloads if each]
    highest, counted = max([*told, *(entry.class_move for entry in entries)], default=0), speakers_list.last_class_move
    if highest > counted or (highest < counted and None not in payloads):
        words = _("The last move between classes has number %(told)d; the list counted %(kept)d.")
        return [words % {"told": highest, "kept": counted}]
    return []
