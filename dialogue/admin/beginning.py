"""Adding an object from something that is there already: ways beside the empty form, each an act without a subject."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

import clock
from dialogue.admin.acting import Act, WithActs


class WithBeginnings(WithActs):
    """Mixin for an admin page: other ways to add an object than to type all of it, each with an address of its own."""

    beginnings: tuple[Act, ...] = ()

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.beginning_view)
        return [
            path("add/<slug:name>/", view, name=f"{self.opts.app_label}_{self.opts.model_name}_begin"),
            *super().get_urls(),
        ]

    def beginnings_for(self, request: HttpRequest) -> list[dict[str, Any]]:
        """The ways that the signed-in member of staff may go, with their addresses."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_begin"
        return [
            {"label": act.label, "guidance": act.guidance, "address": reverse(name, args=[act.name])}
            for act in self.beginnings
            if request.user.has_perm(act.permission)
        ]

    def beginning_view(self, request: HttpRequest, name: str) -> HttpResponse:
        """The page of one way: GET shows its form, POST adds. `act.after` returns the page of what was added."""
        act = next((act for act in self.beginnings if act.name == name), None)
        if act is None:
            raise Http404
        if not request.user.has_perm(act.permission):
            raise PermissionDenied
        at, form = clock.now(), act.form(request.POST if request.method == "POST" else None, subject=None)
        if act.after and form.is_valid() and self._is_done(request, act, form, at):
            return redirect(act.after(None, form.cleaned_data))
        return self.act_page(request, act, form, None, at)
