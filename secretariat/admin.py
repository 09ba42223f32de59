"""Staff accounts: Django's own pages, without delete, journalled; no one can raise their own rank."""

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

import clock
from dialogue.admin.acting import Act, ActForm, WithActs, reason_field
from dialogue.admin.base import DeskAdmin
from journal.actors import Actor
from languages import of_django
from secretariat.recovery import admin as _restores  # noqa: F401  registers its page
from secretariat.signing_in import second_factor

admin.site.unregister([User, Group, EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken])
of_django.translate_icons()


class LostDeviceForm(ActForm):
    reason = reason_field(help_text=_("How you know that it is this person who asks. It is kept in the journal."))


def _take_away(user: User, typed: dict[str, Any], by: Actor, at: datetime) -> str:
    second_factor.take_away(user, by=by, at=at, reason=typed["reason"])
    words = _(
        "The second factor of %(name)s is gone, and their sessions have ended. They set up another at the next sign-in."
    )
    return words % {"name": user.get_full_name() or user.get_username()}


ACTS = (
    Act(
        name="take-away-second-factor",
        label=_("Take the second factor away"),
        guidance=_(
            "For a person whose device and recovery codes are lost. From then on the password alone lets them set up "
            "another, so set a new password too, and tell it to the person themselves."
        ),
        form=LostDeviceForm,
        perform=_take_away,
        permission="auth.change_user",
        is_possible=lambda user, _at: second_factor.is_set_up(user),
    ),
)


@admin.register(User)
class AccountAdmin(UserAdmin, WithActs):
    """A Secretariat lead puts people into groups; only a superuser creates superusers or changes their accounts.

    An account that is no longer used is made inactive, so that the names in the journal keep their meaning.
    """

    admin_site: Any  # the secretariat’s own, which also records
    list_filter = ["is_staff", "is_active", "groups"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (
            _("Who"),
            {
                "description": _("The journal records this name with everything this person does."),
                "fields": ["first_name", "last_name", "email"],
            },
        ),
        (
            _("What this person may do"),
            {
                "description": _(
                    "Read only: sees everything, changes nothing. List officer: also acts on the list. Lead: "
                    "also meetings, deadlines, mail and accounts. Staff status is needed to sign in here. "
                    "Accounts are not deleted: for a person who leaves, take “Active” away. They are signed out at "
                    "once, and what they did keeps their name."
                ),
                "fields": ["is_active", "is_staff", "is_superuser", "groups"],
            },
        ),
    ]
    filter_horizontal = []
    acts = ACTS

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if request.user.is_superuser else ["is_superuser"]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        """Django's page; the journal records that the password was set, never the password.  R-58"""
        with transaction.atomic():
            response = super().user_change_password(request, id, form_url)
            if request.method == "POST" and response.status_code == 302:
                self.admin_site.record(request, "password set", subject=f"user/{id}", at=clock.now())
        return response

    def act_view(self, request: HttpRequest, object_id: int, name: str) -> HttpResponse:
        """Acts are on accounts that the lead may change: not on those of superusers."""
        if not self.has_change_permission(request, self.get_object(request, str(object_id))):
            raise PermissionDenied
        return super().act_view(request, object_id, name)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


@admin.register(Group)
class StaffGroupAdmin(GroupAdmin, DeskAdmin):
    """What each group may do. The groups of the project are those of the tables `permissions.py`, set by `prepare`."""

    filter_horizontal = []

    def formfield_for_manytomany(self, *args: Any, **kwargs: Any) -> Any:
        return of_django.permissions_of_ours(super().formfield_for_manytomany(*args, **kwargs))
