"""The page of one entry: the reasons for its place, moving it, its limit, its note.  R-20 R-22 R-36"""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from dialogue.models import Meeting
from floor import forms, standings
from floor.access import officer
from floor.acts import limiting, noting
from floor.views.typed_acts import is_done
from speakers.models import Inscription
from speakers.moves import pinning
from speakers.order import precedence


@require_http_methods(["GET", "HEAD", "POST"])
@officer
def entry(request: HttpRequest, meeting: Meeting, identity: UUID) -> HttpResponse:
    """GET shows the three forms; POST carries out the one that was sent."""
    floor = standings.read(meeting)
    if (standing := floor.find(identity)) is None:
        raise Http404
    sent = forms.WhichForm.sent(request.POST)
    found = {name: kind(floor, standing, request.POST if name == sent else None) for name, kind in FORMS.items()}
    if sent in found and found[sent].form.is_valid() and is_done(request, meeting, found[sent].form, found[sent].do):
        return redirect("floor:entry", meeting.slug, identity)
    context = {
        "meeting": meeting,
        "standing": standing,
        "turn": standing.turn,
        "reasons": precedence.explain(cast(Inscription, standing.turn.inscription)) if standing.place else [],
        "forms": {name: each.form for name, each in found.items()},
    }
    return TemplateResponse(request, "floor/entry.html", context, status=422 if sent in found else 200)


@dataclass
class Move:
    """Moving an upcoming entry to right before another, through the rule of the list.  R-20"""

    floor: standings.Floor
    standing: standings.Standing
    typed: QueryDict | None

    def __post_init__(self):
        self.form = forms.MoveForm(self.typed, floor=self.floor, standing=self.standing, prefix="move")

    def do(self, **who: Any) -> str:
        data = self.form.cleaned_data
        anchor: Any = self.floor.find(data["before"])
        entry: Any = self.standing.turn.inscription
        pinning.pin(entry, before=anchor.turn.inscription, reason=data["reason"], seen=data["seen"], **who)
        return _("%(name)s was moved. The reason is shown with its place.") % {"name": self.standing.turn}


@dataclass
class OwnLimit:
    """A limit for this entry alone.  R-36"""

    floor: standings.Floor
    standing: standings.Standing
    typed: QueryDict | None

    def __post_init__(self):
        present = {"own_limit": self.standing.turn.own_limit}
        self.form = forms.OwnLimitForm(self.typed, initial=present, prefix="limit")

    def do(self, **who: Any) -> str:
        data, identity = self.form.cleaned_data, self.standing.turn.identity
        limiting.give_own_limit(self.floor.meeting, identity, data["own_limit"], reason=data["reason"], **who)
        return _("The limit of %(name)s is set.") % {"name": self.standing.turn}


@dataclass
class Note:
    """A private note."""

    floor: standings.Floor
    standing: standings.Standing
    typed: QueryDict | None

    def __post_init__(self):
        self.form = forms.NoteForm(self.typed, initial={"note": self.standing.turn.note}, prefix="note")

    def do(self, **who: Any) -> str:
        noting.note_turn(self.floor.meeting, self.standing.turn.identity, self.form.cleaned_data["note"], **who)
        return _("The note is saved.")


FORMS: dict[str, type[Move] | type[OwnLimit] | type[Note]] = {"move": Move, "limit": OwnLimit, "note": Note}
