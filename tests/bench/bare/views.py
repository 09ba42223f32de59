"""A page, a form for signed-in users, and the entry it stored, in plain Django."""

from django.contrib.auth.decorators import login_required
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tests.bench.bare.models import Entry, Event


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


@login_required
def new_entry(request: HttpRequest) -> HttpResponse:
    form = EntryForm(request.POST or None)
    if form.is_valid():
        form.instance.delegation_id, form.instance.filed_by = request.user.pk, request.user.email
        return redirect(form.save())
    return render(request, "bare/new_entry.html", {"form": form})


@login_required
def entry(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Entry.objects.select_related("delegation", "level"), pk=pk, filed_by=request.user.email)
    return render(request, "bare/entry.html", {"entry": found})
