"""Pages about meetings and the state of their lists: they set no cookie and cost at most four statements each."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

import clock
from acts.sharing import Shared
from dialogue import programmes
from dialogue.documents import printed
from dialogue.freshness import one_second_old
from dialogue.models import Contact
from dialogue.previews import event
from dialogue.previews.linking import linked
from speakers import lists
from speakers.list_state import ListState
from speakers.models import SpeakersList

# Seconds for which what is printed of a meeting is kept if nothing is journalled.
KEPT_FOR = 5.0
NOTES = Shared(seconds=KEPT_FOR)


@require_safe
@cache_control(public=True, max_age=30)
def meetings(request: HttpRequest) -> HttpResponse:
    """All published meetings: upcoming ones, the nearest first, then those held; each with its main list."""
    found, at = clock.read_with(SpeakersList.objects.of_published().filter(slug="").order_by("meeting"))
    pairs = [(each.meeting, ListState.of(each, each.meeting.moment(at))) for each in found]
    to_come = [pair for pair in reversed(pairs) if pair[1].at < pair[0].ends_at]
    held = [pair for pair in pairs if pair[1].at >= pair[0].ends_at]
    return render(request, "speakers/meetings.html", {"to_come": to_come, "held": held})


@require_safe
@one_second_old
@linked
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The invitation: the letter, the note, date, hours, place, the state of each list, contacts and documents."""
    (speakers_list, *others), at = lists.all_published_or_404(slug)
    meeting = speakers_list.meeting
    key = (meeting.pk, get_language())
    context = {
        "meeting": meeting,
        "list_state": ListState.of(speakers_list, meeting.moment(at)),
        "other_lists": [ListState.of(each, meeting.moment(at)) for each in others],
        "note": NOTES.get(key, lambda: _note(meeting), stamp=speakers_list.acts),
    }
    return render(request, "speakers/meeting.html", context)


def _note(meeting):
    """The HTML of `meeting` that is the same until the next act: its letter, its contents, and the event that it is."""
    sections, documents, contacts = printed.read(meeting)
    context = {
        "meeting": meeting,
        "contacts": contacts_by_role(contacts),
        "sections": sections,
        "documents": [each for each in documents if not each["is_enclosure"]],
        "enclosures": [each for each in documents if each["is_enclosure"]],
    }
    contents = render_to_string("dialogue/_contents.html", context) if sections else ""
    return {
        "letter": render_to_string("speakers/_printed.html", context),
        "contents": contents,
        "event": event.as_script(meeting),
    }


@require_safe
@cache_control(public=True, max_age=30)
def programme_json(_request: HttpRequest, slug: str) -> HttpResponse:
    """The programme as JSON, with the dates of inscription."""
    speakers_list, _at = lists.published_or_404(slug)
    version, sittings, slots = programmes.released(speakers_list.meeting)
    return JsonResponse(lists.programme_as_json(speakers_list, sittings, slots, version))


def contacts_by_role(contacts: list[Contact]) -> list[tuple[str | Promise, list[Contact]]]:
    """The `contacts` as (role, contacts), in the order of the roles; roles without contacts are left out."""
    grouped = [(role.label, [contact for contact in contacts if contact.role == role]) for role in Contact.Role]
    return [(label, members) for label, members in grouped if members]
