"""Every kind of tampering that `docs/operations/tampering.md` answers for: what is done to the record of a `Scene`.

Each is a function that is carried out twice, by the application and by the owner of the database, who has switched the
triggers off. The names are those of the table there.
"""

import hashlib
import json
from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.db.models import F, Value
from django.db.models.functions import Replace

from dialogue.models import ProgrammeVersion
from journal.canonical import canonical, entry_hash, payload_digest
from journal.models import Entry, Head, Payload
from journal.recording import record
from registration.models import Manifest, ManifestFile, Scan
from speakers import recomputing
from speakers.models import Draw, Inscription, Joining, Revision, SpeakersList
from tests.factories import OPEN, STAFF, make_delegation, make_level

KINDS = {}


def kind(name):
    """Enter the decorated function as the tampering `name`."""

    def enter(function):
        KINDS[name] = function
        return function

    return enter


def removed(*querysets):
    """Delete the rows without what Django does beside it."""
    for each in querysets:
        each._raw_delete("default")  # noqa: SLF001  past Django's own cascade


def chain_of(speakers_list):
    return Entry.objects.filter(stream=speakers_list.journal_stream).order_by("sequence")


def last_of(speakers_list):
    return chain_of(speakers_list).last()


def cut(speakers_list):
    """Cut the last entry of the chain off, with its payload and the head. Returns the entry."""
    last = last_of(speakers_list)
    removed(Payload.objects.filter(entry=last), Entry.objects.filter(pk=last.pk))
    turn_head(speakers_list)
    return last


def turn_head(speakers_list):
    last = last_of(speakers_list)
    Head.objects.filter(stream=speakers_list.journal_stream).update(sequence=last.sequence, hash=last.hash)


def hash_again(speakers_list, *, with_witnesses=False):
    """Make every hash of the chain again, and the head; with the witnesses kept with the entries if so."""
    previous = ""
    for number, entry in enumerate(chain_of(speakers_list), 1):
        old = entry.hash
        entry.sequence, entry.previous_hash = number, previous
        previous = entry.hash = entry_hash(entry)
        entry.save()
        if with_witnesses:
            Inscription.objects.filter(witness=old).update(witness=previous)
    turn_head(speakers_list)


def entries_of(speakers_list, number):
    return Inscription.objects.filter(speakers_list=speakers_list, receipt_no=number)


def list_of(scene):
    return SpeakersList.objects.filter(pk=scene.main.pk)


def written_again(text):
    """The text of a revision with another content, and its hash."""
    other = text.replace("Bbb", "Forged")
    return {"content": other, "sha256": hashlib.sha256(other.encode()).hexdigest()}


@kind("an entry of the journal is changed")
def _(scene):
    chain_of(scene.main).filter(sequence=2).update(act="withdrawn")


@kind("an entry is taken out of the middle of a chain")
def _(scene):
    removed(Payload.objects.filter(entry=chain_of(scene.main)[1]), chain_of(scene.main).filter(sequence=2))


@kind("two entries change places")
def _(scene):
    for old, new in [(2, 99), (3, 2), (99, 3)]:
        chain_of(scene.main).filter(sequence=old).update(sequence=new)


@kind("an entry is linked to another one")
def _(scene):
    first, third = chain_of(scene.main).get(sequence=1), chain_of(scene.main).get(sequence=3)
    third.previous_hash = first.hash
    Entry.objects.filter(pk=third.pk).update(previous_hash=first.hash, hash=entry_hash(third))


@kind("an entry is changed, and every hash after it made again")
def _(scene):
    chain_of(scene.main).filter(sequence=2).update(at=OPEN + timedelta(hours=1))
    hash_again(scene.main)


@kind("the same, with the witnesses that are kept with the entries of the list")
def _(scene):
    chain_of(scene.main).filter(sequence=2).update(at=OPEN + timedelta(hours=1))
    hash_again(scene.main, with_witnesses=True)


@kind("the last entry of a chain is cut off")
def _(scene):
    last = last_of(scene.main)
    removed(Payload.objects.filter(entry=last), Entry.objects.filter(pk=last.pk))


