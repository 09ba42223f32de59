"""Signing in at the identity provider of the organization, by OpenID Connect.  R-78

An account belongs to the provider's own identifier of the person (`sub`), never to an address. A claim says into which
groups the person is put, at each sign-in; a person whom it puts into none has no role here.
"""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from requests import RequestException

from secretariat.signing_in.adapting import refused


class OrganizationAdapter(DefaultSocialAccountAdapter):
    """What django-allauth does with a person who comes back from the provider."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse a person without a group, in words; put one who was here before into the groups of today."""
        groups = groups_of(claims_of(sociallogin.account.extra_data))
        if not groups:
            words = _("Your organization knows you, but you have no role here. A Secretariat lead can tell you more.")
            raise ImmediateHttpResponse(refused(request, words))
        sociallogin.email_addresses = []
        if sociallogin.is_existing:
            sociallogin.user.groups.set(groups)

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002  allauth hands them over
        return True

    @transaction.atomic
    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> Any:
        """Make the account of a person who is here for the first time."""
        sociallogin.user.is_staff = True
        user = super().save_user(request, sociallogin, form)
        user.groups.set(groups_of(claims_of(sociallogin.account.extra_data)))
        return user

    def on_authentication_error(self, request: HttpRequest, *_error: Any, **_more: Any) -> None:
        """Say in words that the provider signed no one in."""
        raise ImmediateHttpResponse(not_signed_in(request))


def claims_of(data: dict[str, Any]) -> dict[str, Any]:
    """What the provider says of the person, in the token and beside it."""
    return {**(data.get("id_token") or {}), **(data.get("userinfo") or {})}


def groups_of(claims: dict[str, Any]) -> list[Group]:
    """The groups into which the claim `OIDC_GROUPS_CLAIM` puts a person, as `OIDC_GROUPS` maps its values."""
    provider = settings.IDENTITY_PROVIDER
    values = claims.get(provider["claim"]) or []
    values = values if isinstance(values, list) else [values]
    names = [provider["groups"][each] for each in values if isinstance(each, str) and each in provider["groups"]]
    return list(Group.objects.filter(name__in=names)) if names else []


def not_signed_in(request: HttpRequest) -> HttpResponse:
    """The page that says that the provider did not answer, or signed no one in."""
    words = _("Your organization did not sign you in. Try again, or sign in with a username and a password.")
    return refused(request, words, status=401)


def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send the browser to the provider."""
    return _by_provider(views.login, request, provider_id)


def finish(request: HttpRequest, provider_id: str) -> HttpResponse:
    """The browser is back from the provider."""
    return _by_provider(views.callback, request, provider_id)


def _by_provider(view, request, provider_id):
    if not settings.IDENTITY_PROVIDER["issuer"]:
        raise Http404
    try:
        return view(request, provider_id)
    except RequestException:
        return not_signed_in(request)
