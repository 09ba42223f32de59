"""What the journal says about a meeting's list, in sentences for staff.  R-58"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db.models import Q, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from i18nfield.strings import LazyI18nString

from dialogue import moments
from dialogue.models import Meeting
from journal import act_words
from journal.models import Entry, Payload
from journal.position import payload_of
from speakers.models import Inscription, Interest, Joining, LateRequest, SwapProposal
from speakers.models.filing import Filing

PREFIX, LATE, JOINING = "inscription/", "late-request/", "joining/"
# A turn in the room, and the text of a statement, have the key of the entry they belong to.
TURN = "turn/"
# What is done in the room with an entry, which is recorded of its turn too, in the same transaction.
OF_BOTH = ("called", "call taken back", "absence taken back")
TOLD_OF_THE_TURN = Q(subject__startswith=PREFIX, act__in=OF_BOTH)


def once(entries: Iterable[Entry]) -> list[Entry]:
    """The journal's `entries` as they are read: what is recorded of an entry and of its turn, of the turn alone."""
    return [each for each in entries if each.act not in OF_BOTH or not each.subject.startswith(PREFIX)]


def sentences(entries: list[Entry], meeting: Meeting, names: dict[str, str] | None = None) -> list[str]:
    """Each of the journal's `entries` of `meeting` as one sentence: when, who, what, why.

    `names` maps subjects to entries of the list, as `names_of` returns them; fetched if missing (one statement).
    """
    names = names_of_subjects(entries) if names is None else names
    return [_sentence(entry, meeting, names) for entry in entries]


def names_of(inscriptions: Iterable[Inscription]) -> dict[str, str]:
    """The name of each inscription, by the subject the journal knows it under."""
    return {f"{PREFIX}{inscription.public_id}": named(inscription) for inscription in inscriptions}


def named(inscription: Filing) -> str:
    """The delegation, and the group if it speaks for one."""
    if inscription.group_name:
        return f"{inscription.delegation} · {inscription.group_name}"
    return str(inscription.delegation)


def names_of_subjects(entries: list[Entry]) -> dict[str, str]:
    """The names of all inscriptions and late requests that the `entries` are about or mention (two statements).

    And, with a third, of the delegations that are asked to join statements, under the subjects of that.
    """
    mentioned = {_subject(entry) for entry in entries} | {subject for entry in entries for subject in _others(entry)}
    found = names_of(_under(PREFIX, mentioned, Inscription))
    found |= {f"{LATE}{request.public_id}": named(request) for request in _under(LATE, mentioned, LateRequest)}
    return found | {f"{JOINING}{each.public_id}": str(each.delegation) for each in _under(JOINING, mentioned, Joining)}


def why(payload: Payload) -> str:
    """The reason of an act as it was typed or, if the site gave it, in the language of the reader; empty if none.

    That of a pause of the clock says who raised it.  R-39
    """
    reason = _(payload.reason) if payload.reason else ""
    raised_by = (payload.after or {}).get("raised_by")
    return _("%(ground)s: %(name)s") % {"ground": reason, "name": LazyI18nString(raised_by)} if raised_by else reason


def told(entry: Entry, names: dict[str, str]) -> str:
    """What one `entry` of the journal records, as a sentence without a full stop."""
    payload = payload_of(entry)
    said = (payload.after or {}) if payload else {}
    others = [names.get(subject, _("an unknown entry")) for subject in _others(entry)] or [_("an unknown entry")]
    about = names.get(_subject(entry)) or said.get("name") or _row_in_words(entry.subject)
    if entry.subject.startswith("swap/") and len(others) == 2:
        about = others.pop(0)
    if entry.subject.startswith("joining/"):
        about, others = others[0], [names.get(entry.subject) or said.get("name") or _("an unknown entry")]
    return act_words.sentence(entry.act, entry=about, other=others[0])


def subjects_of(delegation: Any) -> set[str]:
    """All subjects of the journal that are the `delegation`'s own, on any list (one statement)."""
    of_both = Q(proposer__delegation=delegation) | Q(partner__delegation=delegation)
    of_a_joint = Q(inscription__delegation=delegation) | Q(delegation=delegation)
    own = [
        ("inscription", Inscription.objects.filter(delegation=delegation)),
        ("turn", Inscription.objects.filter(delegation=delegation)),
        ("late-request", LateRequest.objects.filter(delegation=delegation)),
        ("interest", Interest.objects.filter(delegation=delegation)),
        ("swap", SwapProposal.objects.filter(of_both)),
        ("joining", Joining.objects.filter(of_a_joint)),
    ]
    first, *others = (rows.order_by().values_list(Value(name), "public_id") for name, rows in own)
    return {f"{name}/{key}" for name, key in first.union(*others)} | {f"extension/{delegation.code}"}


def _subject(entry):
    """What `entry` is about: a turn in the room by the entry of the list that it belongs to, if there is one."""
    is_turn = entry.subject.startswith(TURN)
    return PREFIX + entry.subject.removeprefix(TURN) if is_turn else entry.subject


def _row_in_words(subject):
    """A row that staff changed, by what it is and its number; or the key of the `subject`, or all of it."""
    kind, _slash, key = subject.partition("/")
    if (model := _models().get(kind)) and key.isdigit():
        return _("%(kind)s no. %(key)s") % {"kind": capfirst(model._meta.verbose_name), "key": key}
    return key or subject


@cache
def _models():
    return {model._meta.model_name: model for model in apps.get_models()}


def _under(prefix, mentioned, model):
    """The rows of `model` that are `mentioned` by subjects with that `prefix`; no statement if there are none."""
    keys = [subject.removeprefix(prefix) for subject in mentioned if subject.startswith(prefix)]
    return model.objects.filter(public_id__in=keys).select_related("delegation") if keys else []


def _sentence(entry, meeting, names):
    payload = payload_of(entry)
    facts = {
        "time": moments.clock_in_words(entry.at, meeting),
        "who": payload.actor_name if payload else _("erased"),
        "what": told(entry, names),
        "why": why(payload) if payload else "",
    }
    if facts["why"]:
        return _("%(time)s, %(who)s: %(what)s. Reason: %(why)s") % facts
    return _("%(time)s, %(who)s: %(what)s.") % facts


def _others(entry):
    """The other subjects an act names: the entry before which it placed its own, both sides of a swap, a joint one."""
    payload = payload_of(entry)
    said = (payload.after or {}) if payload else {}
    if entry.subject.startswith("swap/"):
        return [said[side] for side in ("proposer", "partner") if side in said]
    if entry.subject.startswith("joining/"):
        return [said["entry"]] if "entry" in said else []
    return [f"{PREFIX}{said['pinned_before']}"] if said.get("pinned_before") else []
