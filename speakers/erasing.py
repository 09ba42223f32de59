"""Erasing a list's personal data, except what was public: who spoke, and what was published.  R-57 R-29"""

from datetime import datetime

from django.db.models import F, Q, QuerySet

from dialogue.models import Meeting
from journal.erasing import erase, erase_about
from journal.models import Payload
from languages.models import Choice
from retention import WORD
from speakers.models import (
    Delegation,
    DelegationPlace,
    Extension,
    FocalPoint,
    Inscription,
    Interest,
    LateRequest,
    Subscription,
    SwapProposal,
)
from speakers.models.delegation import DelegationQuerySet, FocalPointQuerySet
from speakers.models.inscription import InscriptionQuerySet
from speakers.models.interest import InterestQuerySet
from speakers.models.late import ExtensionQuerySet, LateRequestQuerySet
from speakers.models.swap import SwapQuerySet

# The journal's subject for an imported file of delegations and focal points (`importing.py`).
IMPORTED = "import/delegations"
OF_A_FILING = {
    "group_members": "",
    "other_language": "",
    "contact_name": "",
    "contact_email": "",
    "contact_telephone": "",
    "copies": [],
    "note": "",
    "filed_by_email": "",
    "content_digest": "",
    "video_link": "",
}
# Who ended an entry, and why staff placed it: replaced by a word, as the database wants one there.
REASONS = ("ended_by", "pin_reason", "fixing_reason")
OF_THE_SPEAKER = dict.fromkeys(["speaker_prefix", "speaker_name", "speaker_title", "presenter_name"], "")
OF_THE_SPEAKER["presenter_title"] = ""


def entries_with_contacts(meeting: Meeting) -> InscriptionQuerySet:
    """Entries of `meeting` that still hold a contact, a note or other text that was never public."""
    gone = {f"{name}__in": ["", WORD] for name in REASONS}
    silent = Q(**OF_A_FILING, **gone)
    return Inscription.objects.filter(speakers_list__meeting=meeting).exclude(silent)


def erase_contacts(meeting: Meeting) -> int:
    """Erase the contacts and notes of all entries of `meeting`. Returns how many."""
    found = entries_with_contacts(meeting)
    numbers = list(found.values_list("pk", flat=True))
    entries = Inscription.objects.filter(pk__in=numbers)
    for name in REASONS:
        entries.exclude(**{name: ""}).update(**{name: WORD})
    return entries.update(**OF_A_FILING)


def names_never_public(meeting: Meeting) -> InscriptionQuerySet:
    """Entries with a speaker who never took the floor, if the public list does not show names.  R-29"""
    named = Inscription.objects.filter(speakers_list__meeting=meeting).exclude(**OF_THE_SPEAKER)
    spoke = Q(state=Inscription.State.STANDING, called_at__isnull=False)
    is_published = Q(state=Inscription.State.STANDING, speakers_list__shows_speaker_names=True)
    return named.exclude(spoke | is_published)


def late_requests(meeting: Meeting) -> LateRequestQuerySet:
    """Late requests of `meeting` that still hold personal data."""
    return LateRequest.objects.filter(speakers_list__meeting=meeting).exclude(
        **OF_A_FILING, **OF_THE_SPEAKER, answer__in=["", WORD]
    )


def erase_late_requests(meeting: Meeting) -> int:
    """Erase the personal data in the late requests of `meeting`. Returns how many."""
    numbers = list(late_requests(meeting).values_list("pk", flat=True))
    requests = LateRequest.objects.filter(pk__in=numbers)
    requests.exclude(answer="").update(answer=WORD)
    return requests.update(**OF_A_FILING, **OF_THE_SPEAKER)


def interests(meeting: Meeting) -> InterestQuerySet:
    """Expressions of interest at `meeting` that still hold personal data: which delegation asked for what is kept."""
    return Interest.objects.filter(speakers_list__meeting=meeting).exclude(**OF_A_FILING, **OF_THE_SPEAKER)


