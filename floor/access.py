"""Who runs the floor: staff of the group “Conference officer”."""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from dialogue.models import Meeting
from journal.actors import STAFF, Actor

RUN, SEE, TEXTS = "floor.run_room", "floor.view_room", "floor.read_texts"


def officer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, meeting, …)` for staff who may run the floor; 403 for other staff, the sign-in for others."""
    return _staff_with({RUN}, view)


def reader(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, meeting, …)` for staff who may see what happened on the floor, and for those who run it."""
    return _staff_with({RUN, SEE}, view)


def _staff_with(permissions, view):
    @never_cache
    @user_passes_test(lambda user: user.is_active and user.is_staff)
    @wraps(view)
    def found(request, slug, **rest):
        if not any(request.user.has_perm(permission) for permission in permissions):
            raise PermissionDenied
        return view(request, get_object_or_404(Meeting, slug=slug), **rest)

    return found


def actor(request: HttpRequest) -> Actor:
    """The signed-in officer as the journal names an actor."""
    user = cast(User, request.user)
    return Actor(user.get_full_name() or user.get_username(), STAFF)
