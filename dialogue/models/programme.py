"""The programme: sittings, slots, and the persons of a slot as they are printed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from dialogue import moments
from dialogue.models import texts
from dialogue.models.meeting import Meeting


class Sitting(models.Model):
    """A stretch of a meeting without a break. A meeting of two sittings is suspended between them.

    A meeting with several rooms may hold two at once, each in a place of its own (R-62). Without a place it is held at
    the place of the meeting.
    """

    class Part(models.TextChoices):
        MORNING = "morning", _("morning")
        AFTERNOON = "afternoon", _("afternoon")
        EVENING = "evening", _("evening")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="sittings", verbose_name=_("meeting"))
    part = models.CharField(_("part of the day"), max_length=12, choices=Part)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    place = I18nCharField(
        _("place"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Only if it is another than that of the meeting."),
    )
    sign_language = I18nCharField(
        _("sign language"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Into which the sitting is interpreted, such as “International Sign”. Empty if into none."),
    )
    captions = I18nCharField(
        _("captions"),
        blank=True,
        default="",
        db_default="",
        help_text=_("The languages in which speech is shown as text, such as “English, French”. Empty if in none."),
    )

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_sitting_starts_before_it_ends",
                condition=Q(starts_at__lt=F("ends_at")),
                violation_error_message=_("A sitting must start before it ends."),
            ),
            models.UniqueConstraint(
                fields=["meeting", "starts_at", "place"], name="one_sitting_of_a_meeting_starts_at_a_time_and_place"
            ),
        ]

    def __str__(self):
        """The name it has among the sittings of its meeting: “morning”, or “3rd sitting, Thursday morning”.  R-64"""
        if self.meeting_id is None or not self.starts_at:
            return str(self.get_part_display())
        return moments.sitting_in_words(self, self.meeting.hours, self.meeting)

    @property
    def code(self) -> str:
        """How a delegation that prefers it says so: “morning”, or at a meeting of several days “2016-07-06 morning”.

        Of several in one part of a day, each has its number after that: “morning 2”.
        """
        alike = [each for each in self.meeting.hours if each.time_of_day == self.time_of_day]
        number = 1 + sum((each.starts_at, each.pk) < (self.starts_at, self.pk) for each in alike)
        return f"{self.time_of_day} {number}" if len(alike) > 1 else self.time_of_day

    @property
    def time_of_day(self) -> str:
        """The part of the day, at a meeting of several days after its date: a `code` without a number."""
        day = self.starts_at.astimezone(self.meeting.zone).date()
        return f"{day.isoformat()} {self.part}" if self.meeting.has_several_days else self.part

    def is_meant_by(self, code: str) -> bool:
        """Is it, or may it be, the one that a delegation prefers by this `code`? One without a number means several."""
        return code in (self.code, self.time_of_day, self.part)

    @property
    def room(self) -> str:
        """What tells its place from others in any language; empty for that of the meeting."""
        return texts.known_by(self.place)

    def is_held_at(self, at: datetime) -> bool:
        """Is it held at the moment `at` of its meeting?"""
        return self.starts_at <= at < self.ends_at

    @property
    def provides(self) -> list[str]:
        """What it provides so that all can follow it, as phrases: “Captions: English”."""
        found = [(_("Sign language: %(language)s"), self.sign_language), (_("Captions: %(languages)s"), self.captions)]
        return [str(words) % {"language": text, "languages": text} for words, text in found if str(text)]


class ProgrammeSlot(models.Model):
    """One line of the programme. A heading, or the opening of the floor, may have no time.

    It may say when it ends, and where it is held if not at the place of the meeting (R-31). An event is no part of a
    sitting: a briefing, something at lunch time.
    """

    class Kind(models.TextChoices):
        HEADING = "heading", _("heading")
        OPENING = "opening", _("opening remarks")
        INTRODUCTION = "introduction", _("introductory remarks")
        PANEL = "panel", _("remarks by panellists")
        FLOOR = "floor", _("list of speakers")
        SUSPENSION = "suspension", _("suspension")
        RESUMPTION = "resumption", _("resumption")
        CLOSING = "closing", _("closing remarks")
        CONCLUSION = "conclusion", _("conclusion")
        EVENT = "event", _("event outside the sittings")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="slots", verbose_name=_("meeting"))
    position = models.PositiveSmallIntegerField(_("position"))
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = I18nCharField(_("title"))
    place = I18nCharField(
        _("place"), blank=True, default="", help_text=_("Only if it is another than that of the meeting.")
    )
    list_slug = models.SlugField(
        _("list of speakers"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("Short name of the list that is heard then; empty for the main one. The console proposes it."),
    )

    class Meta:
        verbose_name = _("programme slot")
        verbose_name_plural = _("programme slots")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="each_slot_has_its_own_position"),
            models.UniqueConstraint(
                fields=["meeting", "starts_at", "place"],
                condition=Q(starts_at__isnull=False),
                name="no_two_slots_start_at_the_same_time_and_place",
                violation_error_message=_("Another slot of this meeting starts at the same time."),
            ),
            models.CheckConstraint(
                name="a_slot_starts_before_it_ends",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, starts_at__lt=F("ends_at")),
                violation_error_message=_("A line of the programme must start before it ends."),
            ),
        ]

    def __str__(self):
        return str(self.title)

    @property
    def is_of_a_sitting(self) -> bool:
        """Is it a part of a sitting, rather than an event beside them?  R-64"""
        return self.kind != self.Kind.EVENT


def sitting_then(sittings: Sequence[Any], at: datetime, own: Sequence[Any] = ()) -> Any | None:
    """Of the `sittings`, in order, the one in which something was said at the moment `at`; None if there are none.

    That is the one held then, or else the one held last; before all of them, the first. Of those held at once, it is
    one of a list's `own` or, if none is, the one at the place of the meeting.  R-62 R-64
    """
    if not sittings:
        return None
    begun = [each for each in sittings if each.starts_at <= max(at, sittings[0].starts_at)]
    return max(
        [begun[-1], *at_once_with(begun[-1], begun)],
        key=lambda each: (each in own, not each.room, each.starts_at),
    )


def at_once_with(sitting: Any, others: Iterable[Any]) -> list[Any]:
    """Those of the `others` that are held while `sitting` is, in whole or in part.  R-62"""
    others = (each for each in others if each != sitting)
    return [each for each in others if sitting.starts_at < each.ends_at and each.starts_at < sitting.ends_at]


def room_of(slot: Any, sittings: Iterable[Any]) -> str:
    """In which room a line of the programme is held that has a time, as `Sitting.room` tells it.  R-31 R-62

    One without a place belongs to the sitting at the place of the meeting or, if only others are held, to that one.
    """
    if own := texts.known_by(slot.place):
        return own
    rooms = {each.room for each in sittings if each.is_held_at(slot.starts_at)}
    return "" if "" in rooms or len(rooms) != 1 else rooms.pop()


class ProgrammePerson(models.Model):
    """A person of a slot, with form of address, name and title as printed."""

    slot = models.ForeignKey(ProgrammeSlot, models.CASCADE, related_name="persons", verbose_name=_("slot"))
    name = models.CharField(_("name as printed"), max_length=160)
    role = I18nCharField(_("title as printed"), blank=True)
    note = I18nCharField(_("note"), blank=True)
    email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("For notices of changes to this slot. It is never shown to the public.")
    )
    is_moderator = models.BooleanField(_("moderator"), default=False)
    by_video = models.BooleanField(_("by video message"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name
