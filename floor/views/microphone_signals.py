"""Where a system of microphones sends its signals. Every answer is JSON; no sign-in, no cookie.  R-59"""

import json
import logging
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import Error
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

import clock
from floor.microphones import keys, signalling
from floor.microphones.signalling import REFUSED, Repeated, TooMany
from floor.models import RoomSystem
from floor.views.microphone_forms import SignalForm
from speakers.views import causes
from speakers.views.problems import problem

logger = logging.getLogger(__name__)
SCHEME = "Bearer "


@csrf_exempt
@never_cache
def microphones(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one signal: 200 with what it did, or a problem (RFC 9457) in the language of the site.

    401 without a key that works, 405, 409 if the rules of the room refuse it, 422, 429, 503 while the database is away.
    """
    try:
        arrived_at = clock.now()
        with translation.override(settings.LANGUAGE_CODE):
            return _answer(request, slug, arrived_at)
    except Error as error:
        number = causes.logged(error, request)
        words = "The database does not respond. Send the signal again. In the log of the site this has the number"
        return problem(503, f"{words} {number}.", **{"Retry-After": "5"})
    except Exception as error:
        logger.exception("A signal of a microphone failed")
        number = causes.logged(error, request)
        return problem(500, f"Something went wrong on this site. In the log of the site this has the number {number}.")


def _answer(request: HttpRequest, slug: str, arrived_at: datetime) -> HttpResponse:
    if request.method != "POST":
        return problem(405, "Send a signal by POST.", Allow="POST")
    system = _system(request, slug)
    if system is None:
        return _no_key()
    form = SignalForm(_sent(request))
    if not form.is_valid():
        return problem(422, form.in_words)
    sent = form.cleaned_data
    facts = {"is_on": sent["on"], "key": sent["id"], "sent_at": sent["at"], "arrived_at": arrived_at}
    try:
        signal = signalling.take(system, sent["delegation"], **facts)
    except RoomSystem.DoesNotExist:
        return _no_key()
    except Repeated as refusal:
        return problem(422, str(refusal))
    except TooMany as refusal:
        return problem(429, str(refusal), **{"Retry-After": str(signalling.WITHIN.seconds)})
    if signal.result == REFUSED:
        return problem(409, signal.detail)
    return JsonResponse({"result": signal.result, "detail": signal.detail})


def _no_key():
    words = "This needs the key of a system of microphones of this meeting, in the header Authorization."
    return problem(401, words, **{"WWW-Authenticate": "Bearer"})


def _system(request, slug):
    """The system whose key the request holds, or None."""
    held = request.headers.get("Authorization", "")
    if not held.startswith(SCHEME) or len(held) > 200:
        return None
    return keys.find(slug, held.removeprefix(SCHEME).strip())


def _sent(request) -> dict[str, Any]:
    """The object of JSON that was sent; empty if it is none."""
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError, RequestDataTooBig):
        return {}
    return sent if isinstance(sent, dict) else {}
