"""A page, a form for signed-in users with the entry it stored, and two lists, in plain Django."""

from django.contrib.admin.views.decorators import staff_member_required
from django.contrib.auth.decorators import login_required
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tests.bench.bare.models import Entry, Event, Level

# So many Member States stand on a full list.
FULL = 193


class EntryForm(ModelForm):
    class Meta:
        model = Entry
        fields = [
            "capacity",
            "group_name",
            "group_size",
            "group_members",
            "speaker_prefix",
            "speaker_name",
            "speaker_title",
            "level",
            "language",
            "other_language",
            "preferred_sitting",
            "contact_name",
            "contact_email",
            "contact_telephone",
            "copies",
            "note",
        ]


def event(request: HttpRequest) -> HttpResponse:
    return render(request, "bare/event.html", {"event": Event.objects.get()})


def glance(request: HttpRequest) -> HttpResponse:
    """A page with one statement."""
    return render(request, "bare/glance.html", {"event": Event.objects.get()})


def entries(request: HttpRequest) -> HttpResponse:
    """The list as the public sees it."""
    found = Entry.objects.select_related("delegation", "level").order_by("pk")[:FULL]
    return render(request, "bare/entries.html", {"entries": found})


@staff_member_required
def staff_entries(request: HttpRequest) -> HttpResponse:
    """The list as staff see it."""
    found = Entry.objects.select_related("delegation", "level").order_by("pk")
    return render(request, "bare/staff_entries.html", {"entries": found})


@login_required
def new_entry(request: HttpRequest) -> HttpResponse:
    form = EntryForm(request.POST or None)
    if form.is_valid():
        form.instance.delegation_id, form.instance.filed_by = request.user.pk, request.user.email
        return redirect(form.save())
    choices = {"capacities": Entry.Capacity, "languages": Entry.Language, "sittings": Entry.Sitting}
    return render(request, "bare/new_entry.html", {"form": form, "levels": Level.objects.all(), **choices})


@login_required
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Entry.objects.select_related("delegation", "level"), pk=pk, filed_by=request.user.email)
    return render(request, "bare/entry.html", {"entry": found})
