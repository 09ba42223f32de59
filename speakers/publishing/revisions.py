"""Freezing the list as an immutable, hashed revision, and publishing one.  R-28 R-29"""

import hashlib
from datetime import datetime
from typing import Any, cast

from django.conf import settings
from django.db.models import Max, Q
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from acts.locking import locked
from acts.refusals import Refusal
from dialogue import moments
from journal import canonical, frozen, recording
from journal.actors import Actor
from journal.models import Entry
from speakers.forecast.list_forecast import ListForecast
from speakers.models import Revision, SpeakersList
from speakers.order import precedence
from speakers.publishing import division

# The names of the formats, described by `docs/schema/list-1.json` and `list-2.json`: a list that is divided by sitting
# has the second one. Incompatible changes get a new number.
FORMAT, BY_SITTING = "list-of-speakers/1", "list-of-speakers/2"
LONGEST_COMMENT = 1000
# The act that freezes a revision. Its subject holds number and hash, which are hashed with it and never erased.
FROZEN = "frozen"


class PublicationRefused(Refusal):
    """The list cannot be published; the message says why."""


def public_rows(
    places: list[precedence.Place], *, shows_names: bool = False, of_rows: dict[int, dict[str, str]] | None = None
) -> list[dict[str, Any]]:
    """What the public may see of `places`, as a list of dictionaries: never contacts or notes.  R-29

    Each row: place, delegation (short name) and its code, capacity, group, band (code), level (label), receipt_no;
    with `shows_names` also the speaker as announced, empty if to be confirmed; of a joint statement also whom it is
    `joined` by, in order, and of a recorded video that it is `by_video` and, with `shows_names`, who presents it; and
    what `of_rows` has by the key of its entry (see `division.py`). Names are in the active language.
    """
    rows = []
    for place in places:
        entry = place.inscription
        row = {
            "place": place.number,
            "delegation": str(entry.delegation),
            "delegation_code": entry.delegation_code,
            "capacity": str(entry.capacity),
            "group": entry.group_name,
            "band": str(place.band),
            "level": str(entry.level),
            "receipt_no": entry.receipt_no,
        }
        if shows_names:
            row["speaker"] = f"{entry.speaker_prefix} {entry.speaker_name}".strip() if entry.speaker_name else ""
        if entry.joined:
            row["joined"] = list(entry.joined)
        if entry.is_by_video:
            row |= {"by_video": True, **({"presented_by": entry.presenter} if shows_names and entry.presenter else {})}
        rows.append(row | (of_rows or {}).get(entry.pk, {}))
    return rows


def public_content(
    speakers_list: SpeakersList,
    places: list[precedence.Place],
    *,
    at: datetime,
    as_at: datetime | str,
    ahead: ListForecast | None = None,
) -> dict[str, Any]:
    """What a document of the list with these `places` says at its meeting's moment `at`, in the active language.

    Its readers are told that it is true `as_at`. The forecast `ahead` is worked out if it is not at hand.
    """
    divided = division.of(speakers_list, places, at=at, ahead=ahead)
    shows_names = speakers_list.shows_speaker_names
    return {
        "format": BY_SITTING if divided.sittings else FORMAT,
        "meeting": speakers_list.meeting.slug,
        **({"list": speakers_list.slug} if speakers_list.slug else {}),
        "as_at": as_at,
        "policy": speakers_list.policy,
        **({"sittings": divided.sittings} if divided.sittings else {}),
        "speakers": public_rows(places, shows_names=shows_names, of_rows=divided.of_rows),
    }


def publish(
    speakers_list: SpeakersList, *, by: Actor, at: datetime, as_at: datetime | None = None, comment: str = ""
) -> Revision:
    """Publish `speakers_list` as its next revision, as at `as_at`, with a `comment` for its readers.  R-28

    Both moments are the meeting's own (see `Meeting.moment`): `at` is now; `as_at` is the moment the list is said
    to show, now if it is None. Raises `PublicationRefused`, storing nothing, if there is an `objection`. Journals.
    Returns the `Revision`.
    """
    with locked(speakers_list) as speakers_list:
        if refused := objection(speakers_list, as_at=as_at, comment=comment, at=at):
            raise refused
        kind = Revision.Kind.PUBLISHED
        return freeze(speakers_list, kind=kind, as_at=as_at or at, comment=comment.strip(), by=by, at=at)


