"""Importing delegations and focal points: read the file, show what it would change, then import it.  R-11"""

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

import clock
from acts.refusals import Refusal
from dialogue.admin.base import staff
from speakers.delegations import importing, tables
from speakers.publishing.exports import as_csv, as_workbook
from spelling.listing import in_sentences

PERMISSIONS = ["speakers.add_delegation", "speakers.add_focalpoint"]
SEAL = "speakers.admin.importing"


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("XLSX or CSV (UTF-8). The first row names the columns, as in the template.")
    )


class PlanForm(forms.Form):
    """The plan as it was shown, under seal."""

    sealed = forms.CharField()


def urls(model_admin: ModelAdmin) -> list[URLPattern]:
    """The URL patterns of the import and of its template."""

    def to(view):
        def shown(request, **rest):
            if not request.user.has_perms(PERMISSIONS):
                raise PermissionDenied
            return view(request, model_admin, **rest)

        return model_admin.admin_site.admin_view(shown)

    return [
        path("import/", to(page), name="speakers_delegation_import"),
        path("import/template.<str:extension>", to(template), name="speakers_delegation_import_template"),
    ]


def page(request: HttpRequest, model_admin: ModelAdmin) -> HttpResponse:
    """GET asks for the file; a POST of the file shows what it would change; a POST of that plan imports it."""
    shown = PlanForm(request.POST)
    if shown.is_valid():
        return _imported(request, shown.cleaned_data["sealed"])
    form = FileForm(request.POST or None, request.FILES or None)
    plan = sealed = None
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            content = file.read(tables.LARGEST + 1)
            who = staff(request).name
            rows = tables.read(file.name, content, columns=importing.COLUMNS, by=who, at=clock.now())
        except tables.Unreadable as error:
            form.add_error("file", str(error))
        else:
            plan, sealed = importing.plan(rows), _seal(rows)
    return _page(request, model_admin, form, plan, sealed)


def _imported(request, sealed):
    try:
        plan = importing.carry_out(_unsealed(sealed), by=staff(request), at=clock.now())
    except (signing.BadSignature, Refusal):
        messages.warning(request, _("Nothing was imported. Please choose the file again."))
        return redirect("admin:speakers_delegation_import")
    messages.success(request, in_sentences(_done(plan)))
    return redirect("admin:speakers_delegation_changelist")


def _done(plan):
    """What the import did, a sentence with its count for each kind of row."""
    if plan.is_empty:
        return [gettext("Nothing was imported: everything in the file is on record.")]
    counts = [
        (
            len(plan.delegations),
            lambda count: ngettext("%(count)d delegation is imported.", "%(count)d delegations are imported.", count),
        ),
        (
            len(plan.focal_points),
            lambda count: ngettext("%(count)d focal point is imported.", "%(count)d focal points are imported.", count),
        ),
        (
            plan.unchanged,
            lambda count: ngettext("%(count)d row changed nothing.", "%(count)d rows changed nothing.", count),
        ),
    ]
    return [words(count) % {"count": count} for count, words in counts if count]


def template(_request: HttpRequest, _model_admin: ModelAdmin, extension: str) -> HttpResponse:
    """An empty table with the columns that an import reads."""
    if extension == "xlsx":
        content = as_workbook.workbook([("Delegations", importing.COLUMNS, [], [18] * len(importing.COLUMNS))])
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    else:
        content, kind = as_csv.table(importing.COLUMNS, []), "text/csv; charset=utf-8"
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="delegations.{"xlsx" if extension == "xlsx" else "csv"}"'
    return response


def _seal(rows):
    """The rows signed as one text, so that the second POST can only bring back what this site wrote."""
    return signing.dumps([[row.number, row.cells] for row in rows], salt=SEAL, compress=True)


def _unsealed(text):
    return [tables.Row(number, cells) for number, cells in signing.loads(text, salt=SEAL, max_age=3600)]


def _page(request, model_admin, form, plan, sealed):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": _("Import delegations and focal points"),
        "opts": model_admin.opts,
        "form": form,
        "plan": plan,
        "sealed": sealed,
        "columns": importing.COLUMNS,
        "categories": importing.BANDS,
    }
    has_errors = bool(form.errors or (plan and plan.errors))
    return TemplateResponse(request, "admin/import.html", context, status=422 if has_errors else 200)
