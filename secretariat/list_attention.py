"""What on a list waits for staff: late requests, swaps, a draw; what it or its meeting lacks.  R-21 R-26 R-27 R-31

`counted()` adds its queries to the statement for the meetings; the others put the result into words with links.
"""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue import moments
from dialogue.consistency import InFull, address_of
from dialogue.models import Contact
from languages import lengths
from registration.models import Ticketing
from speakers import consistency
from speakers.models import Extension, Inscription, Interest, LateRequest, SpeakersList, SwapProposal
from speakers.models.speakers_list import SpeakersListQuerySet
from speakers.models.swap import LIFETIME
from speakers.moves import drawing
from speakers.order import policies
from webhooks.models import Cursor

HAS_TICKETS = Exists(Ticketing.objects.filter(meeting=OuterRef("meeting")))


def counted(lists: SpeakersListQuerySet, at: datetime) -> SpeakersListQuerySet:
    """The QuerySet `lists` with `late_waiting`, `swaps_waiting` and `extensions_now` at the real moment `at`.

    And with how many entries are `standing`, `unverified` and `unconfirmed`, with `interests_waiting` and, of their
    meetings, whether there is a contact who `takes_inscriptions`, whether it `has_tickets` to be asked for, and whether
    a webhook `has_failed`.
    """
    contacts = Contact.objects.filter(meeting=OuterRef("meeting"), role=Contact.Role.INSCRIPTION)
    now = at + F("speakers_list__meeting__clock_shift")
    agreed = SwapProposal.objects.filter(state=SwapProposal.State.ACCEPTED, proposed_at__gt=now - LIFETIME)
    standing = Inscription.objects.standing()
    return lists.annotate(
        standing=_number(standing),
        unverified=_number(Inscription.objects.filter(state=Inscription.State.UNVERIFIED)),
        unconfirmed=_number(standing.filter(speaker_name="")),
        late_waiting=_number(LateRequest.objects.waiting()),
        swaps_waiting=_number(agreed),
        interests_waiting=_number(Interest.objects.waiting()),
        extensions_now=_number(Extension.objects.standing().filter(until__gt=now)),
        takes_inscriptions=Exists(contacts),
        has_tickets=HAS_TICKETS,
        has_failed=Exists(Cursor.objects.failing().filter(webhook__meeting=OuterRef("meeting"))),
    )


def read_ahead(lists: list[SpeakersList]) -> None:
    """Read what `lacking` and `waiting` ask of each of `lists`: sittings, slots, draws; three statements at most."""
    prefetch_related_objects(lists, "meeting__sittings", "meeting__slots")
    read_draws(lists)


def read_draws(lists: list[SpeakersList]) -> None:
    """Read the draws of those of `lists` whose policy includes one: one statement at most, for all."""
    prefetch_related_objects([each for each in lists if policies.policy_named(each.policy).is_drawn], "draws")


def waiting(speakers_list: Any, at: datetime) -> list[tuple[str, str, bool]]:
    """What waits on a counted `speakers_list` at its meeting's moment `at`: (words, address, urgent or not).

    Nothing waiting means no line. One more statement if the policy includes a draw, unless `read_draws` was called.
    """
    found = [
        (words(count) % {"count": count}, _page(model, filters), is_urgent)
        for count, words, model, filters, is_urgent in _counts(speakers_list, at)
        if count
    ]
    return found + _webhooks(speakers_list) + _draw(speakers_list.meeting_at_hand, at)


def held_mail(meeting: Any) -> list[tuple[str, str]]:
    """That the mail of a rehearsal is held, as (words, address), in a list of none or one; with the main list.  R-10"""
    if meeting.speakers_list.slug or not meeting.holds_mail:
        return []
    words = _("Mail of this rehearsal is held at the mail desk: it is sent only if staff release it.")
    return [(words, reverse("admin:outbox_message_changelist", query={"about": meeting.slug}))]


def _webhooks(speakers_list):
    """A line that another system does not take what it is told, with the main list alone: in a list of none or one."""
    if speakers_list.slug or not speakers_list.has_failed:
        return []
    words = _("A webhook fails: another system is not told what happens.")
    address = reverse("admin:webhooks_webhook_changelist", query={"meeting__id__exact": speakers_list.meeting_id})
    return [(words, address, True)]


def _counts(speakers_list, at):
    """What may wait on a list: how many, in which words, on the page of which model, narrowed how, urgent or not."""
    by_list, by_meeting = {"speakers_list__id__exact": speakers_list.pk}, {"meeting": speakers_list.meeting_id}
    is_over = not speakers_list.accepts_inscriptions(at)
    return [
        (speakers_list.late_waiting, _late, "laterequest", by_list | {"state__exact": "waiting"}, True),
        (speakers_list.swaps_waiting, _swaps, "swapproposal", by_list | {"state__exact": "accepted"}, True),
        (speakers_list.interests_waiting, _interests, "interest", by_meeting, is_over),
        (speakers_list.extensions_now, _extensions, "extension", by_list, False),
    ]


