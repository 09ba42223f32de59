"""A turn at the rostrum: one entry's way from waiting to delivered, and the interruptions of its clock."""

import uuid
from datetime import timedelta
from typing import Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from speakers.models import Delegation, DelegationName, Inscription, SpeakersList


class Kind(models.TextChoices):
    LISTED = "listed", _("on the list")
    INSERTED = "inserted", _("outside the list")
    REPLY = "reply", _("right of reply")
    OPEN_FLOOR = "open_floor", _("open floor")
    PANEL = "panel", _("panel")


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    CALLED = "called", _("called")
    SPEAKING = "speaking", _("speaking")
    DELIVERED = "delivered", _("delivered")
    NOT_DELIVERED = "not_delivered", _("not delivered")
    NOT_REACHED = "not_reached", _("not reached")
    WITHDRAWN = "withdrawn", _("withdrawn")


AT_THE_ROSTRUM = [State.CALLED, State.SPEAKING]
# Instead of these, a written statement may be posted.  R-40
IN_LIEU = {State.NOT_DELIVERED, State.NOT_REACHED}
ENDED = [State.DELIVERED, State.NOT_DELIVERED, State.NOT_REACHED]


class TurnQuerySet(models.QuerySet):
    def off_the_list(self) -> Self:
        """Turns without an inscription that were not withdrawn, in the order in which they came."""
        return self.filter(inscription=None).exclude(state=State.WITHDRAWN).order_by("pk")

    def asking(self) -> Self:
        """Requests for the floor that stand and have not been called.  R-70"""
        return self.filter(kind=Kind.OPEN_FLOOR, state=State.WAITING)

    def with_names(self, meeting: Meeting) -> Self:
        """Include everything that is needed to announce a turn of `meeting`, with the names of its date.  R-72"""
        names = DelegationName.objects.in_force(meeting.starts_on).filter(delegation=OuterRef("delegation"))
        then = {f"then_{name}": Subquery(names.values(name)[:1]) for name in ("short_name", "formal_name")}
        return self.select_related("inscription__delegation", "inscription__level", "delegation").annotate(**then)


