"""A meeting, its contacts and documents."""

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Self
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from phonenumber_field.modelfields import PhoneNumberField

# A body and its parts, such as A/RES/60/1 or FCCC/CP/2017/1; or a resolution of the World Health Assembly, WHA73.1.
ONE_SYMBOL = r"(?:[A-Z][A-Z0-9]*(?:\.[0-9]+)?(?:/[A-Za-z0-9.\-()]+)+|WHA[0-9]+\.[0-9]+)(?: and (?:Add|Corr)\.[0-9]+)*"
SYMBOL = re.compile(rf"{ONE_SYMBOL}(?:–{ONE_SYMBOL})*")

# A deadline earlier than this before the start needs a second look: so a misprinted year is caught.  R-04
EARLY = timedelta(days=60)
# How the journal’s streams of meetings begin.
MEETINGS = "meeting/"


@cache
def time_zones() -> frozenset[str]:
    """The names of all IANA time zones, looked for once in the machine's files."""
    return frozenset(available_timezones())


def validate_time_zone(name: str) -> None:
    """Refuse a `name` that is not an IANA time zone such as America/New_York."""
    if name not in time_zones():
        raise ValidationError(
            _("“%(name)s” is not an IANA time zone, such as America/New_York."), params={"name": name}
        )


class MeetingQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Meetings the public may see."""
        return self.filter(is_published=True)


class Meeting(models.Model):
    """One meeting of the General Assembly, as its invitation announces it.

    Moments are stored in UTC and entered and shown in `time_zone` (R-01). Its lists of speakers are kept by another
    app (`speakers.SpeakersList`), its terms of tickets by a third (`registration.Ticketing`). `hears` is the short name
    of the list that the room hears, empty for the main one (R-62).
    """

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=60)
    title = I18nCharField(_("title"))
    theme = I18nCharField(_("theme"), blank=True)
    convened_by = I18nCharField(_("convened by"), blank=True)
    # The letter: its body is the invitation, and everything around it may be empty.
    letter_from = I18nCharField(_("letter from"), blank=True)
    letter_dated_on = models.DateField(_("date of the letter"), null=True, blank=True)
    letter_salutation = I18nCharField(_("salutation"), blank=True)
    invitation = I18nTextField(_("invitation"), blank=True)
    letter_closing = I18nCharField(_("closing of the letter"), blank=True)
    letter_signature = I18nCharField(_("signature"), blank=True)
    letter_addressees = I18nTextField(_("addressees"), blank=True)
    venue = I18nCharField(_("place"))
    has_several_rooms = models.BooleanField(
        _("several rooms"),
        default=False,
        help_text=_("Sittings and lines of the programme may be held at once, each in a place of its own."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="America/New_York", validators=[validate_time_zone]
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    floor_opens_at = models.DateTimeField(_("floor opens at"), null=True, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    is_rehearsal = models.BooleanField(_("rehearsal"), default=False)
    rehearsal_mail_goes_out = models.BooleanField(_("mail of the rehearsal goes out"), default=False, editable=False)
    personal_data_days = models.PositiveSmallIntegerField(
        _("personal data kept for"),
        default=90,
        validators=[MinValueValidator(1)],
        help_text=_("Days after the end of the meeting. Then all personal data are erased; counts stay."),
    )
    declined_data_days = models.PositiveSmallIntegerField(
        _("data of those declined kept for"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("Days after the end of the meeting, for requests for tickets that were declined."),
    )
    personal_data_erased_at = models.DateTimeField(_("personal data erased at"), null=True, editable=False)
    clock_shift = models.DurationField(_("clock shift"), default=timedelta(0), editable=False)
    hears = models.SlugField(_("list that the room hears"), max_length=40, blank=True, default="", editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-starts_at", "slug"]
        constraints = [
            models.CheckConstraint(
                name="a_meeting_starts_before_it_ends",
                condition=Q(starts_at__lt=F("ends_at")),
                violation_error_message=_("The meeting must start before it ends."),
            ),
            models.CheckConstraint(
                name="the_floor_opens_during_the_meeting",
                condition=Q(floor_opens_at=None)
                | Q(floor_opens_at__gte=F("starts_at"), floor_opens_at__lt=F("ends_at")),
                violation_error_message=_("The floor must open while the meeting is held."),
            ),
            models.CheckConstraint(
                name="the_declined_are_forgotten_no_later_than_the_others",
                condition=Q(declined_data_days__gte=1, declined_data_days__lte=F("personal_data_days")),
                violation_error_message=_("Those declined must not be kept for longer than the others."),
            ),
            models.CheckConstraint(
                name="only_a_rehearsal_shifts_its_clock",
                condition=Q(is_rehearsal=True) | Q(clock_shift=timedelta(0)),
                violation_error_message=_("Only a rehearsal may have its clock shifted."),
            ),
        ]

    def __str__(self):
        """The title; a rehearsal has that word before it, so that no one takes it for the meeting itself."""
        return gettext("Rehearsal: %(title)s") % {"title": self.title} if self.is_rehearsal else str(self.title)

    def get_absolute_url(self) -> str:
        return reverse("speakers:meeting", args=[self.slug])

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again, and forget what was read with it."""
        super().refresh_from_db(*args, **kwargs)
        for name in ("zone", "hours", "speakers_list", "own_mail_texts"):
            self.__dict__.pop(name, None)

    @property
    def journal_stream(self) -> str:
        """The name of this meeting's chain in the journal."""
        return f"{MEETINGS}{self.slug}"

    @cached_property
    def zone(self) -> ZoneInfo:
        """The meeting's own time zone, in which moments are entered and shown.  R-01"""
        return ZoneInfo(self.time_zone)

    @cached_property
    def hours(self) -> list[Any]:
        """The sittings of this meeting, in order (one statement, unless they were read with it)."""
        return list(self.sittings.all())

    @cached_property
    def speakers_list(self) -> Any:
        """The list of speakers at hand: the one it was read with, otherwise its main list (one statement)."""
        found = next(each for each in self.lists.all() if not each.slug)
        found.meeting = self
        return found

    @cached_property
    def own_mail_texts(self) -> dict[tuple[str, str], Any]:
        """The texts in use in place of shipped ones, by kind of mail and language (one statement).  R-60"""
        return {(text.kind, text.language): text for text in self.mail_texts.all() if text.is_active}

    @property
    def starts_on(self) -> date:
        """The date of the meeting in its own zone; dated places are evaluated at it.  R-18"""
        return self.starts_at.astimezone(self.zone).date()

    @property
    def has_several_days(self) -> bool:
        """Is it held on more than one day of its own zone, if only over midnight? Then days are named.  R-64"""
        last = self.ends_at - datetime.resolution
        return self.starts_on != last.astimezone(self.zone).date()

    @property
    def holds_mail(self) -> bool:
        """Does mail about it wait at the mail desk? Mail of a rehearsal does, unless staff let it go.  R-10

        In the embedded mode, where all mail stays on this machine, nothing is held.
        """
        return self.is_rehearsal and not self.rehearsal_mail_goes_out and settings.MAILBOX_DIR is None

    def moment(self, at: datetime) -> datetime:
        """The moment `at` of the one clock by the clock of this meeting, which only a rehearsal shifts.  R-03"""
        return at + self.clock_shift

    @property
    def personal_data_due_at(self) -> datetime:
        """The meeting's moment at which its personal data are due to be erased.  R-57"""
        return self.ends_at + timedelta(days=self.personal_data_days)

    def is_past_retention(self, at: datetime) -> bool:
        """Are its personal data due to be erased at its moment `at`?  R-57"""
        return at >= self.personal_data_due_at

    def is_early(self, closes_at: datetime) -> bool:
        """Is a deadline at `closes_at` so long before the start that it needs a second look?  R-04"""
        return self.starts_at - closes_at > EARLY


