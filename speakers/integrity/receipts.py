"""The receipt numbers of a list against its entries, its counters and the journal.  R-07 R-08 R-77

The subjects and the hashes of the acts are never erased, so all of this holds after the payloads are gone (R-57).
"""

from itertools import pairwise

from django.utils.translation import gettext as _

from journal.models import Entry
from journal.position import payload_of
from speakers import records
from speakers.models import SpeakersList


def problems(speakers_list: SpeakersList) -> list[str]:
    """Where numbers, stamps, witnesses and counters of `speakers_list` do not follow from the journal.

    Returns translated sentences; empty if all do (two statements).
    """
    entries = list(speakers_list.inscriptions.order_by("receipt_no"))
    acts = list(Entry.objects.of_stream(speakers_list.journal_stream).filter(subject__startswith="inscription/"))
    return [
        *_problems_of_numbers(entries, speakers_list),
        *_problems_of_stamps(entries, speakers_list),
        *_problems_of_acts(entries, acts),
        *_problems_of_moves(entries, acts, speakers_list),
    ]


def _problems_of_numbers(entries, speakers_list):
    """Numbers that are missing up to the counter, and those above it."""
    last, given = speakers_list.last_receipt_no, {entry.receipt_no for entry in entries}
    missing = _("Receipt number %(number)d was given, and no entry has it.")
    above = _("Receipt number %(number)d is above the last one that was counted, %(last)d.")
    return [
        *(missing % {"number": number} for number in range(1, last + 1) if number not in given),
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
        words = _("The journal entered %(told)d entries; the list has %(kept)d.")
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
