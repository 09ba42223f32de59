"""The secretariat's admin site, at /secretariat/."""

from datetime import datetime
from functools import partial
from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

import clock
from journal.actors import STAFF, Actor
from journal.models import Entry
from journal.recording import record
from secretariat import attention, permitted_links


class SecretariatSite(AdminSite):
    """Django's own admin; its front page shows what needs attention, and it records what staff do."""

    site_title = _("Secretariat")
    site_header = _("Secretariat of the list of speakers")
    index_title = _("Needs attention")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The front page: each list, the mail, and the machinery, in words."""
        blocks = permitted_links.without_shut_doors(attention.survey(clock.now()), request.user)
        context = {"attention": blocks, "version": settings.VERSION}
        return super().index(request, {**context, **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """The pages that the member of staff may open, worked out only if they are shown: few pages show them."""
        return SimpleLazyObject(partial(super().get_app_list, request, app_label))

    def record(
        self,
        request: HttpRequest,
        act: str,
        *,
        subject: str,
        at: datetime,
        before: dict[str, list[str]] | None = None,
        after: dict[str, Any] | None = None,
    ) -> Entry:
        """Journal an act of the signed-in member of staff in the secretariat's own chain.  R-58

        For pages of apps that do not know the journal. Call it in the transaction of the act.
        """
        user = cast(User, request.user)
        by = Actor(user.get_full_name() or user.get_username(), STAFF)
        return record(act, stream="secretariat", subject=subject, by=by, at=at, before=before, after=after)
