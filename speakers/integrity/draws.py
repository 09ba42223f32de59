"""The draws of a list: recomputed from their public values, and compared with the acts of the journal.  R-21 R-77"""

from typing import Any

from django.utils.translation import gettext as _

from journal.canonical import plain
from journal.models import Entry
from journal.position import payload_of
from speakers import recomputing
from speakers.models import SpeakersList

# The act that holds a draw.
HELD = "draw held"


def problems(speakers_list: SpeakersList) -> list[str]:
    """What is wrong with the draws of `speakers_list`, as translated sentences; empty if nothing is.

    Each step of a draw is an act, and each act has its draw; what was erased from the acts (R-57) is not compared.
    """
    acts = list(Entry.objects.of_stream(speakers_list.journal_stream).filter(subject__startswith="draw/"))
    kept = {f"draw/{draw.public_id}": draw for draw in speakers_list.draws.all()}
    missing = _("The journal tells of a draw that is missing.")
    found = [missing for subject in dict.fromkeys(act.subject for act in acts) if subject not in kept]
    for subject, draw in kept.items():
        found += _problems_of_draw(draw, [act for act in acts if act.subject == subject])
    return found


def _problems_of_draw(draw, acts):
    """Where `draw` differs from what its `acts` tell, was held without one, or cannot be recomputed."""
    told: dict[str, Any] = {}
    for payload in filter(None, map(payload_of, acts)):
        told |= payload.after or {}
    words = _("%(draw)s: its %(name)s is not the one in the journal.")
    found = [words % {"draw": draw, "name": name} for name, value in told.items() if _stored(draw, name) != value]
    if draw.is_drawn:
        found += [f"{draw}: {problem}" for problem in recomputing.problems(recomputing.public_values(draw))]
    if not acts or draw.is_drawn != any(act.act == HELD for act in acts):
        found.append(_("%(draw)s: its steps are not those in the journal.") % {"draw": draw})
    return found


def _stored(draw, name):
    """The value `name` of the stored `draw`, as the journal has it."""
    if name == "delegations":
        return [row["code"] for row in draw.delegations]
    return plain(getattr(draw, name))
