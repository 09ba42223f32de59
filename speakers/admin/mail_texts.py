"""The texts of mail to delegations: staff preview each with sample facts, and may replace it for one meeting, in any
of the languages of the site.  R-10 R-60
"""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

import clock
from acts.refusals import Refusal
from dialogue.admin.base import DeskAdmin, ReadOnly, staff
from dialogue.models import MailText, Meeting
from speakers.admin import composing
from speakers.admin.filters import chosen_meeting
from speakers.mail import samples, texts
from speakers.mail.editable_mails import EDITABLE
from speakers.mail.placeholders import is_shipped_in

LANGUAGES = dict(settings.LANGUAGES)


@admin.register(MailText)
class MailTextAdmin(ReadOnly, DeskAdmin):
    """One page lists all kinds of mail; another shows and changes the text of one kind."""

    def get_urls(self) -> list[Any]:
        name = "dialogue_mailtext_of"
        return [
            path("<slug:slug>/<slug:name>/<slug:language>/", self.admin_site.admin_view(self.text_view), name=name),
            *self.plain_urls(),
        ]

    def plain_urls(self) -> list[URLPattern]:
        """The list alone: no row has a page under its number."""
        return [path("", self.admin_site.admin_view(self.changelist_view), name="dialogue_mailtext_changelist")]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        meetings = list(Meeting.objects.all())
        meeting = chosen_meeting(request, meetings, clock.now())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Mail texts"),
            "opts": self.opts,
            "meetings": meetings,
            "meeting": meeting,
            "mails": _mails(meeting) if meeting else [],
        }
        return TemplateResponse(request, "admin/mail_texts.html", context)

    def text_view(self, request: HttpRequest, slug: str, name: str, language: str) -> HttpResponse:
        """One kind in one language: as shipped, as in use, and the form to replace it for those who may."""
        meeting, mail = get_object_or_404(Meeting, slug=slug), EDITABLE.get(name)
        may_write = request.user.has_perm("dialogue.change_mailtext")
        if mail is None or language not in LANGUAGES:
            raise Http404
        if not self.has_view_permission(request) or (request.method == "POST" and not may_write):
            raise PermissionDenied
        own = meeting.own_mail_texts.get((mail.kind, language))
        form = composing.ComposeForm(request.POST if request.method == "POST" else None, initial=_initial(mail, own))
        composing.write_in(form, language)
        if request.method == "POST" and (words := _acted(request, meeting, mail, language, form)):
            messages.success(request, words)
            return redirect(_address(meeting))
        return composing.page(
            self,
            request,
            form,
            title=mail.label,
            subtitle=meeting,
            guidance=_guidance(language),
            languages=_languages(meeting, mail, language),
            back=_address(meeting),
            allowed=mail.allowed,
            required=mail.required,
            save=_("Use this text"),
            may_write=may_write,
            may_use_shipped=own is not None,
            **_as_read(meeting, mail, language, form, own),
        )


def _address(meeting):
    return reverse("admin:dialogue_mailtext_changelist", query={"meeting": meeting.pk})


def _mails(meeting):
    return [
        {
            "label": mail.label,
            "address": _text_address(meeting, mail),
            "own": [each for each in _languages(meeting, mail) if each["has_own"]],
        }
        for mail in EDITABLE.values()
    ]


def _text_address(meeting, mail, language=settings.LANGUAGE_CODE):
    return reverse("admin:dialogue_mailtext_of", args=[meeting.slug, mail.name, language])


def _languages(meeting, mail, shown=None):
    """Each language of the site, the address of the `mail` in it, and whether the meeting has its own text."""
    return [
        {
            "code": code,
            "name": name,
            "address": _text_address(meeting, mail, code),
            "has_own": (mail.kind, code) in meeting.own_mail_texts,
            "is_shown": code == shown,
        }
        for code, name in LANGUAGES.items()
    ]


def _guidance(language):
    """Who reads a text in `language`, as guidance for the page."""
    if language == settings.LANGUAGE_CODE:
        return _("Read by every delegation whose own language has no text.")
    if is_shipped_in(language):
        return _("Read by delegations whose language of mail this is.")
    words = _(
        "Read by delegations whose language of mail this is. Until you write one, they read the text in %(site)s."
    )
    return words % {"site": LANGUAGES[settings.LANGUAGE_CODE]}


def _initial(mail, own):
    """The text in use now, or, before there is one, the placeholders it must hold."""
    if own:
        return {"subject": own.subject, "body": own.body}
    return {"body": "\n\n".join(f"{{{name}}}" for name in mail.required)}


def _acted(request, meeting, mail, language, form):
    """Do what was pressed. Returns the message if something was stored; otherwise "", with errors in the `form`."""
    who_and_when = {"language": language, "by": staff(request), "at": meeting.moment(clock.now())}
    button = composing.pressed(request)
    if button == "shipped":
        texts.use_shipped_text(meeting, mail.name, **who_and_when)
        return _("The shipped text is in use again.")
    if not form.is_valid():
        return ""
    subject, body = form.cleaned_data["subject"], form.cleaned_data["body"]
    try:
        texts.require_placeholders(subject, body, allowed=mail.allowed, required=mail.required)
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal))
        return ""
    if button == "save" and form.was_read:
        texts.save_text(meeting, mail.name, subject=subject, body=body, **who_and_when)
        return _("This text is used for all mail from now on.")
    form.note_preview()
    return ""


def _as_read(meeting, mail, language, form, own):
    """The text as recipients will read it in its language, and the shipped text in its own."""
    with translation.override(language):
        preview = _preview(form, own, samples.context(meeting))
    shipped_in = language if is_shipped_in(language) else settings.LANGUAGE_CODE
    with translation.override(shipped_in):
        shipped = texts.shipped(mail.template, samples.context(meeting))
    previews = [{"subject": preview[0], "body": preview[1], "language": composing.known(language)}] if preview else []
    return {"previews": previews, "shipped": shipped, "shipped_in": get_language_info(shipped_in)}


def _preview(form, own, sample):
    """Subject and text as they will be read, from what was typed or from the text in use; None if there is neither."""
    if form.is_bound:
        typed = form.cleaned_data
        return None if form.errors else texts.fill(typed["subject"], typed["body"], sample)
    return texts.fill(own.subject, own.body, sample) if own else None
