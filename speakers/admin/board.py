"""The board: the whole list on one screen, moved by hand, by several officers at once.  R-16 R-20

`board_rows.py` works out what is shown; each act is a POST that states which version of the list it is based on.
"""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

import clock
from acts.refusals import Refusal
from dialogue.admin.base import staff
from dialogue.models import Meeting
from dialogue.streaming.permitting import may_stream
from journal import position
from speakers import chronicle, lists
from speakers.admin import planned, taking_out
from speakers.admin.acts import PinForm
from speakers.admin.board_rows import Board
from speakers.admin.filters import current_meeting
from speakers.models import Inscription
from speakers.moves import pinning, stale_view, undoing
from spelling.listing import in_sentences

SEE, ACT = "speakers.view_inscription", "speakers.change_inscription"
# At most this many changes are listed in words; beyond that, only a note that there are more.
TOLD_AT_ONCE = 8


class MoveForm(PinForm):
    """Before which entry and why, and the version of the list the officer saw."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class VersionForm(forms.Form):
    """An act that needs no input but the version of the list the officer saw."""

    version = forms.IntegerField(min_value=0)


class UndoForm(VersionForm):
    """Also what the officer read of the places that the undoing leads to.  R-68"""

    seen = forms.CharField(required=False)


class SinceForm(forms.Form):
    """The version of the list that the page shows."""

    since = forms.IntegerField(min_value=0)


def urls(model_admin: ModelAdmin) -> list[URLPattern]:
    """The URL patterns of the board, inside the admin site and subject to its permissions."""

    def to(view, permission):
        def shown(request, *args, **kwargs):
            if not request.user.has_perms([SEE, permission]):
                raise PermissionDenied
            return never_cache(view)(request, model_admin, *args, **kwargs)

        return model_admin.admin_site.admin_view(shown)

    pages = [
        ("", to(may_stream(page), SEE), ""),
        ("plan/", to(by_sitting, SEE), "_plan"),
        ("news/", to(news, SEE), "_news"),
        ("undo/", to(undo, ACT), "_undo"),
        ("export/", to(export, ACT), "_export"),
        ("<int:pk>/move/", to(move, ACT), "_move"),
        ("<int:pk>/unpin/", to(unpin, ACT), "_unpin"),
    ]
    return [
        path("board/", to(current, SEE), name="speakers_inscription_boards"),
        *(
            path(f"{list_at}{below}", view, name=f"speakers_inscription_board{name}")
            for list_at in ("board/<slug:slug>/", "board/<slug:slug>/lists/<slug:list_slug>/")
            for below, view, name in pages
        ),
    ]


def address(meeting: Meeting, entry: Inscription | None = None) -> str:
    """The address of the board of the list at hand of `meeting`; with `entry`, of its row there."""
    page = reverse("admin:speakers_inscription_board", args=meeting.speakers_list.address)
    return page + (f"#e-{entry.pk}" if entry else "")


def _meeting(slug, list_slug):
    """The meeting at `slug` with the list at `list_slug` at hand. Raises `Http404`."""
    return lists.for_staff_or_404(slug, list_slug).meeting_at_hand


@require_GET
def current(_request: HttpRequest, _model_admin: ModelAdmin) -> HttpResponse:
    """Redirect to the board of the meeting staff are working on now."""
    meeting = current_meeting(list(Meeting.objects.all()), clock.now())
    if meeting is None:
        raise Http404
    return redirect(address(meeting))


@require_GET
def page(request: HttpRequest, model_admin: ModelAdmin, slug: str, list_slug: str = "") -> HttpResponse:
    """The whole list in speaking order, its forecast, and the form that moves an entry."""
    meeting = _meeting(slug, list_slug)
    board = Board.of(meeting.speakers_list, at=meeting.moment(clock.now()))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("The board"),
        "subtitle": meeting.speakers_list,
        "opts": model_admin.opts,
        "meeting": meeting,
        "chosen": lists.choice_of(meeting.speakers_list),
        "board": board,
        "may_act": request.user.has_perm(ACT),
        "live_port": settings.LIVE_PORT,
        "has_several_lists": meeting.speakers_list.is_one_of_several,
    }
    return TemplateResponse(request, "admin/speakers/inscription/board.html", context)


@require_GET
def by_sitting(request: HttpRequest, model_admin: ModelAdmin, slug: str, list_slug: str = "") -> HttpResponse:
    """The plan: who is likely to speak in which sitting, and who prefers another.  R-64"""
    meeting = _meeting(slug, list_slug)
    at = meeting.moment(clock.now())
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("The plan by sitting"),
        "subtitle": meeting.speakers_list,
        "opts": model_admin.opts,
        "meeting": meeting,
        "chosen": lists.choice_of(meeting.speakers_list),
        "entries": "../../../../../" if list_slug else "../../../",
        "as_at": at,
        "parts": planned.parts_of(meeting.speakers_list, at=at),
        "may_act": request.user.has_perm(ACT),
    }
    return TemplateResponse(request, "admin/speakers/inscription/plan.html", context)


@require_GET
def news(request: HttpRequest, _model_admin: ModelAdmin, slug: str, list_slug: str = "") -> HttpResponse:
    """For a page that heard of news, or asks: the journal's position, and the acts recorded `since`, as sentences."""
    meeting = _meeting(slug, list_slug)
    stream = meeting.speakers_list.journal_stream
    form, now = SinceForm(request.GET), position.position(stream)
    changes = []
    if form.is_valid() and form.cleaned_data["since"] < now:
        entries = chronicle.once(position.since(stream, form.cleaned_data["since"]))
        changes = chronicle.sentences(entries[-TOLD_AT_ONCE:], meeting)
    return JsonResponse({"version": now, "changes": changes})


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, model_admin: ModelAdmin, slug: str, pk: int, list_slug: str = "") -> HttpResponse:
    """Ask before which entry and why; a POST moves the entry through its rule, or says what prevents it.  R-20"""
    entry = _entry(slug, list_slug, pk)
    with timezone.override(entry.meeting.zone):
        version = position.position(entry.speakers_list.journal_stream)
        form = MoveForm(request.POST or None, subject=entry, initial={"version": version})
        changes = []
        if form.is_valid():
            try:
                _pin(form, by=staff(request), at=entry.meeting.moment(clock.now()))
            except stale_view.Overtaken as overtaken:
                changes = overtaken.changes
                _start_again(form, overtaken, version)
            except Refusal as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, _("%(entry)s was moved.") % {"entry": chronicle.named(entry)})
                return redirect(address(entry.meeting, entry))
        return _move_page(request, model_admin, form, changes)


