"""A meeting, its contacts, documents and bands."""

from datetime import date, datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField, I18nTextField
from phonenumber_field.modelfields import PhoneNumberField

SYMBOL = r"^(A|S|E|ST)(/[A-Za-z0-9.\-()]+)+(–(A|S|E|ST)(/[A-Za-z0-9.\-()]+)+)*$"

# A deadline earlier than this before the start needs a second look: so a misprinted year is caught.  R-04
EARLY = timedelta(days=60)


def validate_time_zone(name: str) -> None:
    """Refuse a `name` that is not an IANA time zone such as America/New_York."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not an IANA time zone, such as America/New_York."), params={"name": name}
        )


class MeetingQuerySet(models.QuerySet):
    def published(self) -> Self:
        """Meetings the public may see."""
        return self.filter(is_published=True)

    def due_to_close(self, at: datetime) -> Self:
        """Meetings whose closing moment has passed at the real moment `at` and whose list is not closed.  R-06

        A rehearsal's own clock is shifted, so the comparison shifts with it.
        """
        return self.filter(list_closed_at=None, inscription_closes_at__lte=at + F("clock_shift"))


class Meeting(models.Model):
    """One meeting of the General Assembly with one list of speakers.

    Moments are stored in UTC and entered and shown in `time_zone` (R-01). The row is also the lock under which its
    list is numbered (R-07).
    """

    class Policy(models.TextChoices):
        CUSTOMARY_PROTOCOL = "customary_protocol", _("customary protocol")
        RECEIPT_ONLY = "receipt_only", _("order of receipt only")
        LOTS = "lots", _("lots drawn within each class")
        OPENING_WINDOW = "opening_window", _("draw among those received at the opening")

    slug = models.SlugField(_("short name in addresses"), unique=True, max_length=60)
    title = I18nCharField(_("title"))
    theme = I18nCharField(_("theme"), blank=True)
    convened_by = I18nCharField(_("convened by"), blank=True)
    invitation = I18nTextField(_("invitation"), blank=True)
    purpose = I18nTextField(_("purpose"), blank=True)
    venue = I18nCharField(_("place"))
    time_zone = models.CharField(
        _("time zone"), max_length=60, default="America/New_York", validators=[validate_time_zone]
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    floor_opens_at = models.DateTimeField(_("floor opens at"), null=True, blank=True)
    inscription_opens_at = models.DateTimeField(_("inscription opens at"))
    inscription_closes_at = models.DateTimeField(_("inscription closes at"))
    list_closed_at = models.DateTimeField(_("list closed at"), null=True, blank=True, editable=False)
    policy = models.CharField(_("order"), max_length=30, choices=Policy, default=Policy.CUSTOMARY_PROTOCOL)
    level_before_band = models.BooleanField(
        _("level before band"),
        default=False,
        help_text=_("For high-level meetings: class before band inside bands 10 to 20."),
    )
    swaps_need_approval = models.BooleanField(
        _("swaps need the approval of the secretariat"),
        default=True,
        help_text=_("If not, a swap of equals takes effect when the other delegation accepts it."),
    )
    national_limit = models.DurationField(_("limit, national capacity"), default=timedelta(minutes=3))
    group_limit = models.DurationField(_("limit, on behalf of a group"), default=timedelta(minutes=3))
    civil_society_limit = models.DurationField(_("limit, civil society"), default=timedelta(minutes=3))
    shows_speaker_names = models.BooleanField(_("public list shows the speakers’ names"), default=False)
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
    last_receipt_no = models.PositiveIntegerField(_("last receipt number"), default=0, editable=False)
    last_class_move = models.PositiveIntegerField(_("last move between classes"), default=0, editable=False)
    last_recorded_at = models.DateTimeField(_("last recorded at"), null=True, blank=True, editable=False)

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
                name="inscription_opens_before_it_closes",
                condition=Q(inscription_opens_at__lt=F("inscription_closes_at")),
                violation_error_message=_("Inscription must open before it closes."),
            ),
            models.CheckConstraint(
                name="inscription_closes_before_the_meeting_starts",
                condition=Q(inscription_closes_at__lt=F("starts_at")),
                violation_error_message=_("The deadline must be before the meeting starts."),
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
        return reverse("dialogue:meeting", args=[self.slug])

    @property
    def journal_stream(self) -> str:
        """The name of this meeting's chain in the journal."""
        return f"meeting/{self.slug}"

    @cached_property
    def zone(self) -> ZoneInfo:
        """The meeting's own time zone, in which moments are entered and shown.  R-01"""
        return ZoneInfo(self.time_zone)

    @cached_property
    def hours(self) -> list[Any]:
        """The sittings of this meeting, in order (one statement, unless they were read with it)."""
        return list(self.sittings.all())

    @cached_property
    def own_mail_texts(self) -> dict[tuple[str, str], Any]:
        """The texts in use in place of shipped ones, by kind of mail and language (one statement).  R-60"""
        return {(text.kind, text.language): text for text in self.mail_texts.all() if text.is_active}

    @property
    def starts_on(self) -> date:
        """The date of the meeting in its own zone; dated places are evaluated at it.  R-18"""
        return self.starts_at.astimezone(self.zone).date()

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

    def accepts_inscriptions(self, at: datetime) -> bool:
        """Is the list open at the moment `at` of this meeting (aware, see `moment`)?  R-02

        Half-open: the closing moment itself is too late. Only the clock decides, and a closing by hand counts from its
        own moment, so a person who arrived in time and had to wait is not refused.
        """
        is_within = self.inscription_opens_at <= at < self.inscription_closes_at
        return is_within and (self.list_closed_at is None or at < self.list_closed_at)


