"""Answers during an outage: that nothing was recorded, and whom to contact.  R-09

They touch neither the database nor the session. The contact comes from what the form carries under seal, from pages
that this process showed before, or from the setting `SECRETARIAT_CONTACT`.
"""

import re
import time
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.debug import sensitive_variables

from dialogue.models import Contact, Meeting

UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError)

FIELDS_TO_RESEND = 60
NOT_SENT_AGAIN = re.compile("csrfmiddlewaretoken|password")

SEAL = "speakers.views.outage"

# Seconds after which the officer is looked up again.
KEPT_FOR = 60


class OfficerForm(forms.Form):
    """The officer under seal, as a form of ours carries it."""

    officer = forms.CharField()


@dataclass(frozen=True)
class Known:
    """The officer as this process last saw them (None if the meeting names none), and when, by its own clock."""

    officer: dict[str, str] | None
    seen_at: float


_known: dict[tuple[str, str], Known] = {}


def remember(meeting: Meeting, role: Contact.Role = Contact.Role.INSCRIPTION) -> None:
    """Keep the name, e-mail and telephone of the officer of that `role`, for the next outage.

    One statement, whose contacts the page may use too; none within a minute (`KEPT_FOR`) of the last look-up by this
    process.
    """
    known, now = _known.get((meeting.slug, role)), time.monotonic()
    if known and now - known.seen_at < KEPT_FOR:
        return
    prefetch_related_objects([meeting], "contacts")
    contact = next((contact for contact in meeting.contacts.all() if contact.role == role), None)
    _known[meeting.slug, role] = Known(as_officer(contact) if contact else None, now)


def as_officer(contact: Contact) -> dict[str, str]:
    """What a page says of the `contact`: name, email and telephone."""
    return {"name": contact.name, "email": contact.email, "telephone": str(contact.telephone or "")}


def known_officer(slug: str, role: Contact.Role = Contact.Role.INSCRIPTION) -> dict[str, str] | None:
    """The officer of the meeting `slug` as this process last saw them; None if none is known."""
    known = _known.get((slug, role))
    return known.officer if known else None


def forget() -> None:
    """Forget every officer, so that each is looked up again."""
    _known.clear()


def sealed_officer(slug: str, role: Contact.Role = Contact.Role.INSCRIPTION) -> str:
    """The officer of the meeting `slug`, sealed, for a form to carry; empty if none is known."""
    officer = known_officer(slug, role)
    return signing.dumps(officer, salt=SEAL) if officer else ""


def not_recorded(request: HttpRequest, slug: str, *, number: str) -> HttpResponse:
    """The page for a database that refuses, 503: NOT recorded, the officer, and the same form to send again.

    It shows the `number` by which an operator finds the cause in the log.
    """
    fields = typed(request)
    return _answer(request, slug, "speakers/not_recorded.html", status=503, fields=fields, number=number)


def closed(
    request: HttpRequest, slug: str, template: str, *, officers: dict[str, dict[str, str]], **more: Any
) -> HttpResponse:
    """The page of a site under maintenance, 503: NOT recorded, whom to call, and the same form to send again.

    Whom to call is the officer of the meeting `slug`; on a page of no meeting, each of the `officers`.
    """
    known = {slug: officer} if (officer := _officer(request, slug)) else officers
    return _answer(
        request, slug, template, status=503, fields=typed(request), whom_to_call=whom_to_call(slug, known), **more
    )


def whom_to_call(slug: str, officers: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """The officer of the meeting `slug`; on a page of no meeting, each of the `officers` of all meetings, each once."""
    return [officers[slug]] if slug in officers else unique(officers)


def unique(officers: dict[str, dict[str, str]]) -> list[dict[str, str]]:
    """The `officers` of all meetings, each once."""
    return list({each["email"]: each for each in officers.values()}.values())


def signed_out(
    request: HttpRequest, address: tuple[str, ...], *, query: str = "", is_kept: bool = False
) -> HttpResponse:
    """The page for a form sent after its session ended, 403: NOT recorded, and the same form to send again.

    `address` is that of the list it was sent to (`SpeakersList.address`), where signing in leads back to, or to what
    the `query` says. `is_kept` says that the form is then filled as it was (`drafts.py`).
    """
    more = {"sign_in": reverse("speakers:sign_in", args=address) + query, "is_kept": is_kept}
    return _answer(request, address[0], "speakers/signed_out.html", status=403, fields=typed(request), **more)


def without_cookie(request: HttpRequest, slug: str) -> HttpResponse:
    """The page for a form of ours whose cookie is gone, 403: NOT recorded, and the same form to send again."""
    return _answer(request, slug, "403_csrf.html", status=403, fields=typed(request))


def unreadable(request: HttpRequest, slug: str, *, status: int) -> HttpResponse:
    """The page for a body that is too long (413) or unreadable (400): NOT recorded, and the officer."""
    return _answer(request, slug, "speakers/unreadable.html", status=status, fields=[])


@sensitive_variables("fields")
def _answer(request, slug, template, *, status, fields, **more):
    context = {
        "slug": slug,
        "officer": _officer(request, slug),
        "secretariat_contact": settings.SECRETARIAT_CONTACT,
        "action": request.path if request.method == "POST" else "",
        "path": request.path,
        "fields": fields,
        "csrf_token": get_token(request),
        **more,
    }
    return HttpResponse(render_to_string(template, context), status=status)


def _officer(request, slug):
    """The officer to contact, or None: as this process knows them, or as the submitted form carries them."""
    known = _known.get((slug, getattr(request, "officer", Contact.Role.INSCRIPTION)))
    if known or request.method != "POST":
        return known and known.officer
    try:
        form = OfficerForm(request.POST)
        return signing.loads(form.cleaned_data["officer"], salt=SEAL) if form.is_valid() else None
    except (signing.BadSignature, *UNREADABLE):
        return None


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The typed fields as pairs (name, value), to be sent again unchanged; empty if there are none to read."""
    if request.method != "POST":
        return []
    try:
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    except UNREADABLE:
        return []
    return [(name, value) for name, value in pairs if not NOT_SENT_AGAIN.search(name)][:FIELDS_TO_RESEND]
