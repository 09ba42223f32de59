"""The terms on which tickets are requested and handed over for one meeting.  R-46 R-48 R-50 R-51 R-53"""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from dialogue.models import Meeting


class Holiday(models.Model):
    """A day on which the United Nations is closed; it is not a working day.  R-52 R-53"""

    on = models.DateField(_("date"), unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["on"]

    def __str__(self):
        return self.name


class TicketingQuerySet(models.QuerySet):
    def of_published(self) -> Self:
        """The terms of meetings that the public may see, each with its meeting."""
        return self.filter(meeting__is_published=True).select_related("meeting")


class Ticketing(models.Model):
    """The number of seats, the number of representatives per organization, the deadlines, and where and when the
    tickets are handed over.

    The row is also the lock under which seats are counted and turns are assigned (R-50). All moments are the meeting's
    (see `Meeting.moment`).
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="ticketing", verbose_name=_("meeting"))
    opens_at = models.DateTimeField(_("requests open at"))
    closes_at = models.DateTimeField(_("deadline without a grounds pass"))
    pass_closes_at = models.DateTimeField(_("deadline with a grounds pass"))
    are_deadlines_ours = models.BooleanField(
        _("the deadlines are our own"),
        default=True,
        help_text=_("The invitation gives none. Untick once the office has set them."),
    )
    capacity = models.PositiveIntegerField(_("seats"), default=40)
    per_organization = models.PositiveSmallIntegerField(_("representatives per organization"), default=2)
    answer_within = models.DurationField(
        _("time to answer an offered seat"), default=timedelta(hours=24), help_text=_("Hours:minutes:seconds.")
    )
    offers_by_itself = models.BooleanField(
        _("offer free seats to the waiting list automatically"),
        default=True,
        help_text=_("In the order of confirmation, within a minute. Untick while you are still deciding."),
    )
    hand_over_place = I18nCharField(
        _("place of the hand-over"), blank=True, help_text=_("Printed on every voucher and shown at the desk.")
    )
    hand_over_from = models.DateTimeField(_("tickets are handed over from"), null=True, blank=True)
    hand_over_until = models.DateTimeField(_("until"), null=True, blank=True)
    is_name_search_open = models.BooleanField(
        _("every desk finds people by name"),
        default=False,
        db_default=False,
        help_text=_("Otherwise only supervisors do. Tick this if many come without a voucher."),
    )
    last_turn = models.PositiveIntegerField(_("last turn"), default=0, editable=False)

    objects = TicketingQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of tickets")
        verbose_name_plural = _("terms of tickets")
        ordering = ["-meeting__starts_at"]
        constraints = [
            models.CheckConstraint(
                name="requests_open_before_they_close",
                condition=Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("Requests must open before the deadline."),
            ),
            models.CheckConstraint(
                name="who_has_a_pass_may_ask_at_least_as_long",
                condition=Q(closes_at__lte=F("pass_closes_at")),
                violation_error_message=_("The deadline with a grounds pass must not be the earlier one."),
            ),
            models.CheckConstraint(
                name="an_organization_sends_somebody",
                condition=Q(per_organization__gte=1),
                violation_error_message=_("An organization must be able to send at least one representative."),
            ),
            models.CheckConstraint(
                name="there_is_time_to_answer_an_offer",
                condition=Q(answer_within__gt=timedelta(0)),
                violation_error_message=_("Give some time to answer."),
            ),
            models.CheckConstraint(
                name="the_hand_over_begins_before_it_ends",
                condition=Q(hand_over_from=None) | Q(hand_over_until=None) | Q(hand_over_from__lt=F("hand_over_until")),
                violation_error_message=_("The hand-over must begin before it ends."),
            ),
        ]

    def __str__(self):
        return str(self.meeting)

    def closing(self, *, has_grounds_pass: bool) -> datetime:
        """The deadline for a representative with or without a grounds pass.  R-53"""
        return self.pass_closes_at if has_grounds_pass else self.closes_at

    def accepts(self, at: datetime, *, has_grounds_pass: bool = True) -> bool:
        """Are requests accepted at the meeting's moment `at`, with or without a grounds pass?  R-53

        Half-open, like every deadline. By default: is any request accepted at all?
        """
        return self.opens_at <= at < self.closing(has_grounds_pass=has_grounds_pass)

    def seats_held(self) -> int:
        """How many seats are taken or offered (one query).  R-50"""
        return self.meeting.representatives.holding_seats().count()

    def seats_left(self) -> int:
        """How many seats are free; never negative, even if staff have lowered the capacity (one query)."""
        return max(0, self.capacity - self.seats_held())

    def next_turn(self) -> int:
        """The next number in the order of confirmation, on the locked row; saves the counter.  R-48"""
        self.last_turn += 1
        self.save(update_fields=["last_turn"])
        return self.last_turn
