"""Writing to the chosen delegations: a text, a preview of the first mail, then drafts for the mail desk.  R-60"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import BigAutoField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

import clock
from acts.refusals import Refusal
from dialogue import mailing
from dialogue.admin.base import DeskAdmin, staff
from dialogue.models import Meeting
from languages.collation import in_order
from speakers import chronicle
from speakers.admin import composing
from speakers.admin.filters import current_meeting
from speakers.mail import notices, writing
from speakers.models import Delegation, FocalPoint, Inscription

PERMISSION = "speakers.change_inscription"


class Keys(forms.CharField):
    """Keys of rows in one text, separated by commas; cleans to a list of numbers."""

    def to_python(self, value: Any) -> Any:
        key = forms.IntegerField(min_value=1, max_value=BigAutoField.MAX_BIGINT)
        return [key.clean(each) for each in (super().to_python(value) or "").split(",")]


class ChosenForm(forms.Form):
    """The rows that were chosen, from the address of the page."""

    chosen = Keys()


class ToEntries:
    """Addressees: the contacts of the chosen entries."""

    allowed = writing.TO_ENTRIES
    write = staticmethod(writing.write_to_entries)

    def __init__(self, meeting, keys):
        self.meeting = meeting
        chosen = Inscription.objects.filter(speakers_list__meeting=meeting, pk__in=keys).select_related(
            "delegation", "level"
        )
        self.found = list(chosen.order_by("receipt_no"))

    def names(self) -> list[str]:
        return [chronicle.named(inscription) for inscription in self.found]

    def languages(self, letter: writing.Letter) -> list[str]:
        """In which language of the `letter` each reads it."""
        found = ((each.delegation, *notices.recipients(each)) for each in self.found)
        return [writing.language_among(letter, delegation, [*to, *cc]) for delegation, to, cc in found]

    def context(self, number: int, at: datetime) -> dict[str, Any]:
        """What the placeholders stand for in the mail to the addressee of that `number`."""
        return next(writing.entry_contexts([self.found[number]], at=at))[1]


class ToDelegations:
    """Addressees: the focal points of the chosen delegations."""

    allowed = writing.TO_DELEGATIONS
    write = staticmethod(writing.write_to_delegations)

    def __init__(self, meeting, keys):
        self.meeting = meeting
        with_points = FocalPoint.objects.to_remind().filter(delegation__in=keys).values("delegation")
        self.found = in_order(Delegation.objects.filter(pk__in=with_points))

    def names(self) -> list[str]:
        return [str(delegation) for delegation in self.found]

    def languages(self, letter: writing.Letter) -> list[str]:
        """In which language of the `letter` each reads it."""
        addresses = writing.addresses_of([each.pk for each in self.found])
        return [writing.language_among(letter, each, addresses[each]) for each in self.found]

    def context(self, number: int, at: datetime) -> dict[str, Any]:
        """What the placeholders stand for in the mail to the addressee of that `number`."""
        return writing.delegation_context(self.meeting, self.found[number])


def url(model_admin: DeskAdmin, addressees: type[ToDelegations] | type[ToEntries], name: str) -> URLPattern:
    """The address of the page that writes to the chosen `addressees` (`ToEntries` or `ToDelegations`)."""

    def view(request, slug):
        return page(model_admin, request, slug, addressees)

    return path("write/<slug:slug>/", model_admin.admin_site.admin_view(view), name=name)


def to_chosen(name: str, meeting: Meeting, chosen: Iterable[int]) -> HttpResponse:
    """Redirect to the page that writes to the `chosen` rows, for an action of a changelist."""
    return redirect(reverse(f"admin:{name}", args=[meeting.slug], query={"chosen": ",".join(map(str, chosen))}))


def meeting_now() -> Meeting:
    """The meeting staff work on now. Raises `Http404` if there is none."""
    meeting = current_meeting(list(Meeting.objects.all()), clock.now())
    if meeting is None:
        raise Http404
    return meeting


def page(
    model_admin: DeskAdmin, request: HttpRequest, slug: str, addressees: type[ToDelegations] | type[ToEntries]
) -> HttpResponse:
    """GET shows the form, POST previews a mail in each language; a second POST writes one draft for each addressee."""
    if not request.user.has_perm(PERMISSION):
        raise PermissionDenied
    meeting = get_object_or_404(Meeting, slug=slug)
    chosen = ChosenForm(request.GET)
    keys = chosen.cleaned_data["chosen"] if chosen.is_valid() else []
    to = addressees(meeting, keys)
    if not to.found:
        messages.warning(request, _("None of those chosen has an address to write to."))
        return redirect(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist")
    form = composing.LetterForm(request.POST if request.method == "POST" else None)
    previews = []
    at = meeting.moment(clock.now())
    if form.is_valid() and _is_text_right(form, to):
        if composing.pressed(request) == "save" and form.was_read and form.cleaned_data["batch"]:
            return _written(request, meeting, form, to, keys, at=at)
        form.note_preview()
        previews = list(_previews(meeting, form.letter, to, at))
    return _page(model_admin, request, meeting, form, to, previews)


def _is_text_right(form, to):
    for language, (subject, body) in form.letter.items():
        try:
            writing.require_text(subject, body, allowed=to.allowed)
        except Refusal as refusal:
            is_own = language == settings.LANGUAGE_CODE
            form.add_error(refusal.field if is_own else f"{refusal.field}_{language}", str(refusal))
    return not form.errors


def _previews(meeting, letter, to, at):
    """The `letter` about `meeting` in each language, as the first who reads it in that one will; else as the first."""
    read_in, names = to.languages(letter), to.names()
    for language in letter:
        number = read_in.index(language) if language in read_in else 0
        subject, body = writing.filled(letter, language, to.context(number, at))
        of = _("The first of them, to %(name)s:") % {"name": names[number]}
        subject = mailing.subject_of(meeting, subject, language)
        yield {"of": of, "subject": subject, "body": body, "language": composing.known(language)}


def _written(request, meeting, form, to, keys, *, at):
    """Write the drafts and redirect to them at the mail desk."""
    count = to.write(meeting, keys, form.letter, batch=form.cleaned_data["batch"], by=staff(request), at=at)
    words = ngettext(
        "%(count)d draft is written. It is sent when you release it here.",
        "%(count)d drafts are written. They are sent when you release them here.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect(
        reverse("admin:outbox_message_changelist", query={"state__exact": "held", "kind__exact": writing.KIND})
    )


def _page(model_admin, request, meeting, form, to, previews):
    names = to.names()
    addressed = ngettext("To %(count)d delegation", "To %(count)d delegations", len(names)) % {"count": len(names)}
    save = ngettext("Write %(count)d draft", "Write %(count)d drafts", len(names)) % {"count": len(names)}
    return composing.page(
        model_admin,
        request,
        form,
        title=_("Write to the chosen delegations"),
        subtitle=meeting,
        guidance=_("Each gets a separate mail. The mails are drafts until you release them at the mail desk."),
        back=reverse(f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_changelist"),
        allowed=to.allowed,
        save=save,
        may_write=True,
        addressed=addressed,
        addressees=names,
        previews=previews,
    )
