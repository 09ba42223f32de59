"""The page and the PDF of a voucher, behind its own link; they say if it was revoked or used.  R-51 R-54 R-59"""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

import printing
from languages import choosing
from languages.offered import asked_for
from registration.mail import voucher_text
from registration.models import Link
from registration.views.arriving import OFFICE, behind

logger = logging.getLogger(__name__)


def with_voucher(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Call `view(request, text, link)` while the voucher can be exchanged; otherwise say in words why not.

    The language is that of the request for tickets, until the person chooses another one on the bar.

    The status is 410 for a voucher that was revoked, which is final (R-54).
    """

    @behind(Link.Purpose.VOUCHER)
    @require_safe
    def shown(request, meeting, link):
        person = link.voucher.representative
        person.meeting = person.request.meeting = meeting
        office = next((contact for contact in meeting.contacts.all() if contact.role == OFFICE), None)
        language = asked_for(request) or choosing.chosen(request)
        text = voucher_text.of(link.voucher, office=office, language=language)
        with translation.override(text.words.language):
            answer = _ended(request, text, link, person) if text.ended else view(request, text, link)
        answer["Content-Language"] = text.words.language
        patch_vary_headers(answer, ["Cookie"])
        return answer

    return shown


def _ended(request, text, link, person):
    is_exchanged = link.voucher.is_good and not person.has_ended
    return render(request, "registration/voucher_ended.html", {"text": text}, status=200 if is_exchanged else 410)


@with_voucher
def page(request: HttpRequest, text: voucher_text.VoucherText, link: Link) -> HttpResponse:
    """The voucher as a page, to be shown on a telephone or printed."""
    return render(request, "registration/voucher.html", {"text": text, "link": link})


@with_voucher
def pdf(_request: HttpRequest, text: voucher_text.VoucherText, link: Link) -> HttpResponse:
    """The voucher on paper; 503 in words if it cannot be printed."""
    try:
        content = printing.pdf(render_to_string("registration/voucher_paper.html", {"text": text}))
    except printing.PrintingFailed as failure:
        logger.error("A voucher for %s could not be printed: %s", link.meeting.slug, failure)
        words = text.words["unavailable"]
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    name = f"voucher-{link.meeting.slug}.pdf"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"},
    )
