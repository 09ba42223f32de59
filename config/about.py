"""What the site says of itself: privacy, accessibility, security. Public pages: they set no cookie."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from dialogue.models import Meeting
from floor.views.booths import COOKIE as BOOTH
from retention import with_the_declined
from secretariat import erasing
from secretariat.retention import SINK
from secretariat.signing_in.password import KNOWN

FRESH = cache_control(public=True, max_age=300)
# How far ahead `security.txt` expires. RFC 9116 asks for less than a year.
SECURITY_TXT_LASTS = timedelta(days=180)
# The day on which the statement of accessibility was last held against the site; see docs/access.md.
ACCESSIBILITY_STATED_ON = date(2026, 11, 30)


@require_safe
@FRESH
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data are kept, for what, until when, and who sees them (one statement).  R-57"""
    places, fresh = erasing.places(), Meeting()
    context = {
        "days": fresh.personal_data_days,
        "declined_days": fresh.declined_data_days,
        "meetings": meetings_that_keep_data(),
        "erased": [place.name for place in places if place.kept_for is not with_the_declined],
        "of_no_meeting": [place for place in erasing.standing() if settings.MAILBOX_DIR or place is not SINK],
        "cookies": {
            "session": settings.SESSION_COOKIE_NAME,
            "form": settings.CSRF_COOKIE_NAME,
            "language": settings.LANGUAGE_COOKIE_NAME,
            "booth": BOOTH,
            "known": KNOWN,
        },
        "session_hours": settings.SESSION_COOKIE_AGE // 3600,
        "contact": settings.SECRETARIAT_CONTACT,
    }
    return render(request, "about/privacy.html", context)


def meetings_that_keep_data() -> list[tuple[Meeting, datetime, datetime]]:
    """Published meetings whose personal data are not erased yet, as (meeting, of those declined until, until)."""
    found = Meeting.objects.published().filter(personal_data_erased_at=None).order_by("ends_at")
    return [(meeting, meeting.ends_at + with_the_declined(meeting), meeting.personal_data_due_at) for meeting in found]


@require_safe
@FRESH
def accessibility(request: HttpRequest) -> HttpResponse:
    """What of the site conforms, what does not, how that is tested, and whom to write to (no statement)."""
    context = {
        "contact": settings.SECRETARIAT_CONTACT,
        "version": settings.VERSION,
        "stated_on": ACCESSIBILITY_STATED_ON,
    }
    return render(request, "about/accessibility.html", context)


@require_safe
@FRESH
def how_to_check(request: HttpRequest) -> HttpResponse:
    """How anyone checks this site, and what it cannot vouch for itself (no statement).  R-77"""
    return render(request, "about/how_to_check.html")


@require_safe
@FRESH
def security(request: HttpRequest) -> HttpResponse:
    """How to report a security problem: the policy that `security.txt` names (no statement)."""
    reporting = [(address, address.removeprefix("mailto:")) for address in settings.SECURITY_CONTACT]
    context = {"reporting": reporting, "contact": settings.SECRETARIAT_CONTACT}
    return render(request, "about/security.html", context)


@require_safe
@FRESH
def security_txt(_request: HttpRequest) -> HttpResponse:
    """`/.well-known/security.txt` as RFC 9116 has it; 404 without a contact, for then it could not be valid.

    No deadline hangs on the day it expires, so the clock of this machine does, and an outage of the database leaves
    it readable.
    """
    if not settings.SECURITY_CONTACT:
        raise Http404("SECURITY_CONTACT is not set.")
    midnight = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        *(f"Contact: {address}" for address in settings.SECURITY_CONTACT),
        f"Expires: {midnight + SECURITY_TXT_LASTS:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
        f"Policy: {settings.SITE_URL}{reverse('security')}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
