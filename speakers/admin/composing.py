"""Writing a text with placeholders: the form, and the rule that a text is previewed before it is used.  R-60"""

import copy
import hashlib
import uuid
from typing import Any, cast

from django import forms
from django.conf import settings
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

    @property
    def typed(self) -> dict[str, str]:
        """Everything that was typed, by the name of its field."""
        return {field.name: self.cleaned_data[field.name] for field in self.visible_fields()}

    def digest(self) -> str:
        """A digest that identifies this exact text."""
        return hashlib.sha256("\0".join(self.typed.values()).encode()).hexdigest()

    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the one text, or of that in English."""
        return [self[name] for name in TEXT]

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


class LetterForm(ComposeForm):
    """A text in English and, for those who like, in other languages of the site: `subject_fr`, `body_fr`, …"""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for code in self.others():
            for name in TEXT:
                field = self.fields[f"{name}_{code}"] = copy.deepcopy(type(self).base_fields[name])
                field.required, field.help_text = False, ""
                field.widget.attrs.update(_attributes(code))

    @staticmethod
    def others() -> list[str]:
        """The codes of the languages of the site, except English, in their order."""
        return [code for code in settings.SITE_LANGUAGES if code != settings.LANGUAGE_CODE]

    def in_others(self) -> list[dict[str, Any]]:
        """Each other language with its fields; it `is_open` if there is something to read or to mend in it."""
        fields = {code: [self[f"{name}_{code}"] for name in TEXT] for code in self.others()}
        return [
            {
                "language": known(code),
                "fields": its,
                "is_open": any(field.value() or field.errors for field in its),
            }
            for code, its in fields.items()
        ]

    def clean(self) -> None:
        """A language has both a subject and a text, or neither."""
        for code in self.others():
            its = [f"{name}_{code}" for name in TEXT]
            if any(self.cleaned_data.get(name) for name in its):
                for name in its:
                    if not self.cleaned_data.get(name) and name not in self.errors:
                        self.add_error(name, self.fields[name].error_messages["required"])

    @property
    def letter(self) -> dict[str, tuple[str, str]]:
        """Subject and text in each language in which there is one, English first."""
        typed = self.cleaned_data
        others = {code: (typed[f"subject_{code}"], typed[f"body_{code}"]) for code in self.others()}
        own = {settings.LANGUAGE_CODE: (typed["subject"], typed["body"])}
        return own | {code: text for code, text in others.items() if any(text)}


TEXT = ("subject", "body")
BUTTONS = ("preview", "save", "shipped")


def pressed(request: HttpRequest) -> str:
    """The button that was pressed: “preview”, “save” or “shipped”; a preview if it is none of them."""
    return buttons.pressed(request.POST, BUTTONS) or "preview"


def write_in(form: ComposeForm, language: str) -> None:
    """Mark the fields of `form` as written in `language`, in its direction of writing."""
    for name in TEXT:
        form.fields[name].widget.attrs.update(_attributes(language))


def known(language: str) -> dict[str, Any]:
    """A language as a page shows it: its code, its name in itself, and its direction of writing."""
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    return {"code": language, "name": dict(settings.LANGUAGES)[language], "direction": direction}


def _attributes(language):
    return {"lang": language, "dir": known(language)["direction"]}


def page(model_admin: DeskAdmin, request: HttpRequest, form: ComposeForm, **context: Any) -> HttpResponse:
    """The page on which a text is written: `title`, `back`, `allowed` (placeholders), `save` (label), `previews`, …"""
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
