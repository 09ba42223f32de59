"""Changing the speaker or the level of an entry.  R-05 R-14 R-23 R-24 R-68"""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from acts.locking import locked
from acts.refusals import Refusal
from journal.actors import Actor
from speakers import numbering, records
from speakers.entries import calling, civil_society, extensions, inscribing
from speakers.mail import notices
from speakers.models import Inscription, Level, SpeakersList
from speakers.moves import pinning, previewing, swapping
from speakers.order import policies

# Why a swap ends of itself.
OF_A_CHANGED_LEVEL = gettext_noop("One of the two delegations has changed its level.")


class ChangeRefused(Refusal):
    """The entry cannot be changed in this way; the message says why."""


def change_speaker(
    inscription: Inscription, *, prefix: str, name: str, title: str, by: Actor, at: datetime
) -> Inscription:
    """Change who speaks; the place stays. An empty `name` means “to be confirmed”. Possible until called.

    R-24 R-05. Closing does not end it. `at` is the meeting's moment. Journals and acknowledges. Raises `ChangeRefused`
    for an ended entry.
    """
    with locked(inscription.speakers_list) as speakers_list:
        entry = active_entry(inscription, speakers_list, by)
        before = records.facts(entry)
        entry.speaker_prefix, entry.speaker_name, entry.speaker_title = prefix, name, title
        if records.facts(entry) == before:
            return entry
        entry.save(update_fields=["speaker_prefix", "speaker_name", "speaker_title"])
        witness = records.record_change("speaker changed", entry, before=before, by=by, at=at)
        notices.confirm_change(entry, witness=witness)
        return entry


def change_level(
    inscription: Inscription, *, level: Level, title: str, seen: str | None = None, by: Actor, at: datetime
) -> Inscription:
    """Change the level: in a new class, up or down, the entry joins the end; within its class it keeps its place.

    R-23. Where the order of receipt alone decides, there is no class to join; a late entry stays where it is, at the
    end of its band (R-27). After closing, an upgrade is refused (R-05). Into a new class it moves for good, so a page
    says what it has `seen` of the places; see `acts.foreseeing` (R-68). `at` is the meeting's moment. Journals and
    acknowledges. Raises `ChangeRefused`; if it asks for the confirmation, its `details` say from where to where.
    """
    with locked(inscription.speakers_list) as speakers_list:
        entry = active_entry(inscription, speakers_list, by)
        if level.code != entry.level.code and (words := speakers_list.objection_to_level(level)):
            raise ChangeRefused(words, "level")
        is_upgrade = entry.class_with(level) < entry.precedence_class
        if is_upgrade and not extensions.accepts(speakers_list, entry.delegation, at):
            raise ChangeRefused(inscribing.why_closed(speakers_list, at), "level")
        before = records.facts(entry)
        former, own_class = entry.level, policies.own_class(entry)
        entry.take_level(level)
        entry.speaker_title = title
        has_classes = policies.policy_named(speakers_list.policy).has_classes
        changes_class = has_classes and policies.own_class(entry) != own_class
        if records.facts(entry) == before:
            return entry
        seen = seen if changes_class else None
        with previewing.confirmed(entry, seen, consequences=_of_level(former), refused=ChangeRefused):
            if changes_class:
                numbering.move_to_end_of_class(entry, speakers_list)
                pinning.let_go(entry, speakers_list, may_stay=True, by=by, at=at)
            entry.save(update_fields=["level", "level_label", "precedence_class", "speaker_title", *numbering.TURN])
        witness = records.record_change("level changed", entry, before=before, by=by, at=at)
        if level.code != before["level"]:
            swapping.end_open(speakers_list, of=entry, why=OF_A_CHANGED_LEVEL, by=by, at=at)
        notices.confirm_change(entry, witness=witness)
        return entry


def _of_level(former):
    """What a change of class means, for an entry whose level was `former`.  R-68"""
    words = _(
        "This cannot be taken back: with the level “%(level)s” again, it would stand after all others of that class."
    )
    return [_("It joins the end of the class of its new level."), words % {"level": former}]


def active_entry(inscription: Inscription, speakers_list: SpeakersList, by: Actor) -> Inscription:
    """The entry as it is now, on the locked `speakers_list`; refused if it has ended, or if `by` may not change it."""
    entry = Inscription.objects.select_related("delegation", "level", "pinned_before").get(pk=inscription.pk)
    entry.speakers_list = speakers_list
    if not entry.is_active:
        words = _("This entry is %(state)s and cannot be changed.")
        raise ChangeRefused(words % {"state": entry.get_state_display()})
    if entry.is_called:
        raise ChangeRefused(calling.why_not_any_more())
    if words := civil_society.objection_to_change(entry, by):
        raise ChangeRefused(words)
    return entry