def _late(count):
    return ngettext("%(count)d late request waits.", "%(count)d late requests wait.", count)


def _swaps(count):
    return ngettext("%(count)d swap waits for approval.", "%(count)d swaps wait for approval.", count)


def _interests(count):
    return ngettext(
        "%(count)d expression of interest awaits the selection.",
        "%(count)d expressions of interest await the selection.",
        count,
    )


def _extensions(count):
    return ngettext(
        "%(count)d delegation has an extension and may still inscribe.",
        "%(count)d delegations have an extension and may still inscribe.",
        count,
    )


def deadline(speakers_list: SpeakersList, at: datetime) -> tuple[str, str]:
    """When inscription on `speakers_list` opens or closes, at its meeting's moment `at`: (words, address)."""
    meeting, address = speakers_list.meeting, page_of(speakers_list)
    facts = {"moment": moments.in_words(speakers_list.closes_at, meeting)}
    if at < speakers_list.opens_at:
        opens = {"moment": moments.in_words(speakers_list.opens_at, meeting)}
        return _("Inscription opens on %(moment)s.") % opens, address
    if not speakers_list.accepts_inscriptions(at):
        is_deadline = speakers_list.inscription_ends_at == speakers_list.closes_at
        words = (
            _("The list is closed. The deadline was %(moment)s.")
            if is_deadline
            else _("The list was closed on %(moment)s.")
        )
        return words % {"moment": moments.in_words(speakers_list.inscription_ends_at, meeting)}, address
    if speakers_list.closes_when_announced:
        return _("Inscription is open. It closes when the Chair announces it, about %(moment)s.") % facts, address
    facts["left"] = lengths.left_in_words(speakers_list.closes_at - at)
    return _("Inscription is open. The deadline is in %(left)s, on %(moment)s.") % facts, address


def lacking(speakers_list: Any, lists: list[Any]) -> list[tuple[str, str, bool]]:
    """What a counted `speakers_list` lacks, or contradicts itself in: (words, address, urgent once it is published).

    With the main list, also its meeting. Among `lists` are all those of the meeting. No statement after `read_ahead`.
    """
    meeting = speakers_list.meeting
    roles: set[str] = {Contact.Role.INSCRIPTION} if speakers_list.takes_inscriptions else set()
    of_meeting = [each for each in lists if each.meeting_id == meeting.pk]
    whole = InFull(meeting, meeting.sittings.all(), meeting.slots.all(), roles, of_meeting)
    return [
        (each.words, address_of(each, meeting), meeting.is_published)
        for each in consistency.objections(whole)
        if each.row == speakers_list or not (speakers_list.slug or isinstance(each.row, SpeakersList))
    ]


def _draw(meeting, at):
    """The step of a draw that is due, if one is.  R-21"""
    step = drawing.step_due(meeting.speakers_list, at)
    found = [(_steps()[step], page_of(meeting.speakers_list), step != "missed")] if step else []
    if drawing.has_lost_its_secret(meeting.speakers_list):
        lost = _(
            "The draw at the opening cannot be held: the site’s secret key was replaced. Add the former key to "
            "SECRET_KEY_FALLBACKS."
        )
        found.append((lost, page_of(meeting.speakers_list), True))
    return found


def _steps():
    """Each step of a draw that may be due, in words."""
    return {
        "commit": _("The draw at the opening needs its commitment before the list opens."),
        "beacon": _("The draw at the opening waits for its public value."),
        "hold": _("The draw at the opening can be held."),
        "lots": _("The list is closed: its lots can be drawn."),
        "missed": _(
            "No commitment was made before the list opened: there is no draw, and the order of receipt decides."
        ),
    }


def _number(rows):
    """How many of `rows` belong to each list, as a subquery, so that no count multiplies another."""
    counts = rows.filter(speakers_list=OuterRef("pk")).order_by().values("speakers_list").annotate(number=Count("pk"))
    return Coalesce(Subquery(counts.values("number")), 0)


def _page(model, filters):
    return reverse(f"admin:speakers_{model}_changelist", query=filters)


def page_of(speakers_list: SpeakersList) -> str:
    """The page on which `speakers_list` is opened, closed and drawn: its meeting's, or its own beside the main one."""
    if speakers_list.slug:
        return reverse("admin:speakers_speakerslist_change", args=[speakers_list.pk])
    return reverse("admin:dialogue_meeting_change", args=[speakers_list.meeting_id])
