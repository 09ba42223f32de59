"""Finding a row of the live list: by a name, or that of the delegation that is signed in.  R-59 R-71

Both answers are addresses on the page of the list, which is the same for everyone: it marks the row that its address
names, and so no page of a person's own stands in a cache.
"""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dialogue.models import Meeting
from speakers import lists
from speakers.delegations import access, recognizing
from speakers.models import Delegation, Inscription
from speakers.views.arriving import Arrival, arriving
from speakers.views.coming_back import Destination
from spelling import search_key
from spelling.typed import Line


class FindForm(forms.Form):
    """The name of a delegation or of a group, or a part of it."""

    name = Line(label=_("Find a delegation or a group on this list"), max_length=120)


@require_safe
@never_cache
def find(request: HttpRequest, slug: str, list_slug: str = "") -> HttpResponse:
    """Go to the row of the delegation or group named; if there is none, say so."""
    speakers_list, _at = lists.published_or_404(slug, list_slug)
    form = FindForm(request.GET)
    if form.is_valid():
        if entry := _entry_named(form.cleaned_data["name"], speakers_list):
            return redirect(_row(speakers_list, entry))
        words = _("“%(name)s” is on no row of the list as it stands. Another name or a part of it may be.")
        form.add_error("name", words % {"name": form.cleaned_data["name"]})
    return render(request, "speakers/find.html", {"meeting": speakers_list.meeting_at_hand, "form": form})


@arriving
@require_safe
def own_row(request: Arrival, meeting: Meeting) -> HttpResponse:
    """Go to the first row of a delegation for which the visitor is signed in, or to its entries if it has none."""
    if (address := access.signed_in_address(request)) is None:
        wanted = Destination(back=request.path)
        return redirect(reverse("speakers:sign_in", args=meeting.speakers_list.address) + wanted.query)
    standing = [each for each in access.filed_for(address, meeting) if each.is_standing]
    own = min(standing, key=_own_name_first, default=None)
    return redirect(_row(meeting.speakers_list, own) if own else reverse("speakers:own", args=[meeting.slug]))


def _own_name_first(entry):
    """A sort key by which entries on behalf of groups come last."""
    return entry.capacity == Inscription.Capacity.GROUP, entry.receipt_no


def _row(speakers_list, entry):
    """The address of the row of `entry` on the page of its list."""
    return f"{reverse('speakers:list', args=speakers_list.address)}#{entry.anchor}"


def _entry_named(name, speakers_list):
    """The first entry of `speakers_list` whose delegation or group the typed `name` means; None if there is none.

    Two statements: any name on record of a delegation will do, and its code; otherwise a part of what is shown.
    """
    entries = sorted(speakers_list.inscriptions.standing().listed(), key=_own_name_first)
    names = recognizing.Names(Delegation.objects.filter(code__in=[each.delegation_code for each in entries]))
    code, key = names.code_of(name), search_key(name)
    named = [each for each in entries if each.delegation_code == code]
    shown = [each for each in entries if key and key in search_key(f"{each.delegation} {each.group_name}")]
    return next(iter(named + shown), None)
