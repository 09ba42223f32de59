"""An expression of interest in a seat on a list whose seats are given by selection.  R-62"""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from speakers.models.delegation import Delegation
from speakers.models.filing import Filing
from speakers.models.names import UnderItsName, as_recorded
from speakers.models.speakers_list import OfAList, SpeakersList


class State(models.TextChoices):
    EXPRESSED = "expressed", _("awaits the selection")
    SELECTED = "selected", _("selected")
    NOT_SELECTED = "not_selected", _("informed that no seat can be given")
    WITHDRAWN = "withdrawn", _("withdrawn")


# The states in which staff may still give a seat: one that is freed goes to a delegation that was informed.
MAY_BE_SELECTED = (State.EXPRESSED, State.NOT_SELECTED)
# What of a list is read only where its terms are asked.
FIXED = ("places", "names", "groups")


class InterestQuerySet(models.QuerySet):
    def waiting(self) -> Self:
        """Those that staff have not decided on."""
        return self.filter(state=State.EXPRESSED)

    def not_withdrawn(self) -> Self:
        """Those that await the selection, and those that staff have decided on."""
        return self.exclude(state=State.WITHDRAWN)

    def standing(self) -> Self:
        """Those that may still be given a seat."""
        return self.filter(state__in=MAY_BE_SELECTED)

    def choosing(self, speakers_list: SpeakersList) -> Self:
        """Those whose first or second choice is `speakers_list`."""
        return self.filter(Q(speakers_list=speakers_list) | Q(second_choice=speakers_list))

    def with_choices(self) -> Self:
        """Each with its delegation, its level, both lists and its entry."""
        return self.select_related(
            "speakers_list__meeting", "second_choice__meeting", "delegation", "level", "inscription"
        ).defer(*(f"{name}__{field}" for name in ("speakers_list", "second_choice") for field in FIXED))


@as_recorded("delegation")
class Interest(OfAList, UnderItsName, Filing):
    """A delegation asks for a seat on a list, its first choice, and on another if that cannot be.

    It has no place and no receipt number: the seat is an `inscription`, which staff make by selecting. It is always in
    national capacity. All moments are the meeting's.
    """

    State = State

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    speakers_list = models.ForeignKey(
        SpeakersList, models.PROTECT, related_name="interests", verbose_name=_("first choice")
    )
    second_choice = models.ForeignKey(
        SpeakersList,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="interests_as_second",
        verbose_name=_("second choice"),
    )
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="interests", verbose_name=_("delegation"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.EXPRESSED, editable=False)
    filed_by_email = models.CharField(_("filed from"), max_length=254, editable=False)
    expressed_at = models.DateTimeField(_("expressed at"), editable=False)
    decided_at = models.DateTimeField(_("decided or withdrawn at"), null=True, blank=True, editable=False)
    idempotency_key = models.CharField(max_length=64, editable=False)
    content_digest = models.CharField(max_length=64, editable=False)
    inscription = models.OneToOneField(
        "speakers.Inscription",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="interest",
        verbose_name=_("entry"),
    )

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("expression of interest")
        verbose_name_plural = _("expressions of interest")
        ordering = ["speakers_list", "expressed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["speakers_list", "idempotency_key"], name="an_expression_of_interest_is_recorded_once"
            ),
            models.UniqueConstraint(
                fields=["speakers_list", "delegation"],
                condition=Q(state__in=["expressed", "not_selected"]),
                name="a_delegation_expresses_interest_in_a_list_once",
                violation_error_message=_("This delegation has already expressed its interest."),
            ),
            models.CheckConstraint(
                name="the_second_choice_is_not_the_first",
                condition=Q(second_choice=None) | ~Q(second_choice=F("speakers_list")),
                violation_error_message=_("The second choice is another list than the first."),
            ),
            models.CheckConstraint(
                name="interest_is_expressed_in_national_capacity",
                condition=Q(capacity="national", group_name="", is_by_video=False),
            ),
            models.CheckConstraint(
                name="a_decided_expression_of_interest_says_when",
                condition=Q(state="expressed", decided_at=None) | (~Q(state="expressed") & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="a_selected_expression_of_interest_and_no_other_has_an_entry",
                condition=Q(state="selected", inscription__isnull=False)
                | (~Q(state="selected") & Q(inscription__isnull=True)),
            ),
        ]

    def __str__(self):
        return str(self.delegation)

    def get_absolute_url(self) -> str:
        return reverse("speakers:interest", args=[*self.speakers_list.address, self.public_id])

    @property
    def is_waiting(self) -> bool:
        return self.state == State.EXPRESSED

    @property
    def is_selected(self) -> bool:
        return self.state == State.SELECTED

    @property
    def may_be_selected(self) -> bool:
        return self.state in MAY_BE_SELECTED

    @property
    def choices(self) -> list[SpeakersList]:
        """The lists in which it asks for a seat, the first choice first."""
        return [self.speakers_list, *([self.second_choice] if self.second_choice else [])]

    @property
    def seat(self) -> SpeakersList | None:
        """The list on which it was given a seat, or None."""
        return next((each for each in self.choices if self._is_seated_on(each)), None)

    def _is_seated_on(self, speakers_list):
        return self.inscription is not None and self.inscription.speakers_list_id == speakers_list.pk
