"""A receipt as a file of its holder, checked without a database against itself and against public files.  R-08 R-77

The witness is the hash of the act that recorded the entry, so the file holds the act. Whether its number and moments
are those recorded is shown by the content of the act. That is personal data, and its hash was made with a salt which is
destroyed with the data (R-57): both are handed to the person who filed it, and to no one else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from journal import canonical
from journal.chain_file import ChainFile
from journal.models import Entry, Payload
from speakers.models import Inscription
from speakers.publishing.revision_chain import Frozen

# The name of the format, described in docs/api.md.
FORMAT = "receipt/1"
# What the receipt and the content of its act both say.
SAID_TWICE = ("receipt_no", "arrived_at", "recorded_at")
ACT = {
    "stream": str,
    "sequence": int,
    "at": str,
    "act": str,
    "subject": str,
    "actor_role": str,
    "payload_digest": str,
    "previous_hash": str,
}
CONTENT = {"actor_name": str, "reason": str, "salt": str}
RECEIPT = {"meeting": str, "receipt_no": int, "arrived_at": str, "recorded_at": str, "witness": str, "act": dict}


class Unreadable(Exception):
    """A file is not a receipt; `str()` says why."""


@dataclass(frozen=True)
class Receipt:
    """One receipt as read from a file called `name`: its content as data."""

    name: str
    document: dict[str, Any]

    @property
    def witness(self) -> str:
        return self.document["witness"]

    @property
    def act(self) -> dict[str, Any]:
        return self.document["act"]

    @property
    def chain(self) -> str:
        """The chain of revisions it belongs to, as `revision_chain.Frozen.chain` names it.  R-62"""
        return "/".join(filter(None, [self.document["meeting"], self.document.get("list")]))

    @property
    def stream(self) -> str:
        return self.act["stream"]


def document(inscription: Inscription, *, reader: str) -> dict[str, Any]:
    """The receipt of `inscription` as plain data, for the address `reader`, that of a person who may see it.

    With the content of the act only if that person performed it and it is not erased. (One statement.)
    """
    entry = Entry.objects.select_related("payload").get(hash=inscription.witness)
    speakers_list = inscription.speakers_list
    said = {
        "format": FORMAT,
        "meeting": inscription.meeting.slug,
        **({"list": speakers_list.slug} if speakers_list.slug else {}),
        **{name: getattr(inscription, name) for name in SAID_TWICE},
        "witness": inscription.witness,
        "act": canonical.content_of(entry),
    }
    payload = _payload(entry)
    if payload is not None and payload.actor_name == reader:
        said["content"] = {**canonical.payload_content(payload), "salt": payload.salt}
    return canonical.plain(said)


def _payload(entry):
    try:
        return entry.payload
    except Payload.DoesNotExist:
        return None


def read(name: str, text: bytes) -> Receipt:
    """The receipt in `text` (bytes), a file called `name`. Raises `Unreadable`."""
    try:
        said = canonical.read(text)
        if not _is_a_receipt(said):
            raise ValueError(_("it has a different structure"))
    except ValueError as error:
        raise Unreadable(_("%(name)s is not a receipt: %(why)s") % {"name": name, "why": error}) from error
    return Receipt(name, said)


def _is_a_receipt(said):
    if not canonical.has(said, RECEIPT) or said.get("format") != FORMAT or not isinstance(said.get("list", ""), str):
        return False
    if not canonical.has(said["act"], ACT) or set(said["act"]) != set(ACT) or not canonical.is_hash(said["witness"]):
        return False
    content = said.get("content")
    if content is None:
        return "content" not in said
    names = {*CONTENT, "before", "after"}
    return canonical.has(content, CONTENT) and set(content) == names and canonical.is_hash(content["salt"])


def problems(receipt: Receipt) -> list[str]:
    """What is wrong within `receipt`, as translated sentences; empty if nothing is.  R-08

    Is the witness the hash of the act, the content the one recorded, and the number the one in the content?
    """
    facts, found = {"name": receipt.name}, []
    if canonical.hash_of(receipt.act) != receipt.witness:
        found.append(_("%(name)s: the witness is not the hash of its act.") % facts)
    if stream_of(receipt.document) != receipt.stream:
        found.append(_("%(name)s: the act was recorded on another list.") % facts)
    if (content := receipt.document.get("content")) is None:
        return found
    if canonical.payload_digest(SimpleNamespace(**content)) != receipt.act["payload_digest"]:
        found.append(_("%(name)s: the content is not the one that was recorded.") % facts)
    after = content["after"] if isinstance(content["after"], dict) else {}
    if any(after.get(name) != receipt.document[name] for name in SAID_TWICE):
        found.append(_("%(name)s: its number or a moment is not the one that was recorded.") % facts)
    return found


def stream_of(said: dict[str, Any]) -> str:
    """The name of the chain of the list that the document `said` is of."""
    return "/".join(filter(None, ["meeting", said["meeting"], said.get("list")]))


def problems_with_chains(receipt: Receipt, chains: Iterable[ChainFile]) -> list[str]:
    """Which of the `chains` of its list do not hold the act of `receipt`, as translated sentences.  R-58

    One that ends before the act and says that it was saved before is older, which is no problem.
    """
    own = [chain for chain in chains if chain.stream == receipt.stream]
    return [problem for chain in own if (problem := _problem(receipt, chain))]


def is_older(chain: ChainFile, receipt: Receipt) -> bool:
    """Was `chain` saved before the act of `receipt`, so that it cannot hold it?"""
    return len(chain.hashes) < receipt.act["sequence"] and chain.as_at < _moment(receipt.act["at"])


def _moment(said):
    """The moment that an act says, aware; of one that says none, the beginning of all time: no chain is older."""
    try:
        return datetime.fromisoformat(said).astimezone(UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)


def _problem(receipt, chain):
    number = receipt.act["sequence"]
    facts = {"name": receipt.name, "chain": chain.name, "number": number, "kept": len(chain.hashes)}
    if len(chain.hashes) < number:
        words = _("%(chain)s ends at entry %(kept)d, before entry %(number)d, the act of %(name)s: its end is cut off.")
        return "" if is_older(chain, receipt) else words % facts
    before = chain.hashes[number - 2] if number > 1 else ""
    if number < 1 or (before, chain.hashes[number - 1]) != (receipt.act["previous_hash"], receipt.witness):
        return _("Entry %(number)d of %(chain)s is not the act of %(name)s.") % facts
    return ""


def results(receipt: Receipt, chains: Iterable[ChainFile], revisions: Iterable[Frozen]) -> list[str]:
    """What `receipt`, without problems, says; where its act stands, and its place, as translated sentences."""
    facts = {"name": receipt.name, "number": receipt.act["sequence"], "receipt": receipt.document["receipt_no"]}
    if "content" in receipt.document:
        lines = [_("%(name)s: receipt %(receipt)d is what was recorded, number and moments included.") % facts]
    else:
        lines = [_("%(name)s: the witness is the hash of its act. The file cannot show which number it gave.") % facts]
    for chain in chains:
        if chain.stream == receipt.stream and not is_older(chain, receipt):
            lines.append(_("%(chain)s holds the act of %(name)s as entry %(number)d.") % {**facts, "chain": chain.name})
    for revision in revisions:
        if revision.chain == receipt.chain:
            lines.append(_place_in_words(revision, facts))
    return lines


def _place_in_words(revision, facts):
    row = revision.place_of(facts["receipt"])
    if row is None:
        return _("%(revision)s: receipt %(receipt)d is not on it.") % {**facts, "revision": revision.name}
    words = _("%(revision)s: receipt %(receipt)d is that of %(delegation)s, at place %(place)d.")
    said = {"revision": revision.name, "delegation": row["delegation"], "place": row["place"]}
    return words % {**facts, **said}
