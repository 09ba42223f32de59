"""Checking that a chain is intact.  R-58"""

from django.utils.translation import gettext as _

from journal.canonical import entry_hash, is_hash, payload_digest
from journal.models import Entry, Head, Payload
from spelling import pasting

ROWS_AT_A_TIME = 500


def streams() -> list[str]:
    """The names of all streams, even if only the entries or only the head of a stream are left."""
    named = set(Head.objects.values_list("stream", flat=True)) | set(Entry.objects.values_list("stream", flat=True))
    return sorted(named)


def problems(stream: str) -> list[str]:
    """What is wrong with the chain of `stream`, as translated sentences; an empty list means that it is intact.  R-58

    Finds changed, missing and reordered entries, a payload that is not the one recorded, and a head that does not
    end the chain. An erased payload (R-57) is no problem. Reads the chain in portions.
    Only a witness reveals a chain that was cut at its end together with its head: see `holds`.
    """
    found = []
    sequence, previous_hash = 0, ""
    for entry in Entry.objects.of_stream(stream).iterator(chunk_size=ROWS_AT_A_TIME):
        found += _problems_of_entry(entry, sequence, previous_hash)
        sequence, previous_hash = entry.sequence, entry.hash
    return found + _problems_of_head(stream, sequence, previous_hash)


def holds(stream: str, hash: str) -> bool:
    """Does the witness `hash` of a receipt lie on the chain of `stream`?  R-08 R-58

    It does not check the chain itself; use `problems` too.
    """
    return Entry.objects.filter(stream=stream, hash=digits(hash)).exists()


def witnessed(hash: str) -> Entry | None:
    """The `Entry` on any chain whose hash is the witness `hash`; None if there is none.  R-08"""
    return Entry.objects.filter(hash=digits(hash)).first()


def why_unwitnessed(typed: str) -> str:
    """The translated sentence for a witness that was not found, or for a text that cannot be a witness.  R-08"""
    if not is_hash(digits(typed)):
        return _("A witness has 64 digits from 0 to 9 and a to f; “%s” does not.") % typed
    return _("The witness lies on none of the chains that were checked.")


def digits(typed: str) -> str:
    """A witness copied from paper or mail, without spaces, dashes and line ends, in lower case."""
    return pasting.code(typed).lower()


def _problems_of_entry(entry, sequence, previous_hash):
    """What is wrong with `entry`, which should follow the entry `sequence` with the hash `previous_hash`."""
    found = []
    if entry.sequence != sequence + 1:
        found.append(
            _("Entry %(number)d follows entry %(before)d: entries are missing or out of order.")
            % {"number": entry.sequence, "before": sequence}
        )
    elif entry.previous_hash != previous_hash:
        found.append(_("Entry %(number)d does not continue the entry before it.") % {"number": entry.sequence})
    if entry.hash != entry_hash(entry):
        found.append(_("Entry %(number)d was changed after it was recorded.") % {"number": entry.sequence})
    if _is_payload_wrong(entry):
        found.append(_("The payload of entry %(number)d is not the one recorded.") % {"number": entry.sequence})
    return found


def _is_payload_wrong(entry):
    """Does the entry have a payload that its digest does not cover?"""
    try:
        return payload_digest(entry.payload) != entry.payload_digest
    except Payload.DoesNotExist:
        return False
    except ValueError:
        return True


def _problems_of_head(stream, sequence, last_hash):
    """What is wrong with the head of `stream`, whose last entry is `sequence` with `last_hash`."""
    head = Head.objects.filter(stream=stream).first()
    if head is None:
        return [_("The head of the chain is missing.")] if sequence else []
    if (head.sequence, head.hash) != (sequence, last_hash):
        return [
            _("The head of the chain says that its last entry is %(said)d; the last one kept is %(kept)d.")
            % {"said": head.sequence, "kept": sequence}
        ]
    return []
