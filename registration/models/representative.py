"""A representative of an organization, from the request to the hand-over of the ticket.  R-48 R-49 R-50"""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from outbox.models import Message
from outbox.models import State as MailState
from registration.models.request import TicketRequest
from speakers.models import Inscription


class State(models.TextChoices):
    """The states of R-48, and `expired` for a representative who never confirmed the address."""

    SUBMITTED = "submitted", _("submitted, address not confirmed")
    CONFIRMED = "confirmed", _("received, under review")
    APPROVED = "approved", _("approved")
    WAITLISTED = "waitlisted", _("on the waiting list")
    DECLINED = "declined", _("declined")
    ON_MANIFEST = "on_manifest", _("on the manifest")
    COLLECTED = "collected", _("ticket collected")
    HANDED_OVER = "handed_over", _("ticket handed over")
    NO_SHOW = "no_show", _("did not come")
    CANCELLED = "cancelled", _("cancelled")
    EXPIRED = "expired", _("expired, address never confirmed")


class Selection(models.TextChoices):
    """The status of a wish to speak.  R-56"""

    NONE = "", _("not yet considered")
    SHORT_LISTED = "short_listed", _("short-listed")
    SELECTED = "selected", _("selected to speak")
    NOT_SELECTED = "not_selected", _("not selected")


class Gender(models.TextChoices):
    """Gender as the person describes it; saying nothing is an answer.  R-56"""

    NONE = "", _("not stated")
    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("in another way")


# The states of those who were granted a ticket; each holds a seat.
LET_IN = [State.APPROVED, State.ON_MANIFEST, State.COLLECTED, State.HANDED_OVER, State.NO_SHOW]
ENDED = [State.DECLINED, State.CANCELLED, State.EXPIRED]
# The states from which a changed identity is reviewed again; a person notified of one is notified of the review.  R-49
REVIEWED_AGAIN = [State.APPROVED, State.ON_MANIFEST, State.WAITLISTED]
# The states in which an address counts as taken for the meeting.  R-49
ACTIVE = [State.CONFIRMED, State.WAITLISTED, *LET_IN]


class RepresentativeQuerySet(models.QuerySet):
    def for_staff(self) -> Self:
        """Representatives who confirmed; nothing that a stranger filed without confirmation.  R-46 R-60"""
        return self.filter(turn__isnull=False)

    def active(self) -> Self:
        """Confirmed and not ended.  R-49"""
        return self.filter(state__in=ACTIVE)

    def standing(self) -> Self:
        """Not ended as far as the person knows, confirmed or not: what an organization's limit counts.  R-46 R-47"""
        return self.filter(~Q(state__in=ENDED) | Q(state=State.DECLINED, decision__state=MailState.HELD))

    def refused(self) -> Self:
        """Declined and notified.  R-47"""
        return self.filter(state=State.DECLINED).exclude(decision__state=MailState.HELD)

    def holding_seats(self) -> Self:
        """Holding a seat: approved, offered one, or under review again after an approval.  R-50"""
        return self.filter(holds_seat=True)

    def let_in(self) -> Self:
        """Those who were granted a ticket, whatever has become of it since."""
        return self.filter(state__in=LET_IN)

    def waiting(self) -> Self:
        """The waiting list in order, including those with an open offer.  R-48"""
        return self.filter(state=State.WAITLISTED).order_by("turn")

    def named(self, *keys: str) -> Self:
        """Those whose name, or its Latin form, has one of these `keys` (see `naming.person_key`).  R-49 R-71"""
        known = [key for key in keys if key]
        return self.filter(Q(name_key__in=known) | Q(latin_key__in=known))

    def wishing_to_speak(self) -> Self:
        """Active representatives who wish to speak.  R-56"""
        return self.active().filter(wishes_to_speak=True)