class Turn(models.Model):
    """What becomes of one entry in the room.  R-32

    A listed turn belongs to an inscription, which says who speaks; a turn inserted outside the list (R-38), a reply
    (R-39), a request for the open floor or a reply of the panel (R-70) says so itself. A request stands in the order of
    `asked_at`, the moment of its arrival; once the moderator takes it next (`taken_at`) it is before the list. `limit`
    is fixed when the statement begins (R-36). The clock (R-35) consists of `began_at`, `ended_at`, `paused_for` (the
    pauses that are over) and `paused_at` (the current pause).
    """

    Kind = Kind
    State = State

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="turns", verbose_name=_("meeting"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LISTED)
    inscription = models.OneToOneField(
        Inscription, models.PROTECT, null=True, blank=True, related_name="turn", verbose_name=_("inscription")
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("delegation")
    )
    speaker_prefix = models.CharField(_("form of address"), max_length=40, blank=True)
    speaker_name = models.CharField(_("full name as to be announced"), max_length=160, blank=True)
    speaker_title = models.CharField(_("functional title"), max_length=200, blank=True)
    stands_before = models.ForeignKey(
        Inscription, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("stands before")
    )
    reply_no = models.PositiveSmallIntegerField(_("number of the reply"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken next at"), null=True, blank=True)

    state = models.CharField(_("state"), max_length=14, choices=State, default=State.WAITING)
    absences = models.PositiveSmallIntegerField(_("absences"), default=0)
    present_at = models.DateTimeField(_("marked present at"), null=True, blank=True)
    own_limit = models.DurationField(_("own limit"), null=True, blank=True)
    limit = models.DurationField(_("limit"), null=True, blank=True)
    called_at = models.DateTimeField(_("called at"), null=True, blank=True)
    began_at = models.DateTimeField(_("began at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    paused_at = models.DateTimeField(_("paused at"), null=True, blank=True)
    paused_for = models.DurationField(_("paused for"), default=timedelta(0))
    note = models.TextField(_("private note"), blank=True, max_length=1000)
    alerted_at_place = models.PositiveSmallIntegerField(_("alerted at"), null=True, blank=True)
    place_before = models.JSONField(_("place before an absence"), null=True, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("turn")
        verbose_name_plural = _("turns")
        ordering = ["meeting", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state="speaking"), name="one_entry_of_a_meeting_speaks"
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state__in=["called", "speaking"]), name="one_entry_has_the_floor"
            ),
            models.CheckConstraint(
                name="a_listed_turn_belongs_to_an_inscription",
                condition=Q(kind="listed", inscription__isnull=False) | (~Q(kind="listed") & Q(inscription=None)),
            ),
            models.CheckConstraint(
                name="who_speaks_has_begun_and_has_a_limit",
                condition=~Q(state__in=["speaking", "delivered"]) | Q(began_at__isnull=False, limit__isnull=False),
            ),
            models.CheckConstraint(
                name="a_statement_ends_after_it_began",
                condition=Q(ended_at=None) | Q(began_at=None) | Q(ended_at__gte=F("began_at")),
            ),
            models.CheckConstraint(
                name="a_delivered_statement_has_its_end",
                condition=~Q(state="delivered") | Q(ended_at__isnull=False, paused_at=None),
            ),
            models.CheckConstraint(name="only_who_speaks_is_paused", condition=Q(paused_at=None) | Q(state="speaking")),
            models.UniqueConstraint(
                fields=["meeting", "delegation", "reply_no"],
                condition=Q(kind="reply") & ~Q(state="not_delivered"),
                name="a_delegation_replies_twice_at_most",
                violation_error_message=_("This delegation has used both its replies."),
            ),
            models.CheckConstraint(
                name="a_reply_has_its_number",
                condition=Q(kind="reply", reply_no__in=[1, 2], delegation__isnull=False)
                | (~Q(kind="reply") & Q(reply_no=None)),
            ),
            models.UniqueConstraint(
                fields=["meeting", "delegation"],
                condition=Q(kind="open_floor", state="waiting"),
                name="a_delegation_asks_for_the_floor_once_at_a_time",
                violation_error_message=_("This delegation has asked for the floor already."),
            ),
            models.CheckConstraint(
                name="a_request_has_its_delegation_and_its_arrival",
                condition=~Q(kind="open_floor") | Q(delegation__isnull=False, asked_at__isnull=False),
            ),
            models.CheckConstraint(
                name="only_off_the_list_is_withdrawn_or_taken_next",
                condition=~Q(kind="listed") | (~Q(state="withdrawn") & Q(taken_at=None)),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def identity(self) -> str:
        """The public name of this turn, the same before and after it is stored: the inscription's, or its own."""
        return str(self.inscription.public_id if self.inscription else self.public_id)

    @property
    def who(self) -> "Turn | Inscription":
        """The object that holds the speaker's form of address, name and title: the inscription, or the turn itself."""
        return self.inscription or self

    @property
    def speakers_list(self) -> SpeakersList | None:
        """The list of its entry; None outside the lists."""
        return self.inscription.speakers_list if self.inscription else None

    @property
    def of(self) -> Delegation | None:
        """The delegation on whose behalf the statement is made, or None for a person outside the list.

        It has the name of the date of the meeting, if the turn was read `with_names`.  R-72
        """
        if self.inscription:
            return self.inscription.delegation
        return self.delegation and self.delegation.called(
            getattr(self, "then_short_name", None), getattr(self, "then_formal_name", None)
        )

    @property
    def group(self) -> str:
        """The group on whose behalf the statement is made, or empty."""
        return self.inscription.group_name if self.inscription else ""

    @property
    def joined(self) -> list[str]:
        """The names of the delegations that have joined the statement, in the order in which they are announced."""
        return [str(each) for each in self.inscription.joined_delegations] if self.inscription else []

    @property
    def is_by_video(self) -> bool:
        """Is the statement a recorded video?"""
        return self.inscription is not None and self.inscription.is_by_video

    @property
    def presenter(self) -> str:
        """Who presents the recorded video in the room, name and title, or empty."""
        return self.inscription.presenter if self.inscription else ""

    @property
    def name(self) -> str:
        """The name of this turn on the screens: the delegation, or the person inserted outside the list."""
        return str(self.of) if self.of else f"{self.speaker_prefix} {self.speaker_name}".strip()

    @property
    def kind_in_words(self) -> str:
        """What the speaker has the floor for, as it is named on the console.  R-39"""
        words = {1: gettext("right of reply, first"), 2: gettext("right of reply, second")}
        return words.get(self.reply_no or 0) or str(self.get_kind_display())

    @property
    def is_speaking(self) -> bool:
        return self.state == State.SPEAKING

    @property
    def is_called(self) -> bool:
        return self.state == State.CALLED

    @property
    def has_the_floor(self) -> bool:
        """Is this turn called or speaking?"""
        return self.state in AT_THE_ROSTRUM

    @property
    def is_waiting(self) -> bool:
        return self.state == State.WAITING

    @property
    def is_paused(self) -> bool:
        return self.paused_at is not None


class Interruption(models.Model):
    """A pause of a statement's clock: a point of order, which is logged and never queued (R-39), or another cause."""

    class Ground(models.TextChoices):
        POINT_OF_ORDER = "point_of_order", _("point of order")
        SUSPENSION = "suspension", _("suspension of the sitting")
        OTHER = "other", _("other")

    turn = models.ForeignKey(Turn, models.PROTECT, related_name="interruptions", verbose_name=_("turn"))
    ground = models.CharField(_("ground"), max_length=16, choices=Ground, default=Ground.OTHER)
    raised_by = models.CharField(_("raised by"), max_length=120, blank=True)
    delegation = models.ForeignKey(
        Delegation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("delegation")
    )
    began_at = models.DateTimeField(_("began at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    class Meta:
        verbose_name = _("interruption")
        verbose_name_plural = _("interruptions")
        ordering = ["began_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["turn"], condition=Q(ended_at=None), name="a_statement_is_interrupted_once_at_a_time"
            ),
            models.CheckConstraint(
                name="an_interruption_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
            ),
        ]

    def __str__(self):
        return self.get_ground_display()
