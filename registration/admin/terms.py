"""The terms of tickets of each meeting: seats, deadlines, offers.  R-46 R-48 R-50 R-53"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

import clock
from dialogue import moments
from dialogue.admin.acting import Act, PlainForm, WithActs
from dialogue.admin.base import DeskAdmin
from dialogue.models import Meeting
from registration.admin.decision_acts import PreviewForm
from registration.admin.fields import words_field
from registration.decisions import outcome_words, selecting
from registration.manifests import collecting
from registration.models import Ticketing
from registration.requests import opening
from spelling.listing import in_sentences


class ThanksForm(PreviewForm):
    words = words_field(required=False)

    def foresee(self) -> Any:
        return selecting.preview_of_thanks(self.subject.meeting)


class CollectionForm(PreviewForm):
    """Everyone whose ticket is collected: nothing is typed."""

    def foresee(self) -> Any:
        return collecting.preview(self.subject.meeting)

    def blocks(self) -> list[dict[str, Any]]:
        return self.preview.blocks


def _thank(ticketing, typed, by, at):
    done = selecting.thank_the_others(ticketing.meeting, words=typed["words"], seen=typed["seen"], by=by, at=at)
    return in_sentences(outcome_words.done(done))


def _collect(ticketing, typed, by, at):
    number = collecting.collect(ticketing.meeting, seen=typed["seen"], by=by, at=at)
    words = ngettext(
        "%(count)d ticket is collected. Its name can no longer be amended.",
        "%(count)d tickets are collected. Their names can no longer be amended.",
        number,
    )
    return words % {"count": number}


def _open(meeting, _typed, by, at):
    terms = opening.open_ticketing(meeting, by=by, at=at)
    words = _("Tickets can be requested until %(moment)s. Check the terms: seats and deadlines are default values.")
    return words % {"moment": moments.in_words(terms.closes_at, meeting)}


OPENING_ACTS = (
    Act(
        name="open-tickets",
        label=_("Open to requests for tickets"),
        guidance=_(
            "For civil society. Deadlines that the invitation does not give are computed, and marked as set by us."
        ),
        form=PlainForm,
        perform=_open,
        permission="registration.add_ticketing",
        is_possible=lambda meeting, _at: not Ticketing.objects.filter(meeting=meeting).exists(),
    ),
)


def pages_of(meeting: Meeting, user: Any) -> Iterator[tuple[str, str]]:
    """What `user` may open of the tickets of `meeting`, if it is open to requests (one statement)."""
    terms = Ticketing.objects.filter(meeting=meeting).first() if user.has_perm("registration.view_ticketing") else None
    if terms and user.has_perm("registration.view_representative"):
        queue = "admin:registration_representative_changelist"
        yield gettext("Tickets"), reverse(queue, query={"meeting": meeting.pk})
    if terms:
        yield gettext("Terms of tickets"), reverse("admin:registration_ticketing_change", args=[terms.pk])


@admin.register(Ticketing)
class TicketingAdmin(WithActs, DeskAdmin):
    """Edited here and journalled. Reducing the seats removes no one; added seats are offered to the waiting list."""

    list_display = ["name", "closes", "pass_closes", "capacity", "held", "per_organization"]
    list_display_links = ["name"]
    list_select_related = ["meeting"]
    readonly_fields = ["meeting", "seats"]
    fieldsets = [
        (
            _("Seats"),
            {
                "description": _(
                    "Setting fewer seats than are held removes no one. Added seats are offered to the waiting list "
                    "within a minute, in the order of confirmation, unless you untick the box."
                ),
                "fields": [
                    "meeting",
                    "capacity",
                    "seats",
                    "per_organization",
                    "offers_by_itself",
                    "answer_within",
                ],
            },
        ),
        (
            _("When"),
            {
                "description": _(
                    "Times are those of the meeting. A request that arrives exactly at a deadline is too late. If the "
                    "invitation gives no deadlines, these were computed: 5 p.m. on the second working day before the "
                    "meeting, and one hour before it."
                ),
                "fields": ["opens_at", "closes_at", "pass_closes_at", "are_deadlines_ours"],
            },
        ),
        (
            _("Hand-over"),
            {
                "description": _(
                    "Where and when the tickets issued by security are handed over in exchange for vouchers. Every "
                    "voucher shows this, even one mailed earlier: its page is always up to date."
                ),
                "fields": ["hand_over_place", "hand_over_from", "hand_over_until", "is_name_search_open"],
            },
        ),
    ]
    acts: tuple[Act, ...] = (
        Act(
            name="thank",
            label=_("Thank those not selected to speak"),
            guidance=_(
                "Drafts a courteous note to each person who wished to speak, has a ticket and was not selected. "
                "Nothing is sent until you release it. If you press this again, no one is written to twice."
            ),
            form=ThanksForm,
            perform=_thank,
            permission="registration.change_representative",
            is_possible=lambda ticketing, _at: bool(selecting.preview_of_thanks(ticketing.meeting).outcomes),
        ),
        Act(
            name="collect",
            label=_("The tickets are collected"),
            guidance=_(
                "Security has issued the tickets of everyone on the manifest, and you have them. After this the names "
                "can no longer be amended, because they are printed. If a ticket is missing, cancel it first."
            ),
            form=CollectionForm,
            perform=_collect,
            permission="registration.change_representative",
            is_possible=lambda ticketing, _at: collecting.to_be_collected(ticketing.meeting).exists(),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        holding = Count("meeting__representatives", filter=Q(meeting__representatives__holds_seat=True))
        return super().get_queryset(request).annotate(number_held=holding)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never: a meeting is opened to requests on its own page, by the rule that computes the deadlines."""
        return False

    def zone_of(self, request: HttpRequest, obj: Ticketing | None) -> ZoneInfo:
        return obj.meeting.zone if obj else timezone.get_default_timezone()

    def stream_of(self, obj: Ticketing) -> str:
        return obj.meeting.journal_stream

    def moment_of(self, obj: Ticketing) -> datetime:
        return obj.meeting.moment(clock.now())

    @admin.display(description=_("meeting"), ordering="meeting__starts_at")
    def name(self, ticketing: Ticketing) -> str:
        return str(ticketing.meeting)

    @admin.display(description=_("deadline without a pass"), ordering="closes_at")
    def closes(self, ticketing: Ticketing) -> str:
        return moments.in_words(ticketing.closes_at, ticketing.meeting)

    @admin.display(description=_("deadline with a pass"), ordering="pass_closes_at")
    def pass_closes(self, ticketing: Ticketing) -> str:
        return moments.in_words(ticketing.pass_closes_at, ticketing.meeting)

    @admin.display(description=_("held"))
    def held(self, ticketing: Any) -> int:
        return ticketing.number_held

    @admin.display(description=_("held now"))
    def seats(self, ticketing: Any) -> str:
        words = _("%(held)d of %(capacity)d seats are held or offered.")
        return words % {"held": ticketing.number_held, "capacity": ticketing.capacity}
