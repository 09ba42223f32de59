"""The pages of the second factor, by the names that django-allauth gives them. No other page of it is served.  R-78"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.cache import add_never_cache_headers

from secretariat.signing_in import second_factor


def _loaded_on_demand(module: str, name: str) -> Callable[..., HttpResponse]:
    """The view `name` in `module`, which loads for the first person who opens its page, in the dress of the site."""

    def view(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = getattr(import_module(module), name)(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            wanted = {"wanted": second_factor.wanted(request)}
            response.context_data = {**admin.site.each_context(request), **wanted, **(response.context_data or {})}
        add_never_cache_headers(response)
        return response

    return view


def _served(address: str, module: str, view: str, name: str) -> URLPattern:
    return path(address, _loaded_on_demand(module, view), name=name)


MFA, OURS = "allauth.mfa", "secretariat.signing_in.organization"
urlpatterns = [
    _served("second-factor/", f"{MFA}.base.views", "index", "mfa_index"),
    _served("second-factor/code/", f"{MFA}.base.views", "authenticate", "mfa_authenticate"),
    _served("second-factor/password/", "allauth.account.views", "reauthenticate", "account_reauthenticate"),
    _served("second-factor/app/", f"{MFA}.totp.views", "activate_totp", "mfa_activate_totp"),
    _served("second-factor/app/remove/", f"{MFA}.totp.views", "deactivate_totp", "mfa_deactivate_totp"),
    _served(
        "second-factor/recovery-codes/", f"{MFA}.recovery_codes.views", "view_recovery_codes", "mfa_view_recovery_codes"
    ),
    _served(
        "second-factor/recovery-codes/new/",
        f"{MFA}.recovery_codes.views",
        "generate_recovery_codes",
        "mfa_generate_recovery_codes",
    ),
    _served("second-factor/passkeys/", f"{MFA}.base.views", "index", "mfa_list_webauthn"),
    _served("second-factor/passkeys/add/", f"{MFA}.webauthn.views", "add_webauthn", "mfa_add_webauthn"),
    _served(
        "second-factor/passkeys/<int:pk>/remove/", f"{MFA}.webauthn.views", "remove_webauthn", "mfa_remove_webauthn"
    ),
    _served("login/<slug:provider_id>/", OURS, "begin", "openid_connect_login"),
    _served("login/<slug:provider_id>/back/", OURS, "finish", "openid_connect_callback"),
    path("login/", admin.site.login, name="account_login"),
]
