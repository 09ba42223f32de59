"""An inscription: one delegation's entry on one meeting's list of speakers."""

import uuid
from collections import defaultdict
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from i18nfield.strings import LazyI18nString

from dialogue.models import Sitting
from speakers.models.delegation import Delegation, DelegationPlace, Level
from speakers.models.delivery import Delivery
from speakers.models.entry import BARE, BareEntry, EntryAtTheDesk, ListedEntry, Marked, State, anchor, read
from speakers.models.filing import HTTPS, Filing
from speakers.models.group import Group, group_key
from speakers.models.names import UnderItsName, as_recorded
from speakers.models.speakers_list import Band, OfAList, SpeakersList

# The last of the classes, which late entries come after.
LOWEST_CLASS = 20


class InscriptionQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Entries that hold a place. Unverified ones take none until staff verify them.  R-11 R-66"""
        return self.filter(state=State.STANDING)

    def waiting(self) -> Self:
        """Entries that hold a place and have not yet been called to the floor.  R-32"""
        return self.standing().filter(called_at=None)

    def active(self) -> Self:
        """Entries neither withdrawn nor refused."""
        return self.filter(state__in=[State.STANDING, State.UNVERIFIED])

    def unconfirmed(self) -> Self:
        """Standing entries whose speaker is still to be confirmed.  R-14"""
        return self.standing().filter(speaker_name="")

    def listed(self) -> list[ListedEntry]:
        """The entries as a list of `ListedEntry`, which is read in a fifth of the time."""
        return read(self, ListedEntry)

    def at_the_desk(self) -> list[EntryAtTheDesk]:
        """The entries as a list of `EntryAtTheDesk`."""
        return read(self, EntryAtTheDesk)

    def bare_by_list(self) -> dict[int, list[BareEntry]]:
        """The entries of many lists as `BareEntry`s, by the key of the list (one statement)."""
        found = defaultdict(list)
        for key, *facts in self.order_by().values_list("speakers_list", *BARE):
            found[key].append(BareEntry(*facts))
        return found

    def filed_from(self, address: str) -> Self:
        """Entries filed from the e-mail `address` (normalised)."""
        return self.filter(filed_by_email=address)


@as_recorded("delegation", "level")
class Inscription(OfAList, Marked, UnderItsName, Delivery, Filing):
    """One delegation's entry: its content, when it arrived and was recorded, and its state.

    `arrived_at` decides whether it is in time; `recorded_at` is read with the number under the list's lock (R-03).
    `(class_seq, class_move)` is the class sequence: the receipt number or, after a change of class, the last number
    given at that moment and a counter, which puts the entry at the end of its new class (R-19, R-23). A `lot` comes
    before it if the policy draws lots (R-21). These and `class_by_swap` are the entry's turn, which a swap exchanges
    (R-26). `place_band`, `place_ground` and `precedence_class` are what its delegation and its level were on this list
    when it took them: later changes of either move no entry (R-61). `is_on_record`: did the credential prove a focal
    point of the delegation (R-11)? An entry made by staff counts as such. `called_at` is set in the room
    (`speakers/entries/calling.py`); until then the delegation may change the entry. `absent_at` is when it was called
    while absent, and so moved to the end of its class (R-32). `joined` are the codes of the delegations that have
    joined its statement, in the order in which it names them (`Joining`). Staff may fix it to a sitting (R-64).
    """

    State = State

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    speakers_list = models.ForeignKey(
        SpeakersList, models.PROTECT, related_name="inscriptions", verbose_name=_("list of speakers")
    )
    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="inscriptions", verbose_name=_("delegation")
    )
    place_band = models.CharField(_("band"), max_length=20, choices=Band, blank=True, editable=False)
    place_ground = models.CharField(_("ground"), max_length=120, blank=True, editable=False)
    precedence_class = models.PositiveSmallIntegerField(_("class"), editable=False)
    level_label = I18nCharField(_("level on the list"), blank=True, default="", editable=False)
    group_key = models.CharField(max_length=160, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=State, editable=False)
    receipt_no = models.PositiveIntegerField(_("receipt number"), editable=False)
    arrived_at = models.DateTimeField(_("arrived at"), editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    class_seq = models.PositiveIntegerField(editable=False)
    class_move = models.PositiveIntegerField(default=0, editable=False)
    lot = models.CharField(_("lot"), max_length=64, blank=True, editable=False)
    class_by_swap = models.PositiveSmallIntegerField(null=True, editable=False)
    swapped_by = models.ForeignKey(
        "speakers.SwapProposal", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    extension = models.ForeignKey(
        "speakers.Extension", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    is_late = models.BooleanField(_("late"), default=False, editable=False)
    filed_by_email = models.CharField(_("filed from"), max_length=254, editable=False)
    is_on_record = models.BooleanField(_("filed by a focal point on record"), default=True, editable=False)
    idempotency_key = models.CharField(max_length=64, editable=False)
    content_digest = models.CharField(max_length=64, editable=False)
    witness = models.CharField(_("witness"), max_length=64, blank=True, editable=False)
    pinned_before = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("pinned before"),
    )
    is_pinned_last = models.BooleanField(_("pinned to the end"), default=False, editable=False)
    pin_reason = models.CharField(_("reason of the pin"), max_length=300, blank=True, editable=False)
    joined = models.JSONField(_("joined by"), default=list, blank=True, editable=False)
    fixed_sitting = models.ForeignKey(
        Sitting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("fixed to the sitting"),
    )
    fixing_reason = models.CharField(_("reason of the fixing"), max_length=300, blank=True, editable=False)
    called_at = models.DateTimeField(_("called at"), null=True, blank=True, editable=False)
    absent_at = models.DateTimeField(_("noted absent at"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("withdrawn or refused at"), null=True, blank=True, editable=False)
    ended_by = models.CharField(_("withdrawn or refused by"), max_length=254, blank=True, editable=False)

    objects = InscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("inscription")
        verbose_name_plural = _("list of speakers")
        ordering = ["speakers_list", "receipt_no"]
        constraints = [
            models.UniqueConstraint(fields=["speakers_list", "receipt_no"], name="a_receipt_number_is_given_once"),
            models.UniqueConstraint(fields=["speakers_list", "idempotency_key"], name="a_form_is_recorded_once"),
            models.UniqueConstraint(
                fields=["speakers_list", "delegation"],
                condition=Q(state="standing", capacity="national"),
                name="one_standing_national_entry_per_delegation",
                violation_error_message=_("This delegation is already inscribed in its national capacity."),
            ),
            models.UniqueConstraint(
                fields=["speakers_list", "group_key"],
                condition=Q(state="standing", capacity="group"),
                name="one_standing_entry_per_group",
                violation_error_message=_("This group is already on the list."),
            ),
            models.CheckConstraint(
                name="a_group_entry_names_its_group_and_no_other_does",
                condition=Q(capacity="group", group_key__gt="") | Q(capacity="national", group_key="", group_name=""),
                violation_error_message=_("An entry on behalf of a group needs the name of the group."),
            ),
            models.CheckConstraint(name="receipt_numbers_start_at_one", condition=Q(receipt_no__gte=1)),
            models.CheckConstraint(
                name="an_entry_is_recorded_after_it_arrived", condition=Q(recorded_at__gte=F("arrived_at"))
            ),
            models.CheckConstraint(
                name="an_ended_entry_says_when_and_by_whom",
                condition=Q(state__in=["standing", "unverified"], ended_at=None, ended_by="")
                | (Q(state__in=["withdrawn", "refused"], ended_at__isnull=False) & ~Q(ended_by="")),
            ),
            models.CheckConstraint(
                name="only_a_standing_entry_is_called", condition=Q(called_at=None) | Q(state="standing")
            ),
            models.CheckConstraint(
                name="only_a_recorded_statement_has_a_link_or_a_presenter",
                condition=Q(is_by_video=True) | Q(video_link="", presenter_name="", presenter_title=""),
                violation_error_message=_("Only a recorded video has a link or a presenter."),
            ),
            models.CheckConstraint(
                name="a_recording_is_linked_by_https",
                condition=Q(video_link="") | Q(video_link__startswith="https://"),
                violation_error_message=HTTPS.message,
            ),
            models.CheckConstraint(
                name="a_pin_has_a_reason",
                condition=Q(pinned_before=None, is_pinned_last=False) | ~Q(pin_reason=""),
                violation_error_message=_("A pin needs a reason."),
            ),
            models.CheckConstraint(
                name="a_pin_is_before_another_or_to_the_end",
                condition=Q(pinned_before=None) | Q(is_pinned_last=False),
            ),
            models.CheckConstraint(
                name="an_entry_is_fixed_to_a_sitting_for_a_reason",
                condition=Q(fixed_sitting=None) | ~Q(fixing_reason=""),
                violation_error_message=_("To fix an entry to a sitting needs a reason."),
            ),
            models.CheckConstraint(
                name="the_page_of_a_passage_needs_its_language",
                condition=Q(passage_page=None) | ~Q(passage_language=""),
                violation_error_message=_("Choose the language of the passage, too."),
            ),
        ]

    def __str__(self):
        return f"{self.delegation} ({self.receipt_no})"

    def get_absolute_url(self) -> str:
        return reverse("speakers:receipt", args=[*self.speakers_list.address, self.public_id])

    def take_place(self, place: DelegationPlace | None) -> None:
        """Let it stand where the dated `place` of its delegation puts it; for good, as the list is open.  R-18 R-61"""
        self.place_band, self.place_ground = (place.band, place.ground) if place else ("", "")

    def take_group(self) -> None:
        """Let it speak for the group on the register of its list that it names; another name stays as typed.  R-66"""
        if self.capacity == self.Capacity.GROUP and (group := Group.named(self.group_name, self.speakers_list)):
            self.group_name = group.short_name
        self.group_key = group_key(self.group_name)

    def names_no_registered_group(self) -> bool:
        """Does it speak for a group that is not on the register of its list?  R-66"""
        return self.capacity == self.Capacity.GROUP and Group.named(self.group_name, self.speakers_list) is None

    @property
    def anchor(self) -> str:
        """The name of its row on the page of its list, see `entry.anchor`."""
        return anchor(self.delegation.code, self.capacity, self.receipt_no)

    @property
    def level_code(self) -> str:
        """The code of its level, as lists of plain entries know it."""
        return self.level.code

    @property
    def awaits_sender(self) -> bool:
        """Does it wait because the address that filed it is not on record?  R-11"""
        return self.state == State.UNVERIFIED and not self.is_on_record

    @property
    def awaits_group(self) -> bool:
        """Does it wait because its group is not on the register?  R-66"""
        return self.state == State.UNVERIFIED and self.names_no_registered_group()

    @cached_property
    def joined_delegations(self) -> list[Delegation]:
        """The delegations that have joined its statement, in their order (one statement if there are any)."""
        rows = self.joinings.select_related("delegation") if self.joined else []
        found = {row.delegation.code: row.delegation for row in rows}
        return [found[code] for code in self.joined if code in found]

    def class_with(self, level: Level) -> int:
        """The class that it has with `level`: that of its list.  R-61

        The level of a selected speaker may be none of its list (R-15). It leaves an entry in the class that it has, and
        puts a new one into the last.
        """
        found = self.speakers_list.class_of(level)
        own = LOWEST_CLASS if self.precedence_class is None else self.precedence_class
        return own if found is None else found

    def take_level(self, level: Level) -> None:
        """Give it `level`, with the class and the label that the level has on its list.  R-19 R-61"""
        self.level, self.precedence_class = level, self.class_with(level)
        label, other = self.speakers_list.labels_of(level)
        label = label if label is other or self._is_of_a_member() else other
        self.level_label = LazyI18nString(getattr(label, "data", label))

    def level_as_recorded(self, level: Level) -> Level:
        """The `level` with the label that it has here."""
        return level.labelled(self.level_label)

    def _is_of_a_member(self):
        place = self.delegation.place_on_list(self.speakers_list)
        return place is not None and place.category == DelegationPlace.Category.MEMBER_STATE