def erase_interests(meeting: Meeting) -> int:
    """Erase the personal data in the expressions of interest at `meeting`. Returns how many."""
    return Interest.objects.filter(pk__in=interests(meeting).values_list("pk", flat=True)).update(
        **OF_A_FILING, **OF_THE_SPEAKER
    )


def reasons(meeting: Meeting) -> tuple[ExtensionQuerySet, SwapQuerySet]:
    """What was written to single delegations of `meeting`, by staff or with a swap, as two QuerySets."""
    extensions = Extension.objects.filter(speakers_list__meeting=meeting).exclude(reason=WORD)
    swaps = SwapProposal.objects.filter(speakers_list__meeting=meeting)
    return extensions, swaps.exclude(answer__in=["", WORD], remark="")


def erase_reasons(meeting: Meeting) -> int:
    """Erase these texts. Returns in how many rows."""
    extensions, swaps = reasons(meeting)
    numbers = list(swaps.values_list("pk", flat=True))
    found = SwapProposal.objects.filter(pk__in=numbers)
    found.exclude(answer="").update(answer=WORD)
    return extensions.update(reason=WORD) + found.update(remark="")


def organizations_never_public(meeting: Meeting) -> DelegationQuerySet:
    """Organizations created for a selection that was withdrawn, and on no list of a later meeting."""
    selected = DelegationPlace.objects.filter(category=DelegationPlace.Category.CIVIL_SOCIETY)
    unheard = Delegation.objects.filter(
        pk__in=selected.values("delegation"), inscriptions__speakers_list__meeting=meeting
    )
    on_a_list = Inscription.objects.filter(
        Q(state=Inscription.State.STANDING) | Q(speakers_list__meeting__ends_at__gt=meeting.ends_at)
    )
    return unheard.exclude(pk__in=on_a_list.values("delegation")).exclude(sort_name=F("code")).distinct()


def erase_organizations(meeting: Meeting) -> int:
    """Replace the name of each of these organizations by its code. Returns how many."""
    found = list(organizations_never_public(meeting))
    for delegation in found:
        delegation.short_name = delegation.formal_name = {"en": delegation.code}
        delegation.sort_name = delegation.code
        delegation.save(update_fields=["short_name", "formal_name", "sort_name", "search_words", "sort_keys"])
    return len(found)


def focal_points_to_erase(at: datetime) -> FocalPointQuerySet:
    """Focal points on record before the last meeting ended, once no meeting needs them at the real moment `at`.  R-57

    Those put on record later are kept for the next meeting, which may not be entered yet.
    """
    ended_at = register_ends_at(at)
    return FocalPoint.objects.filter(on_record_since__lt=ended_at) if ended_at else FocalPoint.objects.none()


def erase_focal_points(at: datetime) -> int:
    """Erase these focal points, and what the journal says of them and of their import files. Returns how many."""
    found = focal_points_to_erase(at)
    erase_about(f"focalpoint/{pk}" for pk in found.values_list("pk", flat=True))
    if ended_at := register_ends_at(at):
        erase(Payload.objects.filter(entry__subject=IMPORTED, entry__at__lt=ended_at))
    return found.delete()[0]


def subscriptions_to_erase(at: datetime) -> QuerySet[Subscription]:
    """Calendars made before the last meeting ended, once no meeting needs them at the real moment `at`.  R-57"""
    ended_at = register_ends_at(at)
    return Subscription.objects.filter(made_at__lt=ended_at) if ended_at else Subscription.objects.none()


def choices_to_erase(at: datetime) -> QuerySet[Choice]:
    """Languages last used under an address before the last meeting ended, once no meeting needs them at `at`.  R-57"""
    ended_at = register_ends_at(at)
    return Choice.objects.filter(used_at__lt=ended_at) if ended_at else Choice.objects.none()


def register_ends_at(at: datetime) -> datetime | None:
    """The real moment at which the last meeting ended, if all personal data are due at the moment `at`; else None."""
    meetings = list(Meeting.objects.all())
    if not meetings or any(not meeting.is_past_retention(meeting.moment(at)) for meeting in meetings):
        return None
    return max(meeting.ends_at - meeting.clock_shift for meeting in meetings)
