"""The record of a meeting as a debate in Akoma Ntoso 1.0 (OASIS LegalDocML), without what no one may read.  R-30

http://docs.oasis-open.org/legaldocml/akn-core/v1.0/: namespace 3.0. Times are those of the record; what was said is
not in it, only links to the texts that anyone may read (R-40).
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogue import moments
from dialogue.models import Meeting
from floor.models import Interruption, Statement
from floor.proceedings import lines
from floor.proceedings.references import References, add
from floor.record import heard, sittings
from floor.record.heard import Heard
from floor.statements import handing_in
from spelling.listing import in_a_row, named

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# The languages of the site as ISO 639-2 names them.
LANGUAGES = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh-hans": "zho"}


def of(meeting: Meeting, *, for_staff: bool) -> bytes:
    """The debate of `meeting`, read with its `hours`, in the active language (seven queries at most).

    The same facts are always written as the same bytes. It has the names that the list shows, or all if `for_staff`.
    """
    found, texts = heard.of(meeting), _texts(meeting)
    root = ET.Element("akomaNtoso", {"xmlns": NAMESPACE})
    debate = add(root, "debate", name="debate")
    meta, preface, body = add(debate, "meta"), add(debate, "preface"), add(debate, "debateBody")
    _identify(meta, meeting)
    references = References(add(meta, "references", source="#secretariat"))
    _preface(preface, meeting)
    writer = Writer(meeting, references, texts, for_staff=for_staff)
    writer.write(body, found)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _texts(meeting) -> dict[int, list[Statement]]:
    """The texts of `meeting` that anyone may read, by the key of their entry (one query).  R-40"""
    current = Statement.objects.current().filter(inscription__speakers_list__meeting=meeting.pk)
    by_entry: dict[int, list[Statement]] = {}
    for each in current.select_related("inscription__delegation", "inscription__turn").order_by(
        "inscription", "language"
    ):
        if handing_in.is_public(each, getattr(each.inscription, "turn", None)):
            by_entry.setdefault(each.inscription_id, []).append(each)
    return by_entry


def _identify(meta, meeting):
    """The names of the document as a work, in this language, and as this file."""
    began_on, ended_on = (_local(each, meeting).date().isoformat() for each in (meeting.starts_at, meeting.ends_at))
    language = LANGUAGES[str(get_language())]
    work = f"/akn/un/debate/{began_on}/{meeting.slug}"
    expression = f"{work}/{language}@{ended_on}"
    identification = add(meta, "identification", source="#secretariat")
    for name, uri, this, date in (
        ("FRBRWork", work, f"{work}/!main", began_on),
        ("FRBRExpression", expression, f"{expression}/!main", ended_on),
        ("FRBRManifestation", f"{expression}.xml", f"{expression}/!main.xml", ended_on),
    ):
        level = add(identification, name)
        add(level, "FRBRthis", value=this)
        add(level, "FRBRuri", value=uri)
        add(level, "FRBRdate", date=date, name="record")
        add(level, "FRBRauthor", href="#secretariat")
        if name == "FRBRWork":
            add(level, "FRBRcountry", value="un")
            add(level, "FRBRname", value=meeting.slug)
        if name == "FRBRExpression":
            add(level, "FRBRlanguage", language=language)
        if name == "FRBRManifestation":
            add(level, "FRBRformat", value="application/akn+xml")


def _preface(preface, meeting):
    add(add(preface, "p"), "docTitle", str(meeting))
    began_at = _local(meeting.starts_at, meeting)
    add(
        add(preface, "p"),
        "docDate",
        moments.date_in_words(meeting.starts_at, meeting),
        date=began_at.date().isoformat(),
    )


class Writer:
    """Writes what was heard at a `meeting` into the body of a debate, and whom it names into the `references`."""

    def __init__(self, meeting: Meeting, references: References, texts: dict[int, list[Statement]], *, for_staff: bool):
        self.meeting, self.references, self.texts, self.for_staff = meeting, references, texts, for_staff

    def write(self, body: ET.Element, found: list[Heard]) -> None:
        """A section for each sitting in which something was heard, in it one for each line of the programme.

        Last the written statements.
        """
        begun = lines.beginnings(self.meeting, found) if found else []
        for number, (title, from_at, those) in enumerate(self._by_sitting(found), start=1):
            section = _section(body, "sitting", title, f"debateSection_{number}")
            parts = lines.divided(those, begun, from_at=from_at)
            for part, (line, heard_then) in enumerate(parts, start=1):
                eid = f"debateSection_{number}__debateSection_{part}"
                self._all(_section(section, "programme", line, eid) if line else section, heard_then)
        if not found:
            section = add(body, "debateSection", name="sitting", eId="debateSection_1")
            add(section, "narrative", _("No statement has been delivered."))
        self._in_lieu(body)

    def _by_sitting(self, found: list[Heard]) -> Iterable[tuple[str, datetime, list[Heard]]]:
        """What was `found` by the name and begin of its sitting; before the first and after the last, of the nearest.

        Of sittings held at once, it is that of the list heard then (R-62). A clock that was stopped by a suspension is
        left out: the suspension itself is there.
        """
        held = sittings.of_each(
            self.meeting, [(each.starts_at, each.turn.speakers_list if each.turn else None) for each in found]
        )
        kept = [
            (sitting or self.meeting, each)
            for sitting, each in zip(held, found, strict=True)
            if each.rank != heard.INTERRUPTION or each.ground != Interruption.Ground.SUSPENSION
        ]
        by_sitting = [
            (sitting, [each for other, each in kept if other == sitting])
            for sitting in self.meeting.hours or [self.meeting]
        ]
        return [(str(sitting), sitting.starts_at, those) for sitting, those in by_sitting if those]

    def _all(self, section, those):
        eid = section.get("eId")
        for place, each in enumerate(those, start=1):
            self._one(section, each, f"{eid}__{{}}_{place}")

    def _one(self, section, each, eid):
        if each.turn:
            return self._speech(section, each, eid.format("speech"))
        if each.kind == Interruption.Ground.POINT_OF_ORDER:
            return self._point_of_order(section, each, eid.format("pointOfOrder"))
        is_suspension = each.ground == Interruption.Ground.SUSPENSION
        words = _("The sitting was suspended.") if is_suspension else _("The clock was stopped.")
        scene = add(section, "scene", f"{words} ", eId=eid.format("scene"))
        for moment, gap in ((each.starts_at, " – "), (each.ends_at, "")):
            time = _iso(moment, self.meeting)
            add(scene, "recordedTime", moments.seconds_in_words(moment, self.meeting), time=time).tail = gap

    def _speech(self, parent, each, eid):
        turn = each.turn
        speaker, title = each.speaker(for_staff=self.for_staff)
        organization = self.references.organization(turn.of.code, str(turn.of)) if turn.of else ""
        by = self.references.person(turn.identity, speaker) if speaker else organization
        role = self.references.role(turn.kind, each.capacity or turn.kind_in_words)
        speech = self._begun(parent, each, eid, by=by or "#secretariat", role=role)
        add(speech, "num", str(each.number))
        add(speech, "from", _announced(turn, speaker, title))
        self._link(speech, self.texts.get(turn.inscription_id, []), eid)

    def _begun(self, parent, each, eid, *, by, role):
        times = {"startTime": _iso(each.starts_at, self.meeting), "endTime": _iso(each.ends_at, self.meeting)}
        return add(parent, "speech", eId=eid, by=by, **{"as": role}, **times)

    def _point_of_order(self, section, each, eid):
        point = add(section, "pointOfOrder", eId=eid)
        add(point, "heading", _("Point of order"))
        code, name = each.raised_by_code, each.raised_by
        by = self.references.organization(code or name, name) if name else "#secretariat"
        role = self.references.role(each.kind, each.kind_in_words)
        speech = self._begun(point, each, f"{eid}__speech_1", by=by, role=role)
        add(speech, "from", name or _("Not recorded"))
        add(add(speech, "p"), "remark", _("The point of order interrupted the statement before it."))

    def _in_lieu(self, body):
        """The written statements in lieu of delivery, under that label.  R-40"""
        written = [texts for texts in self.texts.values() if texts[0].inscription.turn.state in handing_in.IN_LIEU]
        if not written:
            return
        section = add(body, "writtenStatements", eId="writtenStatements_1")
        add(section, "heading", _("Written statements in lieu of delivery"))
        role = self.references.role(Statement.Kind.IN_LIEU, str(Statement.Kind.IN_LIEU.label))
        for number, texts in enumerate(written, start=1):
            entry = texts[0].inscription
            by = self.references.organization(entry.delegation.code, str(entry.delegation))
            eid = f"writtenStatements_1__speech_{number}"
            speech = add(section, "speech", eId=eid, by=by, **{"as": role})
            add(speech, "from", _announced(entry.turn, "", ""))
            self._link(speech, texts, eid)

    def _link(self, speech, texts, eid):
        """A paragraph with a link to each of the `texts`, or a remark that there is none."""
        for number, each in enumerate(texts, start=1):
            address = settings.SITE_URL + reverse("floor:download", args=[self.meeting.slug, each.public_id])
            words = _("Text of the statement: %(language)s") % {"language": each.get_language_display()}
            add(add(speech, "p"), "ref", words, href=address, eId=f"{eid}__ref_{number}")
        if not texts:
            add(add(speech, "p"), "remark", _("No text is public."))


def _section(parent, name, heading, eid):
    section = add(parent, "debateSection", name=name, eId=eid)
    add(section, "heading", heading)
    return section


def _announced(turn: Any, speaker: str, title: str) -> str:
    """Who takes the floor, as a line of the record: for whom, on behalf of which group, and the person if named."""
    words = turn.name
    if turn.group:
        words = _("%(name)s, on behalf of %(group)s") % {"name": words, "group": turn.group}
    return named(words, in_a_row(each for each in (speaker, title) if each and each != turn.name))


def _local(moment: datetime, meeting: Meeting) -> datetime:
    return moment.astimezone(meeting.zone)


def _iso(moment: datetime, meeting: Meeting) -> str:
    return _local(moment, meeting).isoformat()
