"""Reading a meeting with its sittings and its programme, in few statements, for pages and for programs."""

from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import Http404

import clock
from dialogue import versions
from dialogue.models import Meeting, ProgrammeSlot, ProgrammeVersion, Sitting


def published_or_404(slug: str) -> tuple[Meeting, datetime]:
    """The published meeting at `slug` with its `hours`, and the real moment, in one statement.  R-03

    Raises `Http404`.
    """
    rows, at = clock.read_with(with_sittings(Meeting.objects.published().filter(slug=slug)))
    if not rows:
        raise Http404
    meeting = rows[0]
    meeting.hours = sittings_in(rows, meeting)
    return meeting, at


def with_sittings(found: Any, path: str = "") -> Any:
    """The QuerySet `found`, of one meeting (at the end of the lookup `path`), with a row for each of its sittings.

    In the order of the sittings; see `sittings_in`.
    """
    columns = {"sitting_pk": "pk", "sitting_part": "part", "from_at": "starts_at", "to_at": "ends_at"}
    columns |= {"signed_in": "sign_language", "captioned_in": "captions"}
    sittings = {name: F(f"{path}sittings__{column}") for name, column in columns.items()}
    return found.annotate(**sittings).order_by("from_at")


def sittings_in(rows: list[Any], meeting: Meeting) -> list[Sitting]:
    """The sittings of `meeting` in the `rows` that were read `with_sittings`."""
    return [
        Sitting(
            pk=row.sitting_pk,
            meeting=meeting,
            part=row.sitting_part,
            starts_at=row.from_at,
            ends_at=row.to_at,
            sign_language=row.signed_in,
            captions=row.captioned_in,
        )
        for row in rows
        if row.from_at
    ]


def released_or_404(
    slug: str,
) -> tuple[Meeting, ProgrammeVersion | None, list[Sitting], list[ProgrammeSlot] | list[versions.PrintedSlot]]:
    """The published meeting at `slug`, its newest released version, and the sittings and slots it prints.  R-31

    If none was released (version None), the programme as it was loaded (up to four statements). Raises `Http404`.
    """
    meeting, _at = published_or_404(slug)
    return meeting, *released(meeting)


def released(
    meeting: Meeting,
) -> tuple[ProgrammeVersion | None, list[Sitting], list[ProgrammeSlot] | list[versions.PrintedSlot]]:
    """The newest released version of the programme of `meeting`, and the sittings and slots it prints.  R-31"""
    version = meeting.versions.order_by("-number").first()
    if version is None:
        return None, meeting.hours, slots_of(meeting)
    return version, versions.sittings_of(version, meeting), versions.slots_of(version)


def slots_of(meeting: Meeting) -> list[ProgrammeSlot]:
    """The programme of `meeting` in order, each slot with its persons (two statements)."""
    return list(meeting.slots.prefetch_related("persons"))


def as_json(
    meeting: Meeting, sittings: list[Sitting], slots: list[Any], version: ProgrammeVersion | None = None
) -> dict[str, Any]:
    """The programme as programs read it; moments are ISO 8601 with the offset of the meeting's zone.

    It names the `version` once one is released.  R-31
    """

    def local(at):
        return at.astimezone(meeting.zone).isoformat() if at else None

    released = version and {"number": version.number, "label": str(version.label), "sha256": version.sha256}
    return ({"version": released} if released else {}) | {
        "slug": meeting.slug,
        "title": str(meeting.title),
        "time_zone": meeting.time_zone,
        "venue": str(meeting.venue),
        "sittings": [_sitting_as_json(each, local) for each in sittings],
        "slots": [
            {
                "starts_at": local(slot.starts_at),
                "kind": slot.kind,
                "title": str(slot.title),
                **({"ends_at": local(slot.ends_at)} if slot.ends_at else {}),
                **({"place": str(slot.place)} if str(slot.place) else {}),
                "persons": [
                    {"name": person.name, "role": str(person.role), "by_video": person.by_video}
                    for person in slot.persons.all()
                ],
            }
            for slot in slots
        ],
    }


def _sitting_as_json(sitting, local):
    provided = {"sign_language": str(sitting.sign_language), "captions": str(sitting.captions)}
    return {
        "starts_at": local(sitting.starts_at),
        "ends_at": local(sitting.ends_at),
        **{name: text for name, text in provided.items() if text},
    }
