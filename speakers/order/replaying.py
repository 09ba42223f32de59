"""The list rebuilt from the journal alone, and compared with the stored one.  R-58

Every act on an entry is journalled with what it changed (`records.py`), and so are the terms of the list when it opens
and whenever they change (R-61): the facts of each entry, and with them the order, follow from the journal.
"""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from journal.canonical import plain
from journal.models import Entry, Payload
from speakers import records
from speakers.models import Delegation, Inscription, Level, SpeakersList
from speakers.order import precedence

# The acts that say what the terms of the list are.
OF_TERMS = ["terms fixed", "order changed", "group registered"]
# Facts of an entry that its order depends on, besides its delegation, its level and its pin.
DECIDES = ["capacity", "receipt_no", "class_seq", "class_move", "lot", "class_by_swap", "is_late", "is_pinned_last"]


class NotReplayable(Exception):
    """Something was erased (R-57), so the journal no longer holds the whole list; the message says what."""


def facts_of(speakers_list: SpeakersList) -> dict[str, dict[str, Any]]:
    """What the journal says about each entry of `speakers_list`, by its subject, in the order of receipt.

    Raises `NotReplayable`.
    """
    facts: dict[str, dict] = {}
    for entry in Entry.objects.of_stream(speakers_list.journal_stream).filter(subject__startswith="inscription/"):
        facts.setdefault(entry.subject, dict(records.LATER)).update(_payload(entry).after or {})
    return facts


def replay(speakers_list: SpeakersList) -> list[precedence.Place]:
    """The list of `speakers_list` rebuilt from the journal alone, as a list of `Place` in speaking order.

    The inscriptions are unsaved copies, identified by `receipt_no`. Raises `NotReplayable`.
    """
    facts = facts_of(speakers_list)
    standing = {subject: said for subject, said in facts.items() if said["state"] == Inscription.State.STANDING}
    receipts = {subject: said["receipt_no"] for subject, said in facts.items()}
    levels = Level.objects.in_bulk({said["level"] for said in standing.values()}, field_name="code")
    codes = {said["delegation"] for said in standing.values()}
    delegations = Delegation.objects.with_places().in_bulk(codes, field_name="code")
    entries = [_entry(said, speakers_list, delegations, levels, receipts) for said in standing.values()]
    return precedence.places(entries, _rules(speakers_list))


def differences(speakers_list: SpeakersList) -> list[str]:
    """Where the stored `speakers_list` differs from the one in the journal, as translated sentences.

    Empty if they agree. Raises `NotReplayable`.
    """
    speakers_list = SpeakersList.objects.with_places().get(pk=speakers_list.pk)
    told = facts_of(speakers_list)
    kept = {
        records.subject(entry): plain(records.facts(entry))
        for entry in speakers_list.inscriptions.select_related(
            "delegation", "level", "pinned_before", "swapped_by", "extension"
        )
    }
    return [
        *_differences_of_terms(speakers_list),
        *_differences_of_facts(told, kept),
        *_differences_of_interests(speakers_list),
        *_differences_of_order(speakers_list),
    ]


def _differences_of_terms(speakers_list):
    words = _("The terms of the list are not those in the journal: %(name)s is %(kept)s, and %(told)s in the journal.")
    kept = plain(records.terms(speakers_list))
    told = _terms_told(speakers_list)
    return [
        words % {"name": name, "kept": value, "told": told[name]}
        for name, value in kept.items()
        if told.get(name, value) != value
    ]


def _differences_of_facts(told, kept):
    words = _("Receipt %(number)s: %(name)s is %(kept)s on the list and %(told)s in the journal.")
    found = [_("%(subject)s is on the list and not in the journal.") % {"subject": name} for name in kept.keys() - told]
    found += [
        _("%(subject)s is in the journal and not on the list.") % {"subject": name} for name in told.keys() - kept
    ]
    for subject in told.keys() & kept.keys():
        for name, value in kept[subject].items():
            if value != told[subject].get(name, value if name in records.SINCE_0_9 else None):
                number = kept[subject]["receipt_no"]
                found.append(words % {"number": number, "name": name, "kept": value, "told": told[subject].get(name)})
    return sorted(found)


def _differences_of_interests(speakers_list):
    """Where the expressions of interest differ from what the journal says of them, on a list by selection."""
    told: dict[str, dict[str, Any]] = {}
    for entry in Entry.objects.of_stream(speakers_list.journal_stream).filter(subject__startswith="interest/"):
        told.setdefault(entry.subject, {}).update(_payload(entry).after or {})
    rows = speakers_list.interests.with_choices()
    kept = {records.subject_of_interest(each): plain(records.facts_of_interest(each)) for each in rows}
    words = _("%(subject)s is %(kept)s, and %(told)s in the journal.")
    return [
        words % {"subject": name, "kept": kept.get(name), "told": told.get(name)}
        for name in sorted(told.keys() | kept.keys())
        if kept.get(name) != {key: value for key, value in told.get(name, {}).items() if key != "name"}
    ]


def _differences_of_order(speakers_list):
    kept = [place.inscription.receipt_no for place in precedence.speaking_order(speakers_list)]
    told = [place.inscription.receipt_no for place in replay(speakers_list)]
    if kept == told:
        return []
    return [_("The order is %(kept)s; in the journal it is %(told)s.") % {"kept": kept, "told": told}]


def _rules(speakers_list):
    """The rules of `speakers_list` as the journal tells them; what it does not tell of an older list, as they are."""
    rules, told = precedence.Rules.of(speakers_list), _terms_told(speakers_list)
    return replace(rules, **{name: told[name] for name in ("policy", "level_before_band", "ranks") if name in told})


def _terms_told(speakers_list):
    """The terms as the journal tells them, the latest of each."""
    acts = Entry.objects.of_stream(speakers_list.journal_stream).filter(subject="list", act__in=OF_TERMS)
    told: dict[str, Any] = {}
    for act in acts:
        told |= _payload(act).after
    return told


def _entry(said, speakers_list, delegations, levels, receipts):
    """An unsaved `Inscription` with the facts the journal `said`; its receipt number serves as its key."""
    entry = Inscription(
        pk=said["receipt_no"],
        speakers_list=speakers_list,
        delegation=delegations[said["delegation"]],
        level=levels[said["level"]],
        **{name: said[name] for name in DECIDES},
    )
    if said["pinned_before"]:
        entry.pinned_before_id = receipts[f"inscription/{said['pinned_before']}"]
    if said.keys() >= records.SINCE_0_9:
        entry.place_band, entry.precedence_class = said["place_band"], said["precedence_class"]
    else:  # when an entry followed its delegation and its level
        entry.take_place(entry.delegation.place_on_list(speakers_list))
        entry.take_level(entry.level)
    return entry


def _payload(entry):
    try:
        return entry.payload
    except Payload.DoesNotExist:
        words = _("The content of entry %(number)d of the journal was erased, so the list cannot be rebuilt from it.")
        raise NotReplayable(words % {"number": entry.sequence}) from None
