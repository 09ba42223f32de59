"""The note on the page of a meeting: its sections, and its documents, which may be files."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminFileWidget
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import clock
from dialogue.admin.base import Labelled, Rows, WholeForm
from dialogue.documents import enclosing
from dialogue.documents.enclosing import Enclosure
from dialogue.models import Document, DocumentFile, Section
from uploads import receiving, refusals


class SectionInline(Rows, admin.StackedInline):
    model = Section
    extra = 0
    fields = ["position", "heading", "text", "footnotes"]


class KeptFile:
    """The file that a document has, as the widget of an upload shows it."""

    def __init__(self, file: DocumentFile, slug: str) -> None:
        self.file, self.name = file, _("PDF")
        self.url = reverse("dialogue:document", args=[slug, file.sha256])

    def __str__(self):
        return str(self.file)


class DocumentForm(WholeForm):
    """A document, with a file to choose. It is judged before it is kept, in a process with limits.  R-79"""

    file = forms.FileField(label=_("PDF file"), required=False, widget=AdminFileWidget(attrs={"aria-label": _("File")}))
    # The signed-in member of staff, and the meeting; set by the inline.
    sender = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if hasattr(self.instance, "file"):
            self.initial["file"] = KeptFile(self.instance.file, self.instance.meeting.slug)

    def clean_file(self) -> Any:
        """The chosen file as an `Enclosure`; the kept one if none is chosen; None if it is to be removed."""
        chosen = self.cleaned_data["file"]
        if chosen is False or isinstance(chosen, KeptFile | None):
            return chosen or None
        try:
            if chosen.size > receiving.LARGEST:
                raise refusals.too_large(receiving.LARGEST)
            enclosure = Enclosure(chosen.read())
            receiving.receive_document(enclosure.content, sender=self.sender, at=clock.now())
        except refusals.FileRefused as refusal:
            raise ValidationError(str(refusal)) from refusal
        return enclosure

    def save(self, commit: bool = True) -> Document:
        document = super().save(commit)
        if "file" in self.changed_data:
            enclosing.enclose(document, self.cleaned_data["file"])
        return document


class DocumentInline(Labelled, Rows, admin.TabularInline):
    """Who may not change or add a document has their file refused before it is looked at."""

    model = Document
    form = DocumentForm
    extra = 0
    fields = ["symbol", "title", "link", "file", "is_enclosure", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return super().get_queryset(request).select_related("meeting", "file").defer("file__content")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The forms, which know who sends a file."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("DocumentForm", (formset.form,), {"sender": request.user.get_username()})
        return formset
