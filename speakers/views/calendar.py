"""A delegation's place as a calendar file, as private as the receipt.  R-30 R-59"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from speakers.models import Inscription
from speakers.views.arriving import arriving
from speakers.views.owning import own


@arriving
@require_safe
@own
def place_ics(_request: HttpRequest, inscription: Inscription) -> HttpResponse:
    """When the inscription is likely to be called, as an iCalendar file."""
    from speakers.forecast import calendar  # noqa: PLC0415  icalendar: two MiB for those who fetch the file alone

    response = HttpResponse(calendar.of_place(inscription), content_type="text/calendar; charset=utf-8")
    name = f"{'-'.join(inscription.speakers_list.address)}-receipt-{inscription.receipt_no}"
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
