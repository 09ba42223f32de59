"""The joint statements of a list against the acts by which they came about.  R-12 R-77

Subjects, acts and moments in the journal are never erased: for as long as its rows are kept, a joint statement is
compared with them; with whom and of whom, only until the payloads are gone (R-57).
"""

from collections import defaultdict
from itertools import pairwise

from django.utils.translation import gettext as _

from journal.models import Entry
from journal.position import payload_of
from speakers import records
from speakers.models import Joining, SpeakersList

State = Joining.State
# The state into which each act brings a joint statement.
STATES = {
    "asked to join": State.ASKED,
    "statement joined": State.JOINED,
    "joining declined": State.DECLINED,
    "joint statement left": State.LEFT,
    "name taken back": State.TAKEN_BACK,
    "joint statement ended": State.ENDED,
}


def problems(speakers_list: SpeakersList) -> list[str]:
    """Where the joint statements of `speakers_list` do not follow from the journal; empty if all do (2 statements)."""
    acts: dict[str, list[Entry]] = defaultdict(list)
    for act in Entry.objects.of_stream(speakers_list.journal_stream).filter(subject__startswith="joining/"):
        acts[act.subject].append(act)
    kept = {f"joining/{each.public_id}": each for each in speakers_list.joinings.with_sides()}
    added = _("%(joining)s is a joint statement that is not in the journal.")
    removed = _("%(joining)s is a joint statement in the journal, and there is none.")
    found = [added % {"joining": each} for subject, each in kept.items() if subject not in acts]
    found += [removed % {"joining": subject} for subject in acts if subject not in kept]
    for subject in acts.keys() & kept.keys():
        found += _differences(kept[subject], acts[subject])
    return sorted(found + _out_of_order([kept[subject] for subject in acts if subject in kept]))


def _differences(joining, acts):
    """Where the `joining` is not what its `acts`, of which there is one at least, made of it."""
    words = _("The joint statement of %(joining)s: %(name)s is %(kept)s, and %(told)s in the journal.")
    last = acts[-1]
    told = {"state": STATES[last.act], "asked_at": acts[0].at, "answered_at": last.at if len(acts) > 1 else None}
    kept = {name: getattr(joining, name) for name in told}
    if (payload := payload_of(last)) and payload.after:
        kept |= {"entry": records.subject(joining.inscription), "delegation": joining.delegation.code}
        told |= {name: payload.after[name] for name in ("entry", "delegation")}
    return [
        words % {"joining": joining, "name": name, "kept": value, "told": told[name]}
        for name, value in kept.items()
        if value != told[name]
    ]


def _out_of_order(joinings):
    """Where the positions of `joinings`, in the order in which they were asked, do not rise within their entry."""
    words = _("The joint statement of %(joining)s does not stand where the journal named it.")
    named = defaultdict(list)
    for each in joinings:
        named[each.inscription_id].append(each)
    return [
        words % {"joining": later}
        for every in named.values()
        for earlier, later in pairwise(every)
        if later.position <= earlier.position
    ]
