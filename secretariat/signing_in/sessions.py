"""The end of a session of staff: after 60 minutes without activity, and after 12 hours at most.  R-78

Sessions age by the machine's own time, not by the clock of a meeting, which rehearsals move.
"""

import re
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from languages import choosing
from secretariat.signing_in import second_factor

IDLE, LONGEST = 60 * 60, 12 * 60 * 60
# Activity within so many seconds of the one before writes nothing.
NOTED_EVERY = 60
BEGAN, SEEN, ENDED = "staff_began", "staff_seen", "staff_ended"
# The query by which a page that renews itself says so.
BY_ITSELF = "renewed"
# Fields that a form has for itself, and those that are shown to no one.
NOT_TYPED = re.compile(r"^_|^csrfmiddlewaretoken$|^initial-|_FORMS$|password")


def of_staff(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: `request.user` is no one after the end of the session, and before a second factor is set up.

    Nothing is read before a page asks for the user: public pages do not.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.user = SimpleLazyObject(partial(_user_of, request))  # type: ignore[assignment]
        response = get_response(request)
        if _came_too_late(request, response):
            return _keeping_what_was_typed(request, response["Location"])
        return response

    return middleware


@receiver(user_logged_in, dispatch_uid="secretariat.signing_in.sessions")
def begin(request: HttpRequest, user: Any, **_signal: Any) -> None:
    """A session begins."""
    if user.email:
        choosing.sign_in(request, user.email)
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    request.session.pop(ENDED, None)


def is_activity(request: HttpRequest, *, by_script: bool = True) -> bool:
    """Does `request` come from a person who does something, rather than from a page that keeps itself up to date?  R-78

    A browser accepts HTML where a person opens a page, and anything where a script asks. What a script sends
    (`by_script`) is something that a person did.
    """
    if request.method not in {"GET", "HEAD"} and by_script:
        return True
    return "text/html" in request.headers.get("Accept", "") and BY_ITSELF not in request.GET


def reason_of_end(request: HttpRequest) -> str:
    """Why the last session in this browser ended, in words; empty if it was not ended by time."""
    return {
        "idle": _("You were signed out after 60 minutes without activity."),
        "longest": _("You were signed out, as a session lasts 12 hours at most."),
    }.get(request.session.get(ENDED, ""), "")


def _user_of(request):
    user = get_user(request)
    if not user.is_authenticated:
        return user
    now = int(time.time())
    began, seen = (request.session.get(name, now) for name in (BEGAN, SEEN))
    if now - seen >= IDLE or now - began >= LONGEST:
        request.session.flush()
        request.session[ENDED] = "idle" if now - seen >= IDLE else "longest"
        request.staff_session_ended = True
        return AnonymousUser()
    if SEEN not in request.session or (now - seen >= NOTED_EVERY and is_activity(request)):
        request.session[BEGAN], request.session[SEEN] = began, now
    if second_factor.is_lacking(request, user):
        return AnonymousUser()
    second_factor.note(request, user)
    return user


def _came_too_late(request, response):
    """Was a form of a page sent after the end of the session, and answered by the way to the sign-in?"""
    if request.method != "POST" or response.status_code != 302 or not hasattr(request, "staff_session_ended"):
        return False
    leads_to_sign_in = response["Location"].partition("?")[0] == reverse(settings.LOGIN_URL)
    return leads_to_sign_in and is_activity(request, by_script=False)


def _keeping_what_was_typed(request, sign_in):
    """The answer to a form that was sent after the end: what was typed, to be copied, instead of its loss."""
    typed = [
        (name.replace("_", " "), value)
        for name, values in request.POST.lists()
        if not NOT_TYPED.search(name)
        for value in values
        if value.strip()
    ]
    context = {"typed": typed, "sign_in": sign_in, "reason": reason_of_end(request), **admin.site.each_context(request)}
    response = render(request, "admin/signed_out.html", context, status=403)
    response["Cache-Control"] = "no-store"
    return response
