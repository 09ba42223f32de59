"""Who works at the door: staff with the permission to scan, or to supervise.  R-55"""

from collections.abc import Callable
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import permission_required, user_passes_test
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

import clock
from dialogue.models import Meeting
from journal.actors import STAFF, Actor
from registration.models import Ticketing

SCAN, SUPERVISE = "registration.scan_voucher", "registration.supervise_hand_over"


def operator(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, meeting, …)` for staff who may scan; 403 for other staff, the sign-in for others."""
    return _staff_with(SCAN, view)


def supervisor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, meeting, …)` for staff who may take back and settle what went wrong at the door."""
    return _staff_with(SUPERVISE, view)


def finder(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, meeting, …)` for staff who may find people by name: supervisors, or by the terms all."""

    @wraps(view)
    def found(request, meeting, **rest):
        if not may_find(request, meeting):
            raise PermissionDenied
        return view(request, meeting, **rest)

    return _staff_with(SCAN, found)


def may_find(request: HttpRequest, meeting: Meeting) -> bool:
    """May the signed-in member of staff find people by name at the door of `meeting`, fetched with its terms?  R-75"""
    return meeting.ticketing.is_name_search_open or cast(User, request.user).has_perm(SUPERVISE)


def _staff_with(permission, view):
    @never_cache
    @user_passes_test(lambda user: user.is_active and user.is_staff)
    @permission_required(permission, raise_exception=True)
    @wraps(view)
    def found(request, slug, **rest):
        ticketing = get_object_or_404(Ticketing.objects.select_related("meeting"), meeting__slug=slug)
        meeting = ticketing.meeting
        meeting.ticketing = ticketing
        request.moment = meeting.moment(clock.now())
        return view(request, meeting, **rest)

    return found


def actor(request: HttpRequest) -> Actor:
    """The signed-in member of staff as the journal names an actor."""
    user = cast(User, request.user)
    return Actor(user.get_full_name() or user.get_username(), STAFF)
