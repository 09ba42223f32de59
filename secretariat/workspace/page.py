"""The page of a meeting at the desk: each part of the work on it, with what waits there."""

from dataclasses import replace
from typing import Any, NamedTuple

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

import clock
from dialogue import moments
from dialogue.models import ProgrammeSlot, ProgrammeVersion
from outbox.models import Message
from outbox.models import State as MailState
from secretariat import attention, list_attention, ticket_attention
from secretariat.permitted_links import may_open
from secretariat.workspace.beginning import Page
from secretariat.workspace.front import SEES_MEETINGS
from secretariat.workspace.parts import PARTS, open_to
from speakers.models import SpeakersList


class Card(NamedTuple):
    """A part of the work: its heading and page, what is to be said of it, and the pages beside it."""

    heading: str
    address: str
    lines: list[attention.Line]
    pages: list[Page] = []


@require_GET
def workspace(request: HttpRequest, slug: str, *, site: AdminSite) -> HttpResponse:
    """The page of the meeting at `slug`, for staff who may see meetings; at most twelve statements."""
    if not request.user.has_perm(SEES_MEETINGS):
        raise PermissionDenied
    at = clock.now()
    found = _lists_of(slug, at)
    if not found:
        raise Http404
    context = {
        **site.each_context(request),
        "title": _("The work on this meeting"),
        "meeting": found[0].meeting,
        "lists_of_meeting": found,
        "days": moments.days_in_words(found[0].meeting),
        "cards": _cards(request.user, found, at),
    }
    return TemplateResponse(request, "admin/workspace.html", context)


def _lists_of(slug, at):
    """The lists of the meeting, counted, the main one first, with what is to be said of its programme (1 statement)."""
    slots = ProgrammeSlot.objects.filter(meeting=OuterRef("meeting")).order_by().values("meeting")
    versions = ProgrammeVersion.objects.filter(meeting=OuterRef("meeting")).order_by().values("meeting")
    lists = list_attention.counted(SpeakersList.objects.all(), at).annotate(
        lines=Subquery(slots.annotate(number=Count("pk")).values("number")),
        released_at=Subquery(versions.annotate(last=Max("released_at")).values("last")),
    )
    found: list[Any] = list(lists.filter(meeting__slug=slug).order_by("slug"))
    for each in found:
        each.meeting = found[0].meeting
    list_attention.read_draws(found)
    return found


# The parts that stand on the card of another, for those who may open that one.
BESIDE = {"room": ["booth"], "tickets": ["door"], "meeting": ["webhooks"]}


def _cards(user, found, at):
    """The cards that `user` may open: one for each list, and one for each other part."""
    main = found[0]
    pages = open_to(user, main)
    said = {
        **{"mail": _mail, "programme": _programme, "room": _room, "tickets": _tickets},
        **{"figures": _figures, "journal": _journal, "meeting": _meeting},
    }
    cards = [_of_list(user, each, at, len(found) > 1) for each in found if "list" in pages]
    for name, part in PARTS.items():
        if name in said and name in pages and not part.is_of_list:
            lines = said[name](main, at, pages[name])
            beside = [_page(each, pages) for each in BESIDE.get(name, ()) if each in pages]
            cards.append(Card(str(part.label), pages[name], _only_open(user, lines), beside))
    alone = [name for part, names in BESIDE.items() if part not in pages for name in names if name in pages]
    return cards + [Card(str(PARTS[name].label), pages[name], []) for name in alone]


def _page(name, pages):
    return Page(str(PARTS[name].label), pages[name])


def _of_list(user, each, at, is_one_of_several):
    heading = each.name if is_one_of_several else _("List of speakers")
    pages = {name: address for name, address in open_to(user, each).items() if PARTS[name].is_of_list}
    each.meeting_at_hand  # noqa: B018  the list at hand, of which the sentences speak
    lines = _only_open(user, attention.list_lines(each, at))
    return Card(
        heading,
        pages.pop("list"),
        lines,
        [_page(name, pages) for name in pages],
    )


def _only_open(user, lines):
    """The `lines`, as links only to what `user` may open."""
    return [line if may_open(user, line.address) else replace(line, address="") for line in lines]


def _mail(main, _at, address):
    """What of the mail about the meeting failed, is held back or on its way (one statement)."""
    counts = Message.objects.not_sent().filter(about=main.meeting.slug)
    found = counts.aggregate(
        failed=Count("pk", filter=Q(state=MailState.FAILED)),
        held=Count("pk", filter=Q(state__in=[MailState.HELD, MailState.KEPT])),
        waiting=Count("pk", filter=Q(state__in=[MailState.QUEUED, MailState.SENDING])),
    )
    failed = ngettext("%(count)d mail failed.", "%(count)d mails failed.", found["failed"])
    held = ngettext("%(count)d mail is held back.", "%(count)d mails are held back.", found["held"])
    waiting = ngettext("%(count)d mail is on its way.", "%(count)d mails are on their way.", found["waiting"])
    said = [
        (failed, found["failed"], f"{address}&state__exact=failed", True),
        (held, found["held"], f"{address}&state__exact=held", not main.meeting.holds_mail),
        (waiting, found["waiting"], f"{address}&state__exact=queued", False),
    ]
    lines = [attention.Line(words % {"count": count}, to, is_urgent) for words, count, to, is_urgent in said if count]
    return lines or [attention.Line(_("Nothing waits to be sent."))]


def _programme(main, _at, address):
    number = main.lines or 0
    words = ngettext("It has %(count)d line.", "It has %(count)d lines.", number) % {"count": number}
    if main.released_at is None:
        return [attention.Line(words, address), attention.Line(_("It is not released yet."))]
    moment = moments.in_words(main.released_at, main.meeting)
    return [attention.Line(words, address), attention.Line(_("Last released on %(moment)s.") % {"moment": moment})]


def _room(_main, _at, address):
    return [attention.Line(_("Open the console and the record of the meeting."), address)]


def _figures(_main, _at, address):
    return [attention.Line(_("When entries arrived, and from which regional groups they are."), address)]


def _journal(_main, _at, address):
    return [attention.Line(_("All that was done, when, by whom and why."), address)]


def _meeting(main, _at, address):
    meeting = main.meeting
    seen = _("Everyone can see this meeting.") if meeting.is_published else _("Only staff see this meeting.")
    lines = [attention.Line(seen, address)]
    return lines if not meeting.is_rehearsal else [*lines, attention.Line(_("It is a rehearsal."))]


def _tickets(main, at, _address):
    """What waits at the ticket office (two statements)."""
    counts = ticket_attention.counts_of([main.meeting]).get(main.meeting_id)
    if counts is None:
        return [attention.Line(_("No one has asked for a ticket yet."))]
    parts = ticket_attention.sentences(main.meeting, counts, main.meeting.moment(at))
    return [attention.Line(*each) for each in parts]
