"""Releasing the programme, an act on the meeting; the form shows what is new and who will be notified.  R-31"""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dialogue import consistency, versions
from dialogue.admin.acting import Act, ActForm
from dialogue.models import ProgrammeVersion
from speakers.mail import programme_release
from spelling.typed import Paragraphs


class ReleaseForm(ActForm):
    kind = forms.ChoiceField(label=_("As"), choices=ProgrammeVersion.Kind)
    comment = Paragraphs(
        label=_("What is new"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("It appears in the notices to those concerned, and in the journal."),
    )


def _release(meeting, typed, by, at):
    version, drafted = programme_release.release(meeting, **typed, by=by, at=at)
    words = ngettext(
        "%(label)s: released. %(count)d notice waits at the mail desk to be released.",
        "%(label)s: released. %(count)d notices wait at the mail desk to be released.",
        drafted,
    )
    return words % {"label": version.label, "count": drafted}


def _what_is_new(meeting, _at):
    """Beside the form: what prevents the release, and how the draft differs from the last version."""
    last, draft = meeting.versions.order_by("-number").first(), versions.draft_of(meeting)
    blocks = []
    if problems := consistency.contradictions(meeting):
        blocks.append({"heading": _("Correct these first"), "lines": problems})
    if last is None:
        return [
            *blocks,
            {"heading": _("The first version"), "lines": [_("No notices are written: nothing was released before.")]},
        ]
    lines = versions.difference(versions.content_of(last), draft, meeting)
    heading = _("New since “%(label)s”") % {"label": last.label}
    return [*blocks, {"heading": heading, "lines": lines, "none": _("Nothing has changed.")}]


PROGRAMME_ACTS = (
    Act(
        name="release-programme",
        label=_("Release the programme"),
        guidance=_(
            "The programme as it stands becomes a version that never changes, and the public page shows it. A notice "
            "is drafted for the persons named in changed lines and, if the time of the list changes, for the inscribed "
            "delegations. You release these drafts at the mail desk."
        ),
        form=ReleaseForm,
        perform=_release,
        permission="dialogue.change_programmeslot",
        beside=_what_is_new,
    ),
)
