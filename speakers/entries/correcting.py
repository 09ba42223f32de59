"""Correcting what is recorded of an entry and moves it nowhere: contact, copies, language, note, group.  R-67"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from copy import copy
from datetime import datetime
from typing import Any, cast

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from acts.locking import locked
from dialogue.models import Meeting
from journal.actors import STAFF, Actor
from journal.canonical import plain
from speakers import records
from speakers.entries import changing, inscribing
from speakers.entries.changing import ChangeRefused
from speakers.mail import notices
from speakers.models import Inscription
from speakers.models.filing import preference_in_words

# What the delegation itself corrects, and what staff alone do.
OF_THE_CONTACT = ("contact_name", "contact_email", "contact_telephone", "copies", "note")
OF_THE_STATEMENT = ("language", "other_language", "preferred_sitting")
OF_THE_RECORDING = ("is_by_video", "video_link", "presenter_name", "presenter_title")
OF_THE_DELIVERY = ("text_mark", "passage_language", "passage_page")
OWN = (*OF_THE_CONTACT, *OF_THE_STATEMENT, *OF_THE_RECORDING, *OF_THE_DELIVERY)
OF_THE_GROUP = ("group_name", "group_size", "group_members")


def version(inscription: Inscription) -> str:
    """What may be corrected in `inscription`, as a short text that a page sends back as `seen`."""
    facts = {name: value for name, value in plain(records.facts(inscription)).items() if name in (*OWN, *OF_THE_GROUP)}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:32]


def correct(
    inscription: Inscription, facts: Mapping[str, Any], *, seen: str | None = None, by: Actor, at: datetime
) -> Inscription:
    """Correct the `facts` among `OWN`, for the delegation or for staff, until it is called; the place stays.  R-67 R-05

    A delegation makes its statement a recorded video only if its list takes them.

    `seen` is the `version` on the page of the person who corrects: if it is no longer the one recorded, and they would
    undo what another has corrected, they are asked first. `at` is the meeting's moment. Journals; mails the present
    addresses, those replaced, and the officer. Raises `ChangeRefused`.
    """
    with locked(inscription.speakers_list) as speakers_list:
        entry = changing.active_entry(inscription, speakers_list, by)
        wanted = {name: facts[name] for name in OWN if name in facts}
        if wanted.get("is_by_video") and not (entry.is_by_video or speakers_list.takes_videos or by.role == STAFF):
            words = _("This list takes no recorded statements. Please write to the secretariat.")
            raise ChangeRefused(words, "is_by_video")
        _refuse_passage(entry, wanted)
        return _correct(entry, "corrected", wanted, seen=seen, by=by, at=at)


def correct_group(
    inscription: Inscription,
    facts: Mapping[str, Any],
    *,
    reason: str,
    seen: str | None = None,
    by: Actor,
    at: datetime,
) -> Inscription:
    """Correct the name, size and members of the group, `OF_THE_GROUP`, for staff with a mandatory `reason`.  R-67 R-12

    The place stays. No two entries may stand for one group, and none for one that is not on the register (R-66); an
    entry that waits goes on waiting. `seen`, `at` and the rest as for `correct`.
    """
    if by.role != STAFF:
        raise ChangeRefused(_("Only the secretariat corrects the group. Please write to it."))
    if not reason.strip():
        raise ChangeRefused(_("Give the reason: it is kept in the journal."), "reason")

    with locked(inscription.speakers_list) as speakers_list:
        entry = changing.active_entry(inscription, speakers_list, by)
        if entry.capacity != Inscription.Capacity.GROUP:
            raise ChangeRefused(_("This entry is not on behalf of a group."))
        named = _speaking_for(entry, facts["group_name"])
        entry.group_key = named.group_key
        wanted = {name: facts[name] for name in OF_THE_GROUP} | {"group_name": named.group_name}
        return _correct(entry, "group corrected", wanted, reason=reason.strip(), seen=seen, by=by, at=at)


def _speaking_for(entry, name):
    """A copy of the `entry` that speaks for the group called `name`. Raises `ChangeRefused`.  R-12 R-13 R-66"""
    copied = copy(entry)
    copied.group_name = name
    copied.take_group()
    if not copied.group_key:
        raise ChangeRefused(_("Write the name of the group."), "group_name")
    refusal = entry.is_standing and inscribing.objection_to_group(copied)
    if refusal := refusal or inscribing.objection_to_delegation(copied) or inscribing.objection_to_second_entry(copied):
        raise ChangeRefused(str(refusal), "group_name")
    return copied


def _refuse_passage(entry, wanted):
    """Raise `ChangeRefused` if the `entry` with what is `wanted` has a passage that is none, or its page alone.  R-73

    A passage in a language that is not one of the six differs from a delivery in another such language.
    """
    language, passage, page = (
        wanted.get(name, getattr(entry, name)) for name in ("language", "passage_language", "passage_page")
    )
    if passage and passage == language != Inscription.Language.OTHER:
        raise ChangeRefused(_("This is the language of delivery: choose another, or none."), "passage_language")
    if page is not None and not passage:
        raise ChangeRefused(_("Choose the language of the passage, too."), "passage_language")


def _correct(entry, act, wanted, *, seen, by, at, reason=""):
    """Store what is `wanted` and differs in the `entry` of a locked list, journal it as `act`, and tell."""
    before, former, recorded = records.facts(entry), notices.recipients(entry), version(entry)
    for name, value in wanted.items():
        setattr(entry, name, value)
    after = records.facts(entry)
    changed = [name for name in wanted if after[name] != before[name]]
    if not changed:
        return entry
    if seen not in (None, recorded):
        words = _("This entry was corrected since you opened the page. Read what is recorded now, and confirm yours.")
        details = _in_words(changed, before, entry.meeting)
        raise ChangeRefused(words, "seen", asks_twice=True, details=details, shown=recorded)
    entry.save(update_fields=[*changed, "group_key"])
    witness = records.record_change(act, entry, before=before, by=by, at=at, reason=reason)
    notices.confirm_correction(entry, former=former, witness=witness)
    return entry


def _in_words(names: Iterable[str], facts: Mapping[str, Any], meeting: Meeting) -> list[str]:
    """The `facts` of these `names`, each as a line that a person reads."""
    words = _("%(field)s: %(value)s")
    return [
        words % {"field": capfirst(_field(name).verbose_name), "value": _value(name, facts[name], meeting)}
        for name in names
    ]


def _field(name):
    return cast("models.Field[Any, Any]", Inscription._meta.get_field(name))


def _value(name, value, meeting):
    if name == "preferred_sitting":
        return preference_in_words(value, meeting, meeting.speakers_list.hours)
    if isinstance(value, list):
        value = ", ".join(value)
    if isinstance(value, bool):
        value = _("yes") if value else _("no")
    return dict(_field(name).flatchoices).get(value, value) or "–"