class Contact(models.Model):
    """An office or officer of a meeting, as its note names them.

    `told_up_to` is how far the digests sent to it have told the journal, see `speakers/mail/digests.py`.
    """

    class Role(models.TextChoices):
        INSCRIPTION = "inscription", _("inscription on the list of speakers")
        INSCRIPTION_COPY = "inscription_copy", _("copy of inscriptions")
        CIVIL_SOCIETY = "civil_society", _("civil society tickets")

    class Notices(models.TextChoices):
        """How it is notified of what is done on the list; what waits for a decision is always sent at once."""

        EACH = "each", _("one by one")
        HOURLY = "hourly", _("every hour")
        DAILY = "daily", _("daily, at 8 a.m.")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="contacts", verbose_name=_("meeting"))
    role = models.CharField(_("for"), max_length=20, choices=Role)
    name = models.CharField(_("name"), max_length=120)
    office = I18nCharField(_("office"), blank=True)
    email = models.EmailField(_("e-mail"))
    telephone = PhoneNumberField(_("telephone"), blank=True)
    notices = models.CharField(
        _("notices"),
        max_length=6,
        choices=Notices,
        default=Notices.EACH,
        db_default=Notices.EACH,
        help_text=_("Of inscriptions and their changes, to those named for inscription or for copies."),
    )
    told_up_to = models.JSONField(null=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Document(models.Model):
    """A document of the meeting: its symbol, title and where it is kept: at a link, or as a `DocumentFile`."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="documents", verbose_name=_("meeting"))
    symbol = models.CharField(_("symbol"), max_length=60, blank=True)
    title = I18nCharField(_("title"))
    link = models.URLField(_("link"), blank=True)
    is_enclosure = models.BooleanField(_("enclosed with the letter"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.symbol or str(self.title)

    @property
    def doubt(self) -> str:
        """What is odd about its symbol, as a sentence; empty if its form is known. It is stored all the same.  R-31"""
        if not self.symbol or SYMBOL.fullmatch(self.symbol):
            return ""
        words = gettext("“%(symbol)s” does not look like the symbol of a document, such as A/RES/60/1. Is it right?")
        return words % {"symbol": self.symbol}
