"""The pages of a meeting's lists, to which the page of the meeting leads."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue.models import Meeting
from speakers import lists


def of_meeting(meeting: Meeting, user: Any) -> Iterator[tuple[str, str]]:
    """What `user` may open of `meeting`: its lists, the board of that in the room, its mail texts (one statement)."""
    for each in meeting.lists.all() if user.has_perm("speakers.view_inscription") else []:
        named = f"{each.title}: " if each.slug else ""
        chosen = {"meeting": lists.choice_of(each)}
        yield named + _("List of speakers"), reverse("admin:speakers_inscription_changelist", query=chosen)
        if each.is_heard:
            yield _("Board"), reverse("admin:speakers_inscription_board", args=each.address)
        if each.is_by_selection and user.has_perm("speakers.view_interest"):
            asked = reverse("admin:speakers_interest_changelist", query={"meeting": meeting.pk})
            yield named + _("Expressions of interest"), asked
    if user.has_perm("dialogue.view_mailtext"):
        yield _("Mail texts"), reverse("admin:dialogue_mailtext_changelist", query={"meeting": meeting.pk})
