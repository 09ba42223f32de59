"""Writing a text with placeholders: the form, and the rule that a text is previewed before it is used.  R-60"""

import hashlib
import uuid
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from dialogue.admin.base import DeskAdmin
from speakers.mail.placeholders import PLACEHOLDERS
from spelling import buttons
from spelling.typed import Line, Paragraphs


class ComposeForm(forms.Form):
    """Subject and text. `previewed` holds the digest of the text that was last shown as a mail."""

    subject = Line(label=_("Subject"), max_length=200, widget=forms.TextInput(attrs={"class": "vTextField"}))
    body = Paragraphs(
        label=_("Text"),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 14, "class": "vLargeTextField"}),
        help_text=_("Plain text. Anything in braces is filled in for each mail."),
    )
    previewed = forms.CharField(required=False, widget=forms.HiddenInput)
    batch = forms.UUIDField(required=False, initial=uuid.uuid4, widget=forms.HiddenInput)

    def digest(self) -> str:
        """A digest that identifies this exact text."""
        text = f"{self.cleaned_data['subject']}\0{self.cleaned_data['body']}"
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def was_read(self) -> bool:
        """Has exactly this text been previewed?"""
        return self.cleaned_data["previewed"] == self.digest()

    def note_preview(self) -> None:
        """Note that this text is being previewed, so that it may be used next."""
        data = cast(QueryDict, self.data).copy()
        data["previewed"] = self.digest()
        data["batch"] = str(self.cleaned_data["batch"] or uuid.uuid4())
        self.data = data


BUTTONS = ("preview", "save", "shipped")


def pressed(request: HttpRequest) -> str:
    """The button that was pressed: “preview”, “save” or “shipped”; a preview if it is none of them."""
    return buttons.pressed(request.POST, BUTTONS) or "preview"


def write_in(form: ComposeForm, language: str) -> None:
    """Mark the fields of `form` as written in `language`, in its direction of writing."""
    info = get_language_info(language)
    for name in ("subject", "body"):
        attributes = {"lang": language, "dir": "rtl" if info["bidi"] else "ltr"}
        form.fields[name].widget.attrs.update(attributes)


def page(model_admin: DeskAdmin, request: HttpRequest, form: ComposeForm, **context: Any) -> HttpResponse:
    """The page on which a text is written: `title`, `back`, `allowed` (placeholders), `save` (label), `preview`, …"""
    allowed = [PLACEHOLDERS[name] for name in context.pop("allowed")]
    whole = {
        **model_admin.admin_site.each_context(request),
        "form": form,
        "media": model_admin.media + form.media,
        "opts": model_admin.opts,
        "placeholders": allowed,
        **context,
    }
    return TemplateResponse(request, "admin/compose.html", whole, status=422 if form.errors else 200)