@require_POST
def unpin(request: HttpRequest, _model_admin: ModelAdmin, slug: str, pk: int, list_slug: str = "") -> HttpResponse:
    """Remove a pin: the entry returns to its computed place.  R-20"""
    entry = _entry(slug, list_slug, pk)

    def act(version, **who_and_when):
        pinning.unpin(entry, based_on=version, **who_and_when)
        return _("The pin of %(entry)s was removed.") % {"entry": chronicle.named(entry)}

    return _done(request, entry.meeting, act, at=entry.meeting.moment(clock.now()))


@require_POST
def undo(request: HttpRequest, _model_admin: ModelAdmin, slug: str, list_slug: str = "") -> HttpResponse:
    """Undo the last move that was not undone; the board then says what the next step would be.  R-20 R-68"""
    meeting, form = _meeting(slug, list_slug), UndoForm(request.POST)

    def act(version, **who_and_when):
        seen = form.cleaned_data["seen"] if form.is_valid() else ""
        entry = undoing.undo_last_move(meeting.speakers_list, seen=seen, based_on=version, **who_and_when)
        return _("The last move was undone: %(entry)s.") % {"entry": chronicle.named(entry)}

    return _done(request, meeting, act, at=meeting.moment(clock.now()))


@require_POST
def export(request: HttpRequest, _model_admin: ModelAdmin, slug: str, list_slug: str = "") -> HttpResponse:
    """The list with contacts as a file, or all lists of the meeting; a POST, because it is journalled.  R-30 R-58"""
    meeting = _meeting(slug, list_slug)
    file = taking_out.from_board(request, meeting.speakers_list, at=meeting.moment(clock.now()))
    if file is None:
        messages.warning(request, _("There is nothing to export."))
    return file or redirect(address(meeting))


def _done(request, meeting, act, *, at):
    """Do `act` at the moment `at` on the version the form names, report the outcome, and show the board."""
    form = VersionForm(request.POST)
    if form.is_valid():
        try:
            words = act(form.cleaned_data["version"], by=staff(request), at=at)
        except stale_view.Overtaken as overtaken:
            messages.warning(request, in_sentences([overtaken, *overtaken.changes]))
        except Refusal as refusal:
            messages.warning(request, in_sentences([refusal, *refusal.details]))
        else:
            messages.success(request, words)
    return redirect(address(meeting))


def _entry(slug, list_slug, pk):
    """The entry `pk` of the list at `list_slug` of the meeting at `slug`. Raises `Http404`."""
    entries = Inscription.objects.select_related(
        "speakers_list__meeting", "delegation", "level", "pinned_before__delegation"
    )
    return get_object_or_404(entries, speakers_list__meeting__slug=slug, speakers_list__slug=list_slug, pk=pk)


def _pin(form, *, by, at):
    typed = form.cleaned_data
    pinning.pin(
        form.subject,
        before=typed["before"],
        reason=typed["reason"],
        seen=typed["seen"],
        based_on=typed["version"],
        by=by,
        at=at,
    )


def _start_again(form, overtaken, version):
    """Keep everything typed, say what happened, and base the next attempt on the version shown now."""
    form.data = form.data.copy()
    form.data["version"] = version
    form.add_error(None, str(overtaken))


def _move_page(request, model_admin, form, changes):
    entry = form.subject
    beside = [{"heading": _("What changed while you were working"), "lines": changes}] if changes else []
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Move %(entry)s") % {"entry": chronicle.named(entry)},
        "guidance": _(
            "For what the rules cannot know. The place is marked as pinned, with your reason, until the pin is removed."
        ),
        "beside": beside,
        "form": form,
        "media": model_admin.media + form.media,
        "opts": model_admin.opts,
        "back": address(entry.meeting, entry),
    }
    status = 409 if changes else 422 if form.errors else 200
    return TemplateResponse(request, "admin/act.html", context, status=status)