@kind("the head of a chain is turned back")
def _(scene):
    before = chain_of(scene.main).get(sequence=last_of(scene.main).sequence - 1)
    Head.objects.filter(stream=scene.main.journal_stream).update(sequence=before.sequence, hash=before.hash)


@kind("the last entry of a chain is cut off with its head")
def _(scene):
    cut(scene.main)


@kind("the last inscription is cut off with its entry, the head and the counter")
def _(scene):
    cut(scene.main)
    removed(entries_of(scene.main, scene.main.last_receipt_no))
    before = entries_of(scene.main, scene.main.last_receipt_no - 1).get()
    list_of(scene).update(last_receipt_no=before.receipt_no, last_recorded_at=before.recorded_at)


@kind("a whole chain is removed with its head")
def _(scene):
    removed(
        Payload.objects.filter(entry__in=chain_of(scene.panel)),
        Entry.objects.filter(stream=scene.panel.journal_stream),
        Head.objects.filter(stream=scene.panel.journal_stream),
    )


@kind("a whole list is removed with its chain, its entries and its revisions")
def _(scene):
    KINDS["a whole chain is removed with its head"](scene)
    removed(Inscription.objects.filter(speakers_list=scene.panel), Revision.objects.filter(speakers_list=scene.panel))
    removed(SpeakersList.objects.filter(pk=scene.panel.pk))


@kind("the chains of two lists of a meeting are exchanged, and their hashes made again")
def _(scene):
    main, panel = scene.main.journal_stream, scene.panel.journal_stream
    for model in (Entry, Head):
        for old, new in [(main, "aside"), (panel, main), ("aside", panel)]:
            model.objects.filter(stream=old).update(stream=new)
    for each in (scene.main, scene.panel):
        hash_again(each, with_witnesses=True)


@kind("an act that no one did is added to a chain as the application adds acts")
def _(scene):
    record("exported", stream=scene.main.journal_stream, subject="list", by=STAFF, at=OPEN)


@kind("the payload of an act is rewritten")
def _(scene):
    Payload.objects.filter(entry=last_of(scene.main)).update(reason="Another")


@kind("the payload of an act is rewritten with its digest")
def _(scene):
    payload = Payload.objects.get(entry=last_of(scene.main))
    payload.reason = "Another"
    Entry.objects.filter(pk=payload.entry_id).update(payload_digest=payload_digest(payload))
    payload.save()


@kind("the payload of one act is deleted before its time")
def _(scene):
    removed(Payload.objects.filter(entry=last_of(scene.main)))


@kind("all payloads are deleted before their time")
def _(_scene):
    removed(Payload.objects.all())


@kind("a payload is deleted, and another put in its place")
def _(scene):
    payload = Payload.objects.get(entry=last_of(scene.main))
    removed(Payload.objects.filter(pk=payload.pk))
    Payload.objects.create(entry_id=payload.entry_id, salt=payload.salt, after={"forged": True})


@kind("a revision is forged without its act")
def _(scene):
    forge(scene)


@kind("a revision is forged with an act")
def _(scene):
    forge(scene, with_act=True)


def forge(scene, *, with_act=False):
    last = scene.main.revisions.get(number=2)
    text = canonical({**last.document, "number": 3, "previous_sha256": last.sha256})
    sha256 = hashlib.sha256(text).hexdigest()
    facts = {"kind": last.kind, "as_at": last.as_at, "number": 3, "previous_sha256": last.sha256}
    if with_act:
        subject = f"revision/3/{sha256}"
        record("frozen", stream=scene.main.journal_stream, subject=subject, by=STAFF, at=OPEN)
    Revision.objects.create(speakers_list=scene.main, content=text.decode(), sha256=sha256, **facts)


@kind("a revision is rewritten, with its hash")
def _(scene):
    last = scene.main.revisions.get(number=2)
    Revision.objects.filter(pk=last.pk).update(**written_again(last.content))


