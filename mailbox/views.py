"""The pages of the mailbox."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mailbox import messages

MAILS_ON_A_PAGE = 200


@never_cache
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """The newest mails."""
    context = {"mails": messages.newest(MAILS_ON_A_PAGE), "limit": MAILS_ON_A_PAGE}
    return TemplateResponse(request, "mailbox/list.html", context)


@never_cache
@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One mail, or 404 if there is none of that name."""
    try:
        mail = messages.read(name)
    except FileNotFoundError:
        raise Http404(_("There is no such mail.")) from None
    return TemplateResponse(request, "mailbox/message.html", {"mail": mail, "text": messages.linked(mail.text)})
