"""A joint statement: an entry names another delegation, which joins it once it confirms by its own sign-in.  R-12"""

import uuid
from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from speakers.models.delegation import Delegation
from speakers.models.inscription import Inscription
from speakers.models.names import UnderItsName, as_recorded
from speakers.models.speakers_list import OfAList, SpeakersList


class State(models.TextChoices):
    ASKED = "asked", _("asked, no answer yet")
    JOINED = "joined", _("joins")
    DECLINED = "declined", _("declined")
    LEFT = "left", _("left")
    TAKEN_BACK = "taken_back", _("no longer named")
    ENDED = "ended", _("ended with the entry")


NAMED = (State.ASKED, State.JOINED)


class JoiningQuerySet(models.QuerySet):
    def named(self) -> Self:
        """Those asked and those that join, which the entry names in this order."""
        return self.filter(state__in=NAMED).order_by("position")

    def joined(self) -> Self:
        """Those that join, in the order in which the entry names them."""
        return self.filter(state=State.JOINED).order_by("position")

    def with_sides(self) -> Self:
        """Joinings with the entry, its delegation and level, and the delegation that is named."""
        return self.select_related("inscription__delegation", "inscription__level", "delegation")


@as_recorded("delegation")
class Joining(OfAList, UnderItsName):
    """One delegation that an entry names: was it asked, does it join, or how did it end?

    The public sees it only while it joins (`Inscription.joined`). `position` is its place among those that the entry
    names, for good: one that is named again comes last.
    """

    State = State

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    speakers_list = models.ForeignKey(
        SpeakersList, models.PROTECT, related_name="joinings", verbose_name=_("list of speakers")
    )
    inscription = models.ForeignKey(
        Inscription, models.PROTECT, related_name="joinings", verbose_name=_("joint statement of")
    )
    delegation = models.ForeignKey(Delegation, models.PROTECT, related_name="+", verbose_name=_("delegation"))
    position = models.PositiveSmallIntegerField(_("position"))
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(_("asked at"))
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects = JoiningQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint statement")
        verbose_name_plural = _("joint statements")
        ordering = ["inscription", "position"]
        constraints = [
            models.UniqueConstraint(fields=["inscription", "position"], name="two_names_have_two_positions"),
            models.UniqueConstraint(
                fields=["inscription", "delegation"],
                condition=Q(state__in=["asked", "joined"]),
                name="an_entry_names_a_delegation_once",
                violation_error_message=_("This delegation is already named."),
            ),
            models.CheckConstraint(
                name="an_answer_to_a_joint_statement_says_when",
                condition=Q(state="asked", answered_at=None) | (~Q(state="asked") & Q(answered_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.inscription.delegation} + {self.delegation}"

    def get_absolute_url(self) -> str:
        return reverse("speakers:joining", args=[*self.speakers_list.address, self.public_id])

    @property
    def is_asked(self) -> bool:
        return self.state == State.ASKED

    @property
    def is_joined(self) -> bool:
        return self.state == State.JOINED

    @property
    def is_named(self) -> bool:
        """Is it asked, or does it join?"""
        return self.state in NAMED


def fetch_joined(inscriptions: Collection[Inscription]) -> None:
    """Fetch the `joined_delegations` of all `inscriptions` together (one statement, none if no delegation joined)."""
    naming = [each for each in inscriptions if each.joined]
    rows = Joining.objects.filter(inscription__in=naming).select_related("delegation") if naming else []
    found = {(row.inscription_id, row.delegation.code): row.delegation for row in rows}
    for each in inscriptions:
        each.joined_delegations = [found[key] for code in each.joined if (key := (each.pk, code)) in found]
