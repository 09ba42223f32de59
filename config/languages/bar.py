"""The language bar: another language from now on, in this browser and in mail to those who are signed in with it."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from languages import choosing, remembering
from speakers.delegations import access


class LanguageForm(forms.Form):
    """The language that was pressed, and the page on which it was."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    back = forms.CharField(required=False, max_length=2000)


# Pages with the bar set no cookie, so their form has no token: the browser itself says from which site it comes.
@csrf_exempt
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, and lead back to the page. Refused if another site asks for it."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise PermissionDenied
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return redirect("/")
    back, language = form.cleaned_data["back"], form.cleaned_data["language"]
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    answer = redirect(back if is_ours and back.startswith("/") else "/")
    if language in settings.SITE_LANGUAGES:
        remembering.remember(language, _addresses(request))
        choosing.keep(answer, language)
    return answer


def _addresses(request):
    """The addresses that are signed in with this browser: of a delegation, of staff, or none."""
    user = request.user
    return [access.signed_in_address(request) or "", user.email if user.is_authenticated else ""]
