"""What django-allauth may do here: no mail, no messages, and only destinations on this site.  R-78"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

import clock
from journal.actors import STAFF, Actor
from journal.recording import record

# What django-allauth calls its mails, and what the journal calls the acts.
OWN_ACTS = {
    "totp_activated": "second factor set up",
    "webauthn_added": "second factor set up",
    "totp_deactivated": "second factor removed",
    "webauthn_removed": "second factor removed",
    "recovery_codes_generated": "recovery codes made",
}


class AccountAdapter(DefaultAccountAdapter):
    def is_safe_url(self, url: str | None) -> bool:
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def send_mail(self, *_mail: Any, **_more: Any) -> None:
        """All mail goes through the outbox; this sign-in sends none."""

    def add_message(self, *_message: Any, **_more: Any) -> None:
        """Each page says what happened by itself."""

    def send_notification_mail(self, template_prefix: str, user: Any, *_more: Any, **_others: Any) -> None:
        """Journal what a person did to their second factor, of which django-allauth would send a mail.  R-58"""
        act = OWN_ACTS[template_prefix.rpartition("/")[2]]
        by = Actor(user.get_full_name() or user.get_username(), STAFF)
        with transaction.atomic():
            record(act, stream="secretariat", subject=f"user/{user.pk}", by=by, at=clock.now())

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:  # noqa: ARG002  allauth hands it over
        return refused(request, _("Your account here is inactive. A Secretariat lead can make it active again."))


class FactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _lazy("This code is wrong. Type the one shown now."),
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: ARG002  allauth names it
        return _("Passkey")


def refused(request: HttpRequest, words: str, *, status: int = 403) -> HttpResponse:
    """The page that says in `words` why no one was signed in."""
    context = {**admin.site.each_context(request), "words": words}
    return render(request, "admin/sign_in_refused.html", context, status=status)
