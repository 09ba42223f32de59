"""Answers to requests that cannot be served: in words, in the site's own dress, without asking the database."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.shortcuts import render


def csrf_failure(request, reason=""):
    """The form was older than its session, or came from elsewhere: say so, in words, with status 403."""
    return render(request, "403_csrf.html", status=403)


def server_error(request):
    """Something failed: 503 where it is the database that is away, else 500. Nothing was recorded.  R-09"""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    context = {"is_away": is_away, "contact": settings.SECRETARIAT_CONTACT}
    answer = render(request, "500.html", context, status=503 if is_away else 500)
    answer["Cache-Control"] = "no-store"
    return answer
