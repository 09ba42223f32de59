"""The secretariat's admin site, at /secretariat/."""

from datetime import datetime
from functools import partial, wraps
from typing import Any, cast

from django import forms
from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

import clock
from journal import position
from journal.actors import STAFF, Actor
from journal.models import Entry
from journal.recording import record
from outbox import health
from secretariat import attention
from secretariat.signing_in import limits
from secretariat.signing_in.sessions import reason_of_end
from secretariat.workspace import beginning, front
from speakers.delegations import code_limit


class NextForm(forms.Form):
    """The page that was asked for before the sign-in; the sign-in leads to none of another site."""

    next = forms.CharField(max_length=2000)


class SecretariatSite(AdminSite):
    """Django's own admin; its front page shows what needs attention, and it records what staff do."""

    site_title = _("Secretariat")
    site_header = _("Secretariat of the list of speakers")
    index_title = _("The desk")
    enable_nav_sidebar = False
    empty_value_display = "–"

    def get_urls(self) -> list[Any]:
        """Django's pages, where each person begins, the page of a meeting, and its figures."""
        from secretariat.figures.page import figures  # noqa: PLC0415  forms need all apps, which are not there before
        from secretariat.workspace import page  # noqa: PLC0415  as above

        workspace = self.admin_view(partial(page.workspace, site=self))
        shown = self.admin_view(partial(figures, site=self))
        return [
            path("start/", self.admin_view(require_GET(self.start)), name="start"),
            path("meetings/<slug:slug>/", workspace, name="dialogue_meeting_workspace"),
            path("meetings/<slug:slug>/figures/", shown, name="dialogue_meeting_figures"),
            *super().get_urls(),
        ]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The front page: what needs the person who reads it, and where they work."""
        seen, at, ahead = health.signs_of_life()
        shown = front.content(request.user, at, seen, ahead, _on_guesses(request, at))
        return super().index(request, {**shown, "version": settings.VERSION, **(extra_context or {})})

    def start(self, request: HttpRequest) -> HttpResponse:
        """Lead to where the signed-in person works; to the front page, if they work at several places or at none."""
        return redirect(beginning.begins_at(request.user, clock.now()) or "admin:index")

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The page where staff sign in.  R-78"""
        from secretariat.signing_in.password import PasswordPage  # noqa: PLC0415  forms need all apps, which are not there before

        context = {
            **self.each_context(request),
            "title": _("Log in"),
            "session_ended": reason_of_end(request),
            "organization": _organization(request),
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **(extra_context or {}),
        }
        request.current_app = self.name  # type: ignore[attr-defined]
        view = PasswordPage.as_view(extra_context=context, next_page=reverse("admin:start"))
        return cast(HttpResponse, view(request))

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Each page, for staff alone. Django fails on keys that no row can have: what is ticked on a list reaches the
        page without them, and an address that names one is not found.
        """

        @wraps(view)
        def only_keys(request, *args, **kwargs):
            if request.method == "POST":
                _drop_what_is_no_key(request)
                return view(request, *args, **kwargs)
            try:
                return view(request, *args, **kwargs)
            except OverflowError as too_large:  # for SQLite; PostgreSQL compares numbers of any size
                raise Http404 from too_large

        return super().admin_view(only_keys, cacheable)

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


def _drop_what_is_no_key(request):
    from dialogue.admin.on_many import Keys  # noqa: PLC0415  as above

    ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
    keys = Keys(required=False).clean(ticked)
    if len(keys) < len(ticked):
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, [str(key) for key in keys])


def _organization(request):
    """The link to the sign-in of the organization, if there is one."""
    if not settings.IDENTITY_PROVIDER["issuer"]:
        return None
    form = NextForm(request.GET)
    is_asked = form.is_valid() and form.cleaned_data["next"] != reverse("admin:index")
    query = form.cleaned_data if is_asked else None
    address = reverse("openid_connect_login", args=["organization"], query=query)
    return {"name": settings.IDENTITY_PROVIDER["name"], "address": address}


def _on_guesses(request, at):
    """Blocks on wrong passwords and codes in the day before `at`, if there were too many: one statement.  R-59 R-78

    Those of staff are for the leads, who look after accounts.
    """
    times = position.times("secretariat", [*limits.REACHED, code_limit.REACHED], after=at - limits.TOLD_FOR)
    of_staff = limits.sentences(times) if request.user.has_perm("auth.change_user") else []
    of_delegations = code_limit.sentences(times[code_limit.REACHED])
    return [*_block(gettext("Sign-in of staff"), of_staff), *_block(gettext("Sign-in of delegations"), of_delegations)]


def _block(heading, sentences):
    """A block of none or one with the `sentences`, each with the search of the journal that it leads to."""
    page = "admin:journal_entry_changelist"
    lines = [attention.Line(words, reverse(page, query={"q": act}), is_urgent=True) for words, act in sentences]
    return [attention.Block(heading, lines)] if lines else []