def objection(
    speakers_list: SpeakersList, *, as_at: datetime | None, comment: str, at: datetime
) -> PublicationRefused | None:
    """Why `speakers_list` cannot be published as at `as_at` with `comment`, as a `PublicationRefused`, or None.

    A list is true as at a moment only if it has not changed since.
    """
    if len(comment.strip()) > LONGEST_COMMENT:
        words = ngettext(
            "Please write at most %(count)d character.", "Please write at most %(count)d characters.", LONGEST_COMMENT
        )
        return PublicationRefused(words % {"count": LONGEST_COMMENT}, field="comment")
    if as_at is None:
        return None
    if as_at > at:
        return PublicationRefused(_("That moment has not come yet."), field="as_at")
    changed_at = last_changed_at(speakers_list)
    if changed_at and as_at < changed_at:
        words = _("The list was last changed on %(moment)s. It cannot be published as at an earlier moment.")
        return PublicationRefused(
            words % {"moment": moments.stamp_in_words(changed_at, speakers_list.meeting)}, field="as_at"
        )
    return None


def last_changed_at(speakers_list: SpeakersList) -> datetime | None:
    """When anything `speakers_list` may show was last changed, by the meeting's clock; None if it never was.

    Taken from the journal: every act on the meeting and its entries, and changes of delegations and levels.
    """
    on_the_list = Q(stream=speakers_list.journal_stream) & ~Q(subject__startswith="revision/")
    names = Q(subject__startswith="delegation/") | Q(subject__startswith="level/")
    own = Entry.objects.filter(on_the_list).aggregate(last=Max("at"))["last"]
    shared = Entry.objects.filter(names).aggregate(last=Max("at"))["last"]
    found = [own, speakers_list.meeting.moment(shared) if shared else None]
    return max(filter(None, found), default=None)


def rows_to_freeze(speakers_list: SpeakersList, *, at: datetime) -> list[dict[str, Any]]:
    """The public rows of `speakers_list` as a revision would hold them at `at`, in the language of the site."""
    return cast(list[dict[str, Any]], _to_freeze(speakers_list, at)["speakers"])


def _to_freeze(speakers_list, at):
    with translation.override(settings.LANGUAGE_CODE):
        return public_content(speakers_list, precedence.public_order(speakers_list), at=at, as_at=at)


def is_unchanged(speakers_list: SpeakersList, *, at: datetime) -> bool:
    """Would a revision of `speakers_list` published at `at` show the same rows as the last one?"""
    last = _last(speakers_list)
    return last is not None and last.rows == canonical.plain(rows_to_freeze(speakers_list, at=at))


def next_number(speakers_list: SpeakersList) -> int:
    """The number of the revision that is frozen next."""
    return _after(_last(speakers_list))


def freeze(
    speakers_list: SpeakersList,
    *,
    kind: Revision.Kind,
    as_at: datetime,
    by: Actor,
    comment: str = "",
    at: datetime | None = None,
) -> Revision:
    """Freeze the locked `speakers_list` as its next revision, as at the meeting's moment `as_at`.  R-28

    The hash covers the canonical JSON (sorted keys, no spaces, UTF-8), which holds the previous revision's hash; its
    words are in the language of the site. Journals at the meeting's moment `at`, or `as_at` if none is given; the act
    comes first and names the revision by its hash, without which the database refuses the revision (R-77).
    Returns the `Revision`.
    """
    last = _last(speakers_list)
    number = _after(last)
    facts = {
        "number": number,
        "kind": kind,
        "comment": canonical.text(comment),
        "previous_sha256": last.sha256 if last else "",
    }
    text = canonical.canonical(_content(speakers_list, as_at, facts)).decode()
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    recording.record(
        FROZEN,
        stream=speakers_list.journal_stream,
        subject=frozen.subject("revision", number, sha256),
        by=by,
        at=at or as_at,
        after={"number": facts["number"], "kind": kind, "sha256": sha256},
        reason=comment,
    )
    return Revision.objects.create(speakers_list=speakers_list, as_at=as_at, content=text, sha256=sha256, **facts)


def _last(speakers_list):
    return speakers_list.revisions.order_by("-number").first()


def _after(last):
    return last.number + 1 if last else 1


def _content(speakers_list, as_at, facts):
    """Everything that is hashed, as plain data; `facts` are those of the revision."""
    return canonical.plain({**_to_freeze(speakers_list, as_at), "provisional": False, **facts})
