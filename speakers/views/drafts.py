"""What was typed into a form whose session had ended, kept in this browser's new session until it is signed in.  R-09

The form is then filled as it was, with its identifier, so that it is recorded once however often it is sent. A draft is
kept for an hour, ends with the sign-out, and holds no file. The form says for whom it was made: the next person at a
shared browser does not see it.  R-59
"""

from datetime import datetime, timedelta
from typing import cast

from django.http import HttpRequest, QueryDict

from speakers.delegations import access
from speakers.forms.layout import TYPED_BY
from speakers.views import outage
from speakers.views.arriving import Arrival

DRAFT = "speakers_draft"
KEPT_FOR = timedelta(hours=1)
# Characters of a whole draft: many times what a form of ours takes.
LONGEST = 20_000


def keep(request: Arrival, *, path: str) -> bool:
    """Keep what `request` has posted, for the form at `path`, and for the person it was made for.

    Returns False if it is too much or nothing, or if it does not say for whom it was made.
    """
    fields = outage.typed(request)
    if not dict(fields).get(TYPED_BY) or sum(len(name) + len(value) for name, value in fields) > LONGEST:
        return False
    request.session[DRAFT] = {"path": path, "fields": fields, "at": request.arrived_at.isoformat()}
    return True


def typed(request: Arrival) -> QueryDict | None:
    """What the form at this path is to show: what was posted, or the draft kept for it; None for a blank form.

    Only what was posted may be acted on.
    """
    if request.method == "POST":
        return cast(QueryDict, request.POST)
    draft = request.session.get(DRAFT)
    if not draft or draft["path"] != request.path or _is_old(draft, request.arrived_at):
        return None
    if not access.is_typist(dict(draft["fields"]).get(TYPED_BY, ""), request):
        return None
    found = QueryDict(mutable=True)
    for name, value in draft["fields"]:
        found.appendlist(name, value)
    return found


def forget(request: HttpRequest) -> None:
    """Forget the draft: its form is recorded, or this browser signs out."""
    request.session.pop(DRAFT, None)


def _is_old(draft, at):
    return at - datetime.fromisoformat(draft["at"]) >= KEPT_FOR