@kind("a revision is rewritten after the payload of its act was erased")
def _(scene):
    removed(Payload.objects.filter(entry__subject__startswith="revision/2/"))
    KINDS["a revision is rewritten, with its hash"](scene)


@kind("a revision is removed")
def _(scene):
    removed(scene.main.revisions.filter(number=2))


@kind("a revision is removed with its act, and every hash made again, with the witnesses")
def _(scene):
    act = chain_of(scene.main).filter(subject__startswith="revision/2/")
    removed(scene.main.revisions.filter(number=2), Payload.objects.filter(entry__in=act))
    removed(act)
    hash_again(scene.main, with_witnesses=True)


@kind("a revision is given to another list")
def _(scene):
    scene.main.revisions.filter(number=2).update(speakers_list=scene.panel)


@kind("a programme is released without its act")
def _(scene):
    first = programmes_of(scene).get(number=1)
    forged = {"number": 3, "previous_sha256": programmes_of(scene).get(number=2).sha256, "comment": "Forged"}
    text = canonical({**json.loads(first.content), **forged}).decode()
    facts = {"kind": first.kind, "released_at": first.released_at, "sha256": hashlib.sha256(text.encode()).hexdigest()}
    ProgrammeVersion.objects.create(meeting=scene.main.meeting, content=text, **forged, **facts)


@kind("a released programme is rewritten")
def _(scene):
    programmes_of(scene).filter(number=2).update(content=Replace("content", Value("Opening"), Value("Forged")))


@kind("a released programme is rewritten, with its hash")
def _(scene):
    text = programmes_of(scene).get(number=2).content.replace("Opening", "Forged")
    programmes_of(scene).filter(number=2).update(content=text, sha256=hashlib.sha256(text.encode()).hexdigest())


@kind("what is printed beside a released programme is changed")
def _(scene):
    programmes_of(scene).filter(number=2).update(comment="Forged")


@kind("a released programme is removed")
def _(scene):
    removed(programmes_of(scene).filter(number=1))


def programmes_of(scene):
    return ProgrammeVersion.objects.filter(meeting=scene.main.meeting)


@kind("a manifest is frozen without its act")
def _(scene):
    Manifest.objects.create(meeting=scene.main.meeting, number=2, frozen_at=OPEN, added=1, withdrawn=0, sha256="0" * 64)


@kind("the file of a manifest is exchanged")
def _(scene):
    ManifestFile.objects.filter(manifest__meeting=scene.main.meeting).update(content=b"Forged")


@kind("a manifest is given another number")
def _(scene):
    Manifest.objects.filter(meeting=scene.main.meeting).update(number=2)


@kind("the place of an entry is changed")
def _(scene):
    entries_of(scene.main, 1).update(class_seq=40)


@kind("two entries exchange their receipt numbers")
def _(scene):
    for old, new in [(1, 99), (2, 1), (99, 2)]:
        entries_of(scene.main, old).update(receipt_no=new)


@kind("the level of an entry is changed")
def _(scene):
    entries_of(scene.main, 1).update(level=make_level("HOS"), precedence_class=1)


@kind("the speaker of an entry is changed")
def _(scene):
    entries_of(scene.main, 1).update(speaker_name="Another")


@kind("the delegation of an entry is changed")
def _(scene):
    entries_of(scene.main, 1).update(delegation=make_delegation("ZZA"))


@kind("the moment at which an entry was recorded is changed")
def _(scene):
    entries_of(scene.main, 2).update(recorded_at=F("recorded_at") + timedelta(hours=1))


@kind("the witness kept with an entry is changed")
def _(scene):
    entries_of(scene.main, 1).update(witness="0" * 64)


@kind("an entry of the list is removed")
def _(scene):
    removed(entries_of(scene.main, 2))


