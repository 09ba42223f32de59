"""Who must have a second factor: all staff but those of the door, if `REQUIRE_SECOND_FACTOR` is on.  R-78"""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from journal.actors import Actor
from journal.recording import record

# A group whose members need none, as long as they are in no other.
WITHOUT = "Door"
HAS, WANTED = "has_second_factor", "wanted_page"
METHODS = "account_authentication_methods"


def is_lacking(request: HttpRequest, user: User | AnonymousUser) -> bool:
    """Must the signed-in `user` set up a second factor before any page but those where it is done?  R-78

    The organization's own sign-in needs none of ours.
    """
    if not settings.REQUIRE_SECOND_FACTOR or not user.is_staff or request.session.get(HAS):
        return False
    if request.path.startswith(reverse("mfa_index")) or signed_in_by_organization(request):
        return False
    return is_needed(user) and not is_set_up(user)


def note(request: HttpRequest, user: User | AnonymousUser) -> None:
    """Note in the session of `user`, to whom nothing is lacking, that there is a factor, so as to ask once.

    Forgotten where a factor may be removed. A person to whom none is needed is asked again at each request: they may
    have left the group of the door.
    """
    if request.path.startswith(reverse("mfa_index")):
        if request.method == "POST":
            request.session.pop(HAS, None)
        return
    if WANTED in request.session:
        del request.session[WANTED]
    if not settings.REQUIRE_SECOND_FACTOR or HAS in request.session or signed_in_by_organization(request):
        return
    if user.is_staff and is_needed(user):
        request.session[HAS] = True


def want(request: HttpRequest, address: str) -> None:
    """Keep the `address` on this site that was asked for, until the second factor is set up."""
    if address:
        request.session[WANTED] = address


def wanted(request: HttpRequest) -> str:
    """The address that was asked for before the second factor was set up; empty if it was none."""
    return str(request.session.get(WANTED, ""))


def signed_in_by_organization(request: HttpRequest) -> bool:
    """Was this session begun at the identity provider of the organization?"""
    return any(each.get("method") == "socialaccount" for each in request.session.get(METHODS, []))


def is_needed(user: User | AnonymousUser) -> bool:
    """Is a second factor asked of `user`? Not of people who are in the group of the door alone."""
    if isinstance(user, User):
        prefetch_related_objects([user], "groups")
    return user.is_superuser or [group.name for group in user.groups.all()] != [WITHOUT]


def is_set_up(user: User | AnonymousUser) -> bool:
    """Has `user` a second factor? Recovery codes alone are none."""
    return _factors(user).exclude(type="recovery_codes").exists()


def take_away(user: User, *, by: Actor, at: datetime, reason: str) -> None:
    """Take the second factor from `user`, whose device is lost, and end all their sessions, journalled.  R-78 R-58

    With their password they set up another.
    """
    with transaction.atomic():
        _factors(user).delete()
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
            if session.get_decoded().get(SESSION_KEY) == str(user.pk):
                session.delete()
        subject = f"user/{user.pk}"
        record("second factor taken away", stream="secretariat", subject=subject, by=by, at=at, reason=reason)


def _factors(user):
    from allauth.mfa.models import Authenticator  # noqa: PLC0415  models, which are not there before

    return Authenticator.objects.filter(user=user.pk)
