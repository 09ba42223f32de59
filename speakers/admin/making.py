"""Making a meeting of another one, or of a template; what is asked is the same.  R-31"""

from functools import partial
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.widgets import AdminDateWidget
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from i18nfield.forms import I18nFormField

from dialogue import typed as typing
from dialogue.admin.acting import Act
from dialogue.admin.widgets import LineInManyLanguages
from dialogue.models import Meeting
from speakers import loading
from speakers.admin.moving import MoveForm

TEMPLATES = settings.BASE_DIR / "dialogue/meetings/templates"


class Title(I18nFormField):
    """The title of a meeting in several languages, taken as its page takes it."""

    def clean(self, value: Any) -> Any:
        return typing.as_stored(Meeting._meta.get_field("title"), super().clean(value))


class MakingForm(MoveForm):
    """What is asked for a new meeting; then its days are shown, to be confirmed."""

    title = Title(label=_("Title"), widget=LineInManyLanguages)
    slug = forms.SlugField(
        label=_("Short name in addresses"),
        max_length=60,
        help_text=_("Such as “r2p-2017”: small letters, digits and hyphens. It can never be changed."),
    )
    starts_on = forms.DateField(
        label=_("First day"),
        widget=AdminDateWidget,
        help_text=_(
            "Everything moves with it by whole days: other days, deadlines, the programme, and the dates in the texts. "
            "Hours on the clock stay as they are."
        ),
    )
    is_rehearsal = forms.BooleanField(
        label=_("A rehearsal"), required=False, help_text=_("It says so on each of its pages, and its mail is held.")
    )

    def __init__(self, *args: Any, subject: Meeting | None, **kwargs: Any) -> None:
        initial = {"title": subject.title, "is_rehearsal": subject.is_rehearsal} if subject else {}
        super().__init__(*args, subject=subject, initial=initial, **kwargs)


def _new(typed):
    asked = {name: typed[name] for name in ("slug", "starts_on", "is_rehearsal")}
    return loading.New(title=typed["title"].data, **asked)


def _copy(meeting, typed, by, at):
    loading.copy(meeting, _new(typed), seen=typed["seen"], by=by, at=at - meeting.clock_shift)
    return _("This is the copy, a draft. Go through it, and publish it when it is ready.")


def _make(template: Path, _subject, typed, by, at):
    loading.make_from(template, _new(typed), seen=typed["seen"], by=by, at=at)
    return _("This is the meeting, a draft. Complete it, and publish it when it is ready.")


def _page_of_new(_subject, typed):
    return reverse("admin:dialogue_meeting_change", args=[Meeting.objects.get(slug=typed["slug"]).pk])


COPY = Act(
    name="copy",
    label=_("Copy this meeting"),
    guidance=_(
        "The programme with its persons, sittings, contacts, documents, the terms of the lists and of the tickets, and "
        "the texts of its mail, on other days. Entries, requests for tickets, what was published and what happened in "
        "the room stay where they are. The copy is a draft that only staff see."
    ),
    form=MakingForm,
    perform=_copy,
    permission="dialogue.add_meeting",
    after=_page_of_new,
)


def _template(name, label, guidance):
    return Act(
        name=name,
        label=label,
        guidance=guidance,
        form=MakingForm,
        perform=partial(_make, TEMPLATES / f"{name}.toml"),
        permission="dialogue.add_meeting",
        after=_page_of_new,
    )


BEGINNINGS = (
    _template(
        "one-day-dialogue",
        _("Make a dialogue of one day"),
        _(
            "Morning and afternoon: opening and introductory remarks, a panel, then one list of speakers with three "
            "minutes for each, and closing remarks. Inscription closes at 1 p.m., five days before."
        ),
    ),
    _template(
        "debate-of-several-days",
        _("Make a debate of several days"),
        _(
            "Three days with a sitting in the morning and one in the afternoon: an opening, then one list of speakers "
            "with three minutes for States and five for groups, the level before the band, and a closing."
        ),
    ),
)
