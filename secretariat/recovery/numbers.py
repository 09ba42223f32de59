"""Up to which receipt number of each list may have been given since the backup, by all that is known outside.  R-76"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from acts.refusals import Refusal
from journal.chain_file import ChainFile
from secretariat.models import Restoration
from secretariat.recovery.marks import Mark
from speakers.models import SpeakersList

# How many numbers are skipped above the highest one that is known.
MARGIN = 200
# A number that is further than this from the last one in the backup is a slip of the hand.
FARTHEST = 100_000


class RestoreRefused(Refusal):
    """What was said of the restore cannot be so; the message says why."""


@dataclass(frozen=True)
class Known:
    """What an operator knows: receipt numbers that were given, of one list (by its address) or of any (“”), chains that
    were kept outside, and how many numbers may have been given beyond them.
    """

    receipts: list[tuple[str, int]] = field(default_factory=list)
    chains: list[ChainFile] = field(default_factory=list)
    margin: int = MARGIN


def refuse_slips(known: Known, lists: Iterable[SpeakersList]) -> None:
    """Raise `RestoreRefused` for a list that is not there, and for a number that none of its lists can have reached."""
    last = {"/".join(each.address): each.last_receipt_no for each in lists}
    if known.margin < 0 or known.margin > FARTHEST:
        raise RestoreRefused(_("The margin is a number from 0 to %(most)d.") % {"most": FARTHEST})
    for address, number in known.receipts:
        if address and address not in last:
            raise RestoreRefused(_("There is no list “%(list)s”; there are: %(all)s.") % _all(address, last))
        if number > FARTHEST + (last[address] if address else max(last.values(), default=0)):
            raise RestoreRefused(_("Receipt %(number)d is far above all numbers in the backup.") % {"number": number})


def up_to(speakers_list: SpeakersList, restoration: Restoration, known: Known, mark: Mark | None, at: datetime) -> int:
    """The last number that `speakers_list` may have given by the real moment `at`, with the margin; 0 if none.  R-76

    What is known of this list decides by itself, whatever the backup says of its hours: the mark, a receipt, a kept
    chain, each entry of which beyond those in the backup may be an inscription. A receipt of any list counts if the
    list is in the backup and its meeting was not over; if it had opened too, nothing has to be known.
    """
    stream, address = speakers_list.journal_stream, "/".join(speakers_list.address)
    in_the_backup = restoration.facts["lists"].get(stream)
    then = in_the_backup or {"last": 0, "entries": 0}
    given = [
        mark.receipts.get(stream, 0) if mark else 0,
        *(number for of, number in known.receipts if of == address),
        *(then["last"] + len(each.hashes) - then["entries"] for each in known.chains if each.stream == stream),
    ]
    may_have_given = False
    if in_the_backup and speakers_list.meeting.ends_at >= speakers_list.meeting.moment(restoration.gap_from):
        given += [number for of, number in known.receipts if not of]
        may_have_given = then["last"] > 0 or speakers_list.has_opened(speakers_list.meeting.moment(at))
    return max(then["last"], *given) + known.margin if may_have_given or max(given) > then["last"] else 0


def _all(address, last):
    return {"list": address, "all": ", ".join(sorted(last))}