@kind("an entry is added to the list without an act")
def _(scene):
    entry = entries_of(scene.main, 1).get()
    entry.pk, entry.public_id = None, "00000000-0000-4000-8000-000000000000"
    entry.receipt_no, entry.idempotency_key = scene.main.last_receipt_no + 1, "forged"
    entry.recorded_at, entry.delegation = scene.main.last_recorded_at + timedelta(seconds=1), make_delegation("ZZA")
    entry.save(force_insert=True)
    list_of(scene).update(last_receipt_no=entry.receipt_no, last_recorded_at=entry.recorded_at)


def joining_of(scene, code):
    return scene.main.joinings.filter(delegation__code=code)


@kind("a delegation that declined joins a statement")
def _(scene):
    joining_of(scene, "JJB").update(state=Joining.State.JOINED)


@kind("another delegation is asked to join a statement")
def _(scene):
    joining_of(scene, "JJC").update(delegation=make_delegation("ZZB"))


@kind("a joint statement is moved to another entry")
def _(scene):
    joining_of(scene, "JJA").update(inscription=entries_of(scene.main, 2).get())


@kind("a delegation is named after another in a joint statement")
def _(scene):
    joining_of(scene, "JJA").update(position=9)


@kind("a joint statement is removed")
def _(scene):
    removed(joining_of(scene, "JJC"))


@kind("a joint statement is added without an act")
def _(scene):
    added = joining_of(scene, "JJC").get()
    added.pk, added.public_id, added.position = None, "00000000-0000-4000-8000-000000000001", 10
    added.delegation = make_delegation("ZZC")
    added.save(force_insert=True)


@kind("a receipt number is skipped")
def _(scene):
    list_of(scene).update(last_receipt_no=F("last_receipt_no") + 1)


@kind("the counter of receipts is turned back")
def _(scene):
    list_of(scene).update(last_receipt_no=F("last_receipt_no") - 1)


@kind("the counter of moves between classes is changed")
def _(scene):
    list_of(scene).update(last_class_move=F("last_class_move") + 1)


@kind("the ranks of the bands are changed on an open list")
def _(scene):
    ranks = scene.main.ranks
    list_of(scene).update(ranks={**ranks, "groups": ranks["member_states"], "member_states": ranks["groups"]})


@kind("the class of a level is changed on an open list")
def _(scene):
    list_of(scene).update(levels=[{**each, "precedence_class": 1} for each in scene.main.levels])


@kind("the deadline is moved without an act")
def _(scene):
    list_of(scene).update(closes_at=F("closes_at") + timedelta(hours=1))


@kind("a list is closed without an act")
def _(scene):
    list_of(scene).update(closed_at=OPEN)


@kind("the order of a draw that was held is changed")
def _(scene):
    draw = scene.drawn.draws.get()
    Draw.objects.filter(pk=draw.pk).update(delegations=draw.delegations[::-1])


@kind("the public value of a draw that was held is changed, with its seed and its order")
def _(scene):
    draw = scene.drawn.draws.get()
    Draw.objects.filter(pk=draw.pk).update(**drawn_by(draw, "ffff"))


def drawn_by(draw, beacon):
    """What a draw would hold with another `beacon`."""
    seed = recomputing.seed(draw.secret, beacon)
    names = {row["code"]: row["name"] for row in draw.delegations}
    rows = [
        {"position": position, "code": code, "name": names[code], "lot": recomputing.lot(seed, code)}
        for position, code in enumerate(recomputing.in_order(seed, names), 1)
    ]
    return {"beacon": beacon, "seed": seed, "delegations": rows}


@kind("a draw is removed")
def _(scene):
    removed(scene.drawn.draws.all())


@kind("the scan with which a ticket was handed over is changed")
def _(_scene):
    Scan.objects.filter(outcome="handed_over").update(outcome="revoked")


@kind("a scan that was refused is changed or removed")
def _(_scene):
    removed(Scan.objects.filter(outcome="unknown"))


@kind("who scanned is changed")
def _(_scene):
    Scan.objects.update(operator="Another")


@kind("a line in the log of the pages is changed")
def _(_scene):
    LogEntry.objects.update(change_message="Another")


@kind("a line in the log of the pages is removed before its time")
def _(_scene):
    removed(LogEntry.objects.all())