class Contact(models.Model):
    """An office or officer of a meeting, as its note names them."""

    class Role(models.TextChoices):
        INSCRIPTION = "inscription", _("inscription on the list of speakers")
        INSCRIPTION_COPY = "inscription_copy", _("copy of inscriptions")
        CIVIL_SOCIETY = "civil_society", _("civil society tickets")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="contacts", verbose_name=_("meeting"))
    role = models.CharField(_("for"), max_length=20, choices=Role)
    name = models.CharField(_("name"), max_length=120)
    office = I18nCharField(_("office"), blank=True)
    email = models.EmailField(_("e-mail"))
    telephone = PhoneNumberField(_("telephone"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.name


class Document(models.Model):
    """A document of the meeting: its symbol, title and where it is kept."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="documents", verbose_name=_("meeting"))
    symbol = models.CharField(
        _("symbol"),
        max_length=60,
        blank=True,
        validators=[RegexValidator(SYMBOL, _("Write a symbol such as A/RES/60/1 or A/70/999–S/2016/620."))],
    )
    title = I18nCharField(_("title"))
    link = models.URLField(_("link"), blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["position", "pk"]

    def __str__(self):
        return self.symbol or str(self.title)


class Band(models.Model):
    """One band of a meeting's list under customary protocol: the rank decides, the name explains.  R-17"""

    class Code(models.TextChoices):
        GROUPS = "groups", _("groups")
        MEMBER_STATES = "member_states", _("Member States")
        OBSERVER_STATES = "observer_states", _("observer States")
        OBSERVERS = "observers", _("other observers and intergovernmental organizations")
        UN_SYSTEM = "un_system", _("United Nations system")
        CIVIL_SOCIETY = "civil_society", _("civil society")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="bands", verbose_name=_("meeting"))
    code = models.CharField(_("who"), max_length=20, choices=Code)
    rank = models.PositiveSmallIntegerField(_("rank"))

    class Meta:
        verbose_name = _("band")
        verbose_name_plural = _("bands")
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "code"], name="a_meeting_ranks_each_band_once"),
            models.UniqueConstraint(fields=["meeting", "rank"], name="no_two_bands_of_a_meeting_share_a_rank"),
        ]

    def __str__(self):
        return self.get_code_display()
