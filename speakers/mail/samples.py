"""Sample facts, so that staff see what a mail will look like before anyone receives it."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogue.models import Meeting, ProgrammeVersion
from speakers.forecast.list_forecast import turn_in_words
from speakers.forecast.turns import Turn
from speakers.list_state import closing_in_words
from speakers.models import Delegation, Extension, Inscription, Interest, Joining, LateRequest, Level, SwapProposal
from speakers.models.filing import FILED


def context(meeting: Meeting) -> dict[str, Any]:
    """Sample facts for all a mail to a delegation of `meeting` may need; nothing is stored (three statements)."""
    delegations = [*Delegation.objects.filter(is_active=True)[:2]]
    made_up = Delegation(short_name=_("Name of the delegation")), Delegation(short_name=_("Name of another delegation"))
    delegation, partner = [*delegations, *made_up[len(delegations) :]]
    arrived_at = meeting.speakers_list.closes_at - timedelta(hours=3)
    inscription = _inscription(meeting, delegation, arrived_at)
    about = turn_in_words(_turn(meeting), meeting)
    return {
        "meeting": meeting,
        "inscription": inscription,
        "delegation": delegation,
        "place": SimpleNamespace(number=12),
        "total": 73,
        "revision": SimpleNamespace(number=1, sha256="0" * 64),
        "turn": about,
        "reason": _("The reason as staff write it."),
        "days": 3,
        "before": 5,
        "about": about,
        "witness": "0" * 64,
        "site_url": settings.SITE_URL,
        "closes": closing_in_words(meeting.speakers_list),
        **_swap(meeting, inscription, partner, arrived_at),
        **_joint(meeting, inscription, partner, arrived_at),
        **_interest(meeting, inscription, arrived_at),
        **_after_closing(meeting, delegation),
        **_programme(meeting),
    }


def _turn(meeting):
    """A turn late on the first day of `meeting`, told with its range."""
    at = meeting.starts_at + timedelta(hours=5, minutes=40)
    return Turn(None, at, at - timedelta(minutes=15), at + timedelta(minutes=25), fits=True)


def _inscription(meeting, delegation, arrived_at):
    return Inscription(
        speakers_list=meeting.speakers_list,
        delegation=delegation,
        level=Level.objects.order_by("position").last() or Level(label=_("Level of representation")),
        state=Inscription.State.STANDING,
        speaker_prefix=_("H.E. Ms."),
        speaker_name=_("Name of the Speaker"),
        speaker_title=_("Functional title"),
        contact_name=_("Name of the contact"),
        contact_email="contact@missions.example",
        receipt_no=12,
        fixed_sitting=next(iter(meeting.hours), None),
        fixing_reason=_("The reason as staff write it."),
        arrived_at=arrived_at,
        recorded_at=arrived_at,
        witness="0" * 64,
    )


def _swap(meeting, inscription, partner, at):
    """A proposed swap, from the proposer's point of view."""
    other = Inscription(speakers_list=meeting.speakers_list, delegation=partner)
    proposal = SwapProposal(
        speakers_list=meeting.speakers_list,
        proposer=inscription,
        partner=other,
        state=SwapProposal.State.PROPOSED,
        proposed_at=at,
        remark=_("A word to the other delegation, as its proposer writes it."),
    )
    return {"proposal": proposal, "other": other, "other_place": SimpleNamespace(number=19), "is_proposer": True}


def _joint(meeting, inscription, named, at):
    """Another delegation, which is asked to join the statement."""
    asked = Joining(speakers_list=meeting.speakers_list, inscription=inscription, delegation=named, asked_at=at)
    return {"joining": asked}


def _interest(meeting, inscription, at):
    """The delegation, whose interest in the list at hand has its speaker and its contact."""
    same = {name: getattr(inscription, name) for name in FILED}
    facts = {"speakers_list": meeting.speakers_list, "delegation": inscription.delegation, "expressed_at": at}
    return {"interest": Interest(**facts, **same)}


def _after_closing(meeting, delegation):
    """A late request an hour after the deadline, and an extension for a day."""
    late = meeting.speakers_list.closes_at + timedelta(hours=1)
    request = LateRequest(
        speakers_list=meeting.speakers_list, delegation=delegation, arrived_at=late, is_on_record=True
    )
    extension = Extension(
        speakers_list=meeting.speakers_list, delegation=delegation, until=meeting.speakers_list.closes_at + timedelta(1)
    )
    return {"request": request, "extension": extension}


def _programme(meeting):
    comment = _("What is new, as staff write it.")
    return {
        "version": ProgrammeVersion(meeting=meeting, kind=ProgrammeVersion.Kind.REVISED, revision=1, comment=comment),
        "lines": [_("Remarks by panellists: at 10:40 a.m., no longer at 10:30 a.m. (New York time).")],
        "link": settings.SITE_URL + reverse("dialogue:programme", args=[meeting.slug]),
    }
