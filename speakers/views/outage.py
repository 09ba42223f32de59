"""Answers while something is broken: that nothing was recorded, and whom to write to.  R-09

They touch neither the database nor the session. Whom to write to is known from what the form itself carries under
seal, or from pages that this process showed before, or from the setting `SECRETARIAT_CONTACT`.
"""

from django.conf import settings
from django.core import signing
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.views.decorators.debug import sensitive_variables

from dialogue.models import Contact

UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError)

FIELDS_TO_RESEND = 60

SEAL = "speakers.views.outage"

_officers: dict[tuple[str, str], dict[str, str]] = {}


def remember(meeting, role=Contact.Role.INSCRIPTION):
    """Keep the name, e-mail and telephone of the officer of that `role`, for the next outage (1 statement)."""
    contact = next((contact for contact in meeting.contacts.all() if contact.role == role), None)
    if contact is not None:
        telephone = str(contact.telephone or "")
        _officers[meeting.slug, role] = {"name": contact.name, "email": contact.email, "telephone": telephone}


def sealed_officer(slug, role=Contact.Role.INSCRIPTION):
    """The officer of the meeting `slug` under our seal, for a form to carry; empty where none is known."""
    return signing.dumps(_officers[slug, role], salt=SEAL) if (slug, role) in _officers else ""


def not_recorded(request, slug):
    """The page for a database that does not answer, 503: NOT recorded, the officer, and the same form to send again."""
    return _answer(request, slug, "speakers/not_recorded.html", status=503, fields=_typed(request))


def signed_out(request, slug):
    """The page for a form sent after its session ended, 403: NOT recorded, and the same form to send again."""
    return _answer(request, slug, "speakers/signed_out.html", status=403, fields=_typed(request))


def unreadable(request, slug, *, status):
    """The page for a body that is too long (413) or cannot be read (400): NOT recorded, and the officer."""
    return _answer(request, slug, "speakers/unreadable.html", status=status, fields=[])


@sensitive_variables("fields")
def _answer(request, slug, template, *, status, fields):
    context = {
        "slug": slug,
        "officer": _officer(request, slug),
        "secretariat_contact": settings.SECRETARIAT_CONTACT,
        "action": request.path if request.method == "POST" else "",
        "path": request.path,
        "fields": fields,
        "csrf_token": get_token(request),
    }
    return HttpResponse(render_to_string(template, context), status=status)


def _officer(request, slug):
    """Whom to write to, or None: as this process knows it, or as the form that was sent carries it."""
    if (slug, request.officer) in _officers or request.method != "POST":
        return _officers.get((slug, request.officer))
    try:
        return signing.loads(request.POST.get("officer", ""), salt=SEAL)
    except (signing.BadSignature, *UNREADABLE):
        return None


def _typed(request):
    """What was typed, as (name, value), to be sent again as it is; empty where nothing was or it cannot be read."""
    if request.method != "POST":
        return []
    pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    return [(name, value) for name, value in pairs if name != "csrfmiddlewaretoken"][:FIELDS_TO_RESEND]
