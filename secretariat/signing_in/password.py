"""The page where staff sign in with their password; a second factor follows where there is one.  R-78"""

import secrets
from typing import Any, cast

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user, logout
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

import clock
from acts.keyed_hashes import is_hash_of, keyed_hash
from dialogue.networks import network_of
from secretariat.signing_in import limits, second_factor

KNOWN, KNOWN_FOR = "known_browser", 180 * 24 * 60 * 60
# The purpose of the hash that stands in the cookie.
BROWSER = "secretariat.known_browser"


class PasswordForm(AdminAuthenticationForm):
    """Username and password. Each attempt is counted before the password is compared.  R-78"""

    def clean(self) -> dict[str, Any]:
        username, counted = self.cleaned_data.get("username") or "", []
        if username and self.cleaned_data.get("password"):
            request = cast(HttpRequest, self.request)
            browser = known_browser(request, username)
            counted = limits.on_passwords(username, network=network_of(request), browser=browser)
            try:
                limits.count_guess(counted, username=username, at=clock.now())
            except limits.TooManyGuesses as refusal:
                raise ValidationError(str(refusal), code="too_many") from None
        cleaned = super().clean()
        limits.take_back(counted)
        return cleaned


class PasswordPage(LoginView):
    """The form; a member of staff whose second factor is lacking is led to where it is set up."""

    authentication_form = PasswordForm
    template_name = "admin/login.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and request.user.is_staff:
            return redirect("admin:index")
        if second_factor.is_lacking(request, get_user(request)):  # type: ignore[arg-type]  # a user of this project
            second_factor.want(request, self.get_redirect_url())
            return redirect("mfa_index")
        return super().get(request, *args, **kwargs)

    def get_success_url(self) -> str:
        """The page that was asked for; a person who asked for the front page alone begins where they work."""
        asked = super().get_success_url()
        return reverse("admin:start") if asked == reverse("admin:index") else asked

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again, with status 429 if a limit was reached."""
        response = super().form_invalid(form)
        if form.has_error("__all__", "too_many"):
            response.status_code = 429
        return response

    def form_valid(self, form: Any) -> HttpResponse:
        """Sign in, or ask for the second factor first; this browser is known from now on."""
        from allauth.account.internal.flows.login import record_authentication  # noqa: PLC0415  for those who sign in
        from allauth.account.utils import perform_login  # noqa: PLC0415

        user = form.get_user()
        if self.request.user.is_authenticated:
            logout(self.request)
        record_authentication(self.request, user, "password", reauthenticated=True)
        answer = perform_login(self.request, user, email_verification="none", redirect_url=self.get_success_url())
        secret = secrets.token_urlsafe(18)
        value = f"{secret}:{keyed_hash(BROWSER, _sealed(user.get_username(), secret))}"
        path, is_https = self.request.path, self.request.is_secure()
        answer.set_cookie(KNOWN, value, KNOWN_FOR, path=path, secure=is_https, httponly=True, samesite="Strict")
        return answer


def known_browser(request: HttpRequest, username: str) -> str:
    """The secret by which this browser is known for the account `username`; empty if it is not known."""
    secret, _, seal = request.COOKIES.get(KNOWN, "").partition(":")
    return secret if secret and is_hash_of(seal, BROWSER, _sealed(username, secret)) else ""


def _sealed(username, secret):
    return f"{username.strip().casefold()}:{secret}"
