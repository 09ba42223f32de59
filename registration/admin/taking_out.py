"""Staff export the chosen people of the queue as a file; each export is journalled.  R-30 R-58"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogue.admin.base import staff
from registration.requests import taking_out
from speakers.publishing.exports.formats import CSV, WORKBOOK

FORMATS = {
    "xlsx": (WORKBOOK, gettext_lazy("Export, as a workbook (XLSX)")),
    "csv": (CSV, gettext_lazy("Export, as CSV")),
}


def actions() -> dict[str, Any]:
    """The actions of the queue for all who may see it, in the form that Django's admin expects."""
    return {
        f"take_out_{extension}": (_action(extension), f"take_out_{extension}", label)
        for extension, (_type, label) in FORMATS.items()
    }


def _action(extension: str) -> Callable[..., HttpResponse | None]:
    def perform(model_admin: Any, request: Any, queryset: Any) -> HttpResponse | None:
        people = list(queryset.order_by("turn"))
        if len({person.meeting_id for person in people}) != 1:
            model_admin.message_user(request, _("Please choose people of one meeting."), messages.ERROR)
            return None
        meeting, at = people[0].meeting, model_admin.moment_of(people[0])
        with transaction.atomic():
            data = taking_out.take_out(meeting, people, extension, by=staff(request), at=at)
        headers = {
            "Content-Disposition": f'attachment; filename="{meeting.slug}-queue.{extension}"',
            "Cache-Control": "no-store",
        }
        return HttpResponse(data, content_type=FORMATS[extension][0], headers=headers)

    return perform
