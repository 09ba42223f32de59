"""Staff publish the list as its next revision.  R-28"""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

import clock
from dialogue import moments
from dialogue.admin.acting import Act, ActForm, moment_field
from speakers.publishing import difference, revisions
from spelling.listing import named
from spelling.typed import Paragraphs


class PublishForm(ActForm):
    """The as-at moment, a comment for readers, and a confirmation if nothing has changed."""

    asks_twice = "confirmed"
    as_at = moment_field(
        label=_("As at"),
        required=False,
        help_text=_(
            "The moment at which the list is shown. Leave empty for now. It cannot be earlier than the last change to "
            "the list."
        ),
    )
    comment = Paragraphs(
        label=_("Comment"),
        required=False,
        max_length=revisions.LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("Shown publicly above the revision, permanently. Write no names of contacts and nothing personal."),
    )
    confirmed = forms.BooleanField(label=_("Publish it anyway"), required=False)

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = self.cleaned_data
        if not typed.get("confirmed") and revisions.is_unchanged(
            self.subject.speakers_list, at=self.subject.moment(clock.now())
        ):
            self.ask_again(_("The list is the same as in the last revision."))
        return typed


def _publish(meeting, typed, by, at):
    revision = revisions.publish(meeting.speakers_list, as_at=typed["as_at"], comment=typed["comment"], by=by, at=at)
    words = _("Revision %(number)d is published, and is never changed from now on.") % {"number": revision.number}
    return format_html('{} <a href="{}">{}</a>', words, revision.get_absolute_url(), _("Open the revision"))


def _what_is_published(meeting, at):
    """Beside the form: the list now, and how this revision will differ from the last."""
    rows = revisions.rows_to_freeze(meeting.speakers_list, at=at)
    counted = ngettext("%(count)d entry holds a place.", "%(count)d entries hold a place.", len(rows))
    lines = [_("It is now %(now)s.") % {"now": moments.in_words(at, meeting)}]
    lines.append(counted % {"count": len(rows)})
    last = meeting.speakers_list.revisions.order_by("-number").first()
    blocks = [{"heading": _("As it stands"), "lines": lines}]
    if last is None:
        return blocks
    heading = _("What changes since revision %(number)d") % {"number": last.number}
    changes = difference.under_headings(difference.between(last.rows, rows))
    words = [named(kind, change) for kind, found in changes for change in found]
    return [*blocks, {"heading": heading, "lines": words, "none": _("Nothing.")}]


PUBLISHING_ACTS = (
    Act(
        name="publish-revision",
        label=_("Publish the list"),
        guidance=_(
            "The list as it stands is frozen under the next number, with a hash that anyone can check, and stays on "
            "its own public page. The live list continues beside it."
        ),
        form=PublishForm,
        perform=_publish,
        permission="speakers.add_revision",
        beside=_what_is_published,
    ),
)