class Representative(models.Model):
    """One person of a request, as on the identity document, and what became of the request.

    `turn` is the number in the order of confirmation, assigned under the lock of the meeting's terms; an offer that
    lapsed brings a new turn, at the end (R-48). `holds_seat` is what is counted against the capacity (R-50). While
    staff hold back the mail of a `decision`, `told_state` is the state of which the person was last notified.
    """

    State = State
    Selection = Selection
    Gender = Gender

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(
        TicketRequest, models.PROTECT, related_name="representatives", verbose_name=_("request")
    )
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="representatives", verbose_name=_("meeting"))
    first_name = models.CharField(_("first name, as on the identity document"), max_length=100, blank=True)
    last_name = models.CharField(_("last name, as on the identity document"), max_length=100)
    latin_first_name = models.CharField(
        _("first name in Latin letters"), max_length=100, blank=True, default="", db_default=""
    )
    latin_last_name = models.CharField(
        _("last name in Latin letters"), max_length=100, blank=True, default="", db_default=""
    )
    is_family_name_first = models.BooleanField(_("the family name comes first"), default=False, db_default=False)
    name_key = models.CharField(max_length=201, editable=False, db_index=True)
    latin_key = models.CharField(max_length=201, editable=False, db_index=True, default="", db_default="")
    email = models.EmailField(_("e-mail"))
    normalised_email = models.CharField(max_length=254, editable=False, db_index=True)
    has_grounds_pass = models.BooleanField(_("holds a grounds pass"), default=False)
    accessibility = models.CharField(_("accessibility needs"), max_length=500, blank=True)
    wishes_to_speak = models.BooleanField(_("wishes to speak"), default=False)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    outline = models.CharField(_("outline"), max_length=600, blank=True)
    theme = models.CharField(_("theme, as staff name it"), max_length=80, blank=True, editable=False)
    statement_language = models.CharField(
        _("language of the statement"), max_length=5, choices=Inscription.Language, blank=True
    )
    gender = models.CharField(_("gender, self-described"), max_length=8, choices=Gender, blank=True)

    state = models.CharField(_("state"), max_length=12, choices=State, default=State.SUBMITTED, editable=False)
    state_since = models.DateTimeField(_("in this state since"), editable=False)
    holds_seat = models.BooleanField(_("holds a seat"), default=False, editable=False)
    asked_at = models.DateTimeField(_("asked to confirm at"), null=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, editable=False)
    turn = models.PositiveIntegerField(_("turn"), null=True, editable=False)
    offer_ends_at = models.DateTimeField(_("seat offered until"), null=True, editable=False)
    lapsed_offers = models.PositiveSmallIntegerField(_("offers not answered"), default=0, editable=False)
    decision = models.ForeignKey(
        Message, models.SET_NULL, null=True, related_name="+", editable=False, verbose_name=_("mail of the decision")
    )
    told_state = models.CharField(_("last told"), max_length=12, choices=State, blank=True, editable=False)
    selection = models.CharField(_("selection"), max_length=12, choices=Selection, blank=True, editable=False)
    inscription = models.OneToOneField(
        Inscription,
        models.PROTECT,
        null=True,
        related_name="representative",
        editable=False,
        verbose_name=_("entry on the list of speakers"),
    )

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")
        ordering = ["meeting", "turn", "pk"]
        indexes = [models.Index(fields=["meeting", "state"], name="representatives_by_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "normalised_email"],
                condition=Q(state__in=ACTIVE),
                name="an_address_stands_for_one_active_representative",
                violation_error_message=_("This address already stands for a representative at this meeting."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "turn"], condition=Q(turn__isnull=False), name="a_turn_is_given_once"
            ),
            models.CheckConstraint(
                name="a_confirmed_representative_has_a_moment_and_a_turn",
                condition=Q(state__in=["submitted", "expired"], confirmed_at=None, turn=None)
                | Q(state__in=[*ACTIVE, "declined"], confirmed_at__isnull=False, turn__isnull=False)
                | Q(state="cancelled"),
            ),
            models.CheckConstraint(
                name="a_seat_is_held_by_those_let_in_or_offered_one",
                condition=Q(state__in=LET_IN, holds_seat=True)
                | Q(state="waitlisted", holds_seat=True, offer_ends_at__isnull=False)
                | Q(state="waitlisted", holds_seat=False, offer_ends_at=None)
                | Q(state="confirmed")
                | Q(state__in=["submitted", *ENDED], holds_seat=False),
            ),
            models.CheckConstraint(
                name="only_the_waiting_list_is_offered_a_seat",
                condition=Q(offer_ends_at=None) | Q(state="waitlisted"),
            ),
            models.CheckConstraint(
                name="a_wish_to_speak_has_a_topic_and_a_language",
                condition=Q(wishes_to_speak=False) | (~Q(topic="") & ~Q(statement_language="")),
                violation_error_message=_("A wish to speak needs a topic and a language."),
            ),
            models.CheckConstraint(
                name="a_selected_speaker_has_an_entry_on_the_list",
                condition=Q(selection="selected", inscription__isnull=False)
                | (~Q(selection="selected") & Q(inscription=None)),
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name as on the identity document, in the person's order; some people have only one.  R-75

        Erased in time (R-57).
        """
        return self._in_order(self.first_name, self.last_name) or gettext("name erased")

    @property
    def passport_names(self) -> tuple[str, str]:
        """First and last name in Latin letters, as security checks them; the name itself if it is written so.  R-75"""
        if self.latin_last_name:
            return self.latin_first_name, self.latin_last_name
        return self.first_name, self.last_name

    @property
    def latin_name(self) -> str:
        """The name in Latin letters, in the person's order; empty if the name itself is written in them.  R-75"""
        return self._in_order(self.latin_first_name, self.latin_last_name)

    @property
    def name_for_security(self) -> str:
        """The name as a desk compares it with an identity document: in its own script, and in Latin letters.  R-75"""
        names = {"name": self.full_name, "latin": self.latin_name}
        return gettext("%(name)s (%(latin)s)") % names if self.latin_name else self.full_name

    @property
    def own_script_name(self) -> str:
        """The name in its own script beside its Latin form; empty if it has none.  R-75"""
        return self.full_name if self.latin_last_name else ""

    def _in_order(self, first_name, last_name):
        names = [last_name, first_name] if self.is_family_name_first else [first_name, last_name]
        return " ".join(filter(None, names))

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE

    @property
    def has_ended(self) -> bool:
        """Is it over, as far as the person knows? A refusal ends nothing until its mail is released.  R-47"""
        return self.state in ENDED and not self.awaits_release

    @property
    def is_offered_a_seat(self) -> bool:
        return self.offer_ends_at is not None

    @property
    def awaits_release(self) -> bool:
        """Is there a decision whose mail staff have not released yet? Fetch `decision` with the row."""
        return self.decision is not None and self.decision.state == MailState.HELD

    @property
    def state_for_staff(self) -> str:
        """The state in words, and whether the person has been notified of it.  R-47"""
        words = gettext("%(state)s (mail not released)") if self.awaits_release else "%(state)s"
        return words % {"state": self.get_state_display()}

    @property
    def shown_state(self) -> Any:
        """The state that the person may see: a decision counts only once its mail was released.  R-47"""
        return State(self.told_state if self.awaits_release else self.state)
