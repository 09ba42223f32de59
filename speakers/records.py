"""How acts on the list are written into the journal.  R-58"""

from datetime import datetime
from typing import Any

from journal import recording
from journal.actors import Actor
from journal.models import Entry

KEPT = [
    "capacity",
    "group_name",
    "group_size",
    "group_members",
    "speaker_prefix",
    "speaker_name",
    "speaker_title",
    "language",
    "other_language",
    "preferred_sitting",
    "contact_name",
    "contact_email",
    "copies",
    "note",
    "state",
    "receipt_no",
    "arrived_at",
    "recorded_at",
    "place_band",
    "precedence_class",
    "class_seq",
    "class_move",
    "lot",
    "class_by_swap",
    "is_late",
    "called_at",
    "absent_at",
    "is_pinned_last",
    "pin_reason",
    "joined",
    "is_by_video",
    "video_link",
    "presenter_name",
    "presenter_title",
    "fixing_reason",
    "text_mark",
    "passage_language",
    "passage_page",
]
OF_INTEREST = [
    *("speaker_prefix", "speaker_name", "speaker_title", "language", "other_language"),
    *("contact_name", "contact_email", "copies", "note", "state", "expressed_at", "decided_at"),
]
# Facts that the journal says of entries since version 0.9; before, an entry followed its delegation and its level.
SINCE_0_9 = {"place_band", "precedence_class"}
# Facts missing from journal entries older than the facts themselves, with the values they had then.
LATER = {"is_pinned_last": False, "joined": [], "is_by_video": False, "fixed_sitting": None}
LATER |= dict.fromkeys(["video_link", "presenter_name", "presenter_title", "fixing_reason"], "")
LATER |= {"text_mark": "", "passage_language": "", "passage_page": None}


def subject(inscription: Any) -> str:
    """The name under which the journal knows an inscription."""
    return f"inscription/{inscription.public_id}"


def facts(inscription: Any) -> dict[str, Any]:
    """Everything recorded of `inscription`, as plain values from which the order of the list can be replayed."""
    return {
        "delegation": inscription.delegation.code,
        "level": inscription.level.code,
        "contact_telephone": str(inscription.contact_telephone or ""),
        "extended_until": inscription.extension.until if inscription.extension_id else None,
        "swapped_by": str(inscription.swapped_by.public_id) if inscription.swapped_by_id else None,
        "fixed_sitting": inscription.fixed_sitting_id,
        "pinned_before": str(inscription.pinned_before.public_id) if inscription.pinned_before else None,
        **{name: getattr(inscription, name) for name in KEPT},
    }


def subject_of_interest(interest: Any) -> str:
    """The name under which the journal knows an expression of interest."""
    return f"interest/{interest.public_id}"


def facts_of_interest(interest: Any) -> dict[str, Any]:
    """Everything recorded of `interest`, as plain values; lists by their short names, the main one by an empty one."""
    return {
        "delegation": interest.delegation.code,
        "level": interest.level.code,
        "contact_telephone": str(interest.contact_telephone or ""),
        "second_choice": interest.second_choice.slug if interest.second_choice else None,
        "entry": subject(interest.inscription) if interest.inscription else None,
        **{name: getattr(interest, name) for name in OF_INTEREST},
    }


def record_interest(
    act: str, interest: Any, *, by: Actor, at: datetime, before: dict[str, Any] | None = None, reason: str = ""
) -> Entry:
    """Journal `act` on `interest`, on the chain of its first choice; with its facts `before`, what changed alone."""
    after = facts_of_interest(interest)
    changed = [name for name in after if before is None or after[name] != before[name]]
    return recording.record(
        act,
        stream=interest.speakers_list.journal_stream,
        subject=subject_of_interest(interest),
        by=by,
        at=at,
        before=None if before is None else {name: before[name] for name in changed},
        after={name: after[name] for name in changed} | {"name": interest.delegation},
        reason=reason,
    )


def terms(speakers_list: Any) -> dict[str, Any]:
    """The terms of `speakers_list`, as plain values: what is fixed when it opens.  R-61 R-62 R-63

    Who may inscribe, or how many seats are given by selection, in which sittings it is heard, and what decides the
    order. The class of each level, the band of
    each delegation, and who may speak for each group by default are among them once they are fixed.
    """
    levels, places, groups = speakers_list.levels, speakers_list.places, speakers_list.groups
    return {
        "open_to": str(speakers_list.open_to),
        "heard_in": list(speakers_list.heard_in),
        "policy": str(speakers_list.policy),
        "level_before_band": speakers_list.level_before_band,
        "closes_when_announced": speakers_list.closes_when_announced,
        "seats_by_selection": speakers_list.seats_by_selection,
        "ranks": dict(speakers_list.ranks),
        "levels": None if levels is None else {each["code"]: each["precedence_class"] for each in levels},
        "places": None if places is None else {code: place["band"] for code, place in places.items() if place},
        "groups": None if groups is None else {each["short_name"]: each["spoken_for_by"] for each in groups},
    }


def record_change(
    act: str,
    inscription: Any,
    *,
    before: dict[str, Any],
    always: str = "",
    by: Actor,
    at: datetime,
    reason: str = "",
) -> Entry:
    """Journal `act` on an `inscription` whose `facts` were `before`; changes alone are written, and the fact `always`.

    Returns the entry.
    """
    after = facts(inscription)
    changed = [name for name in after if after[name] != before[name] or name == always]
    return recording.record(
        act,
        stream=inscription.speakers_list.journal_stream,
        subject=subject(inscription),
        by=by,
        at=at,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        reason=reason,
    )
