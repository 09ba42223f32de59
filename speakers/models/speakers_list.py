"""The list of speakers: what a delegation inscribes on, with its terms, its state and its counters.  R-02 R-07 R-62"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from i18nfield.strings import LazyI18nString

from dialogue.models import Meeting
from speakers.models.fixed_places import FixedForDelegations, WithPlaces
from speakers.models.hearing import HeardInSittings
from speakers.models.levels import WithLevels
from spelling.listing import in_a_row

# More seats are not given by selection: they are those of a whole hall.
MOST_SEATS = 1000
# The highest rank that a band can have.
HIGHEST_RANK = 90
_OBSERVERS = {"observer_state", "observer", "regional_organization", "organization"}
# The categories of `DelegationPlace` whose delegations may inscribe on a list, by whom it is open to.
ADMITTED = {
    "everyone": {"member_state", *_OBSERVERS, "un_system"},
    "members_and_observers": {"member_state", *_OBSERVERS},
    "member_states": {"member_state"},
}


class Band(models.TextChoices):
    """The parts of a list under customary protocol.  R-17"""

    GROUPS = "groups", _("groups")
    MEMBER_STATES = "member_states", _("Member States")
    OBSERVER_STATES = "observer_states", _("observer States")
    OBSERVERS = "observers", _("other observers and intergovernmental organizations")
    UN_SYSTEM = "un_system", _("United Nations system")
    CIVIL_SOCIETY = "civil_society", _("civil society")


def usual_ranks() -> dict[str, int]:
    """The rank of each band of a new list.  R-17"""
    return {band: 10 * place for place, band in enumerate(Band.values, start=1)}


def validate_ranks(ranks: Any) -> None:
    """Refuse `ranks` that do not give each band a rank of its own."""
    if not isinstance(ranks, dict) or ranks.keys() != set(Band.values):
        raise ValidationError(_("Give each band a rank."))
    if not all(type(rank) is int and rank > 0 for rank in ranks.values()) or len(set(ranks.values())) < len(ranks):
        raise ValidationError(_("No two bands may have the same rank."))


class OfAList:
    """What belongs to a list, by its field `speakers_list`."""

    speakers_list: Any

    @property
    def meeting(self) -> Meeting:
        """The meeting whose list it is; that list is the one at hand."""
        return self.speakers_list.meeting_at_hand

    meeting.fget.short_description = _("meeting")  # type: ignore[attr-defined]  # Django’s way to name a column


class SpeakersListQuerySet(WithPlaces):
    def of_published(self) -> Self:
        """The lists of meetings the public may see."""
        return self.filter(meeting__is_published=True)

    def by_selection(self) -> Self:
        """The lists whose seats are given by selection."""
        return self.filter(seats_by_selection__gt=0)

    def due_to_close(self, at: datetime) -> Self:
        """Lists whose closing moment has passed at the real moment `at` and that are not closed.  R-06

        A rehearsal's own clock is shifted, so the comparison shifts with it. One that the Chair closes is due when its
        meeting ends, if no one announced it (R-63).
        """
        moment = at + F("meeting__clock_shift")
        by_its_moment = Q(closes_when_announced=False, closes_at__lte=moment)
        return self.filter(by_its_moment | Q(closes_when_announced=True, meeting__ends_at__lte=moment), closed_at=None)


class SpeakersListManager(models.Manager.from_queryset(SpeakersListQuerySet)):  # type: ignore[misc]  # Django’s own way to name both
    """Lists are read with their meeting, in one statement, and without the places and names of all and the groups."""

    def get_queryset(self) -> SpeakersListQuerySet:
        return super().get_queryset().select_related("meeting").defer("places", "names", "groups")


class SpeakersList(HeardInSittings, FixedForDelegations, WithLevels, models.Model):
    """One list of speakers of a meeting: its terms, its state, its counters.  R-62

    The row is also the lock under which the list is numbered (R-07) and everything that decides its order is changed.
    `levels`, `places`, `names` and `groups` are those of the moment when it opened (`entries/opening.py`, R-61), and
    the groups that staff have put on its register since (`entries/registering.py`, R-66); None until then.
    `own_levels` are rows of `code` and `class`, all levels if there are none; `own_groups` are those that its
    meeting's file names, as `Registered.of` takes them. `limits` are rows of `band`,
    `level` (the code; either may be empty) and `seconds`, which hold before those of the capacities (R-65).
    All moments are the meeting's (see `Meeting.moment`). A meeting has a main list, which has no short name; any other,
    of a panel or a round table, has one in its addresses. `heard_in` are the keys of the sittings in which it is heard;
    empty for all of them (see `hours`). If it has `seats_by_selection`, delegations express their interest (`Interest`)
    and staff give so many seats; if not, they inscribe. `pace` is what a slot costs as a multiple of its limit, as the
    room has shown; None until it has (R-42).
    """

    class OpenTo(models.TextChoices):
        EVERYONE = "everyone", _("everyone with a place at the meeting")
        MEMBERS_AND_OBSERVERS = "members_and_observers", _("Member States and observers")
        MEMBER_STATES = "member_states", _("Member States only")

    class Policy(models.TextChoices):
        CUSTOMARY_PROTOCOL = "customary_protocol", _("customary protocol")
        RECEIPT_ONLY = "receipt_only", _("order of receipt only")
        LOTS = "lots", _("lots drawn within each class")
        OPENING_WINDOW = "opening_window", _("draw among those received at the opening")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="lists", verbose_name=_("meeting"))
    slug = models.SlugField(_("short name in addresses"), max_length=40, blank=True)
    title = I18nCharField(_("title"), blank=True)
    opens_at = models.DateTimeField(_("inscription opens at"))
    closes_at = models.DateTimeField(_("inscription closes at"))
    closes_when_announced = models.BooleanField(
        _("closes when the Chair announces it"),
        default=False,
        help_text=_("About the moment above, which may be during the debate; at the latest when the meeting ends."),
    )
    closed_at = models.DateTimeField(_("list closed at"), null=True, blank=True, editable=False)
    open_to = models.CharField(_("who may inscribe"), max_length=30, choices=OpenTo, default=OpenTo.EVERYONE)
    seats_by_selection = models.PositiveSmallIntegerField(
        _("seats given by selection"),
        default=0,
        db_default=0,
        validators=[MaxValueValidator(MOST_SEATS)],
        help_text=_(
            "For a round table: delegations express their interest until the deadline, and you give so many seats. "
            "With 0 there is no selection: they inscribe."
        ),
    )
    heard_in = models.JSONField(_("sittings in which it is heard"), default=list, blank=True)
    policy = models.CharField(_("order"), max_length=30, choices=Policy, default=Policy.CUSTOMARY_PROTOCOL)
    level_before_band = models.BooleanField(
        _("level before band"),
        default=False,
        help_text=_("For high-level meetings: class before band inside bands 10 to 20."),
    )
    ranks = models.JSONField(_("ranks of the bands"), default=usual_ranks, validators=[validate_ranks])
    levels = models.JSONField(_("levels of representation"), null=True, editable=False)
    places = models.JSONField(_("places of the delegations"), null=True, editable=False)
    names = models.JSONField(_("names of the delegations"), null=True, editable=False)
    groups = models.JSONField(_("register of groups"), null=True, editable=False)
    own_levels = models.JSONField(_("levels of its own"), default=list, blank=True)
    own_groups = models.JSONField(_("groups of its own"), default=list, editable=False)
    swaps_need_approval = models.BooleanField(
        _("swaps need the approval of the secretariat"),
        default=True,
        help_text=_("If not, a swap of equals takes effect when the other delegation accepts it."),
    )
    national_limit = models.DurationField(_("limit, national capacity"), default=timedelta(minutes=3))
    group_limit = models.DurationField(_("limit, on behalf of a group"), default=timedelta(minutes=3))
    civil_society_limit = models.DurationField(_("limit, civil society"), default=timedelta(minutes=3))
    limits = models.JSONField(_("limits by band and level"), default=list, blank=True)
    shows_speaker_names = models.BooleanField(_("public list shows the speakers’ names"), default=False)
    takes_videos = models.BooleanField(
        _("takes recorded video statements"),
        default=False,
        help_text=_("The form then asks for one. If not, only the secretariat enters one."),
    )
    last_receipt_no = models.PositiveIntegerField(_("last receipt number"), default=0, editable=False)
    last_class_move = models.PositiveIntegerField(_("last move between classes"), default=0, editable=False)
    last_recorded_at = models.DateTimeField(_("last recorded at"), null=True, blank=True, editable=False)
    pace = models.FloatField(null=True, editable=False)

    # Whether its meeting has other lists; told by `speakers/lists.py`, where a page asks for it.
    is_one_of_several = False

    objects = SpeakersListManager()

    class Meta:
        verbose_name = _("list of speakers")
        verbose_name_plural = _("lists of speakers")
        ordering = ["meeting", "slug"]
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "slug"], name="a_meeting_has_one_list_at_an_address"),
            models.CheckConstraint(
                name="inscription_opens_before_it_closes",
                condition=Q(opens_at__lt=F("closes_at")),
                violation_error_message=_("Inscription must open before it closes."),
            ),
        ]

    def __str__(self):
        return f"{self.meeting} – {self.title}" if self.slug else str(self.meeting)

    @property
    def name(self) -> str:
        """The title of the list; the main one, which as a rule has none, is called so."""
        return str(self.title) or gettext("Main list")

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Read the row again, or only `fields`: so the places, read when they are needed, leave all else as it is."""
        if fields is not None and from_queryset is None:
            from_queryset = type(self).objects.select_related(None).defer(None)
        super().refresh_from_db(using, fields, from_queryset)

    @property
    def meeting_at_hand(self) -> Meeting:
        """The meeting, which knows this list as the one at hand (`Meeting.speakers_list`)."""
        self.meeting.speakers_list = self
        return self.meeting

    @property
    def journal_stream(self) -> str:
        """The name of this list's chain in the journal; the main list's is its meeting's."""
        return f"{self.meeting.journal_stream}/{self.slug}" if self.slug else self.meeting.journal_stream

    @property
    def address(self) -> tuple[str, ...]:
        """What stands in the addresses of its pages: its meeting's short name, and its own if it has one."""
        return (self.meeting.slug, self.slug) if self.slug else (self.meeting.slug,)

    @property
    def terms_in_words(self) -> str:
        """Who may inscribe, in which sittings it is heard and, once it has opened, which levels it has: a line each."""
        facts = {"whom": self.get_open_to_display(), "sittings": self.sittings_in_words or gettext("all sittings")}
        lines = [gettext("Open to: %(whom)s. Heard in: %(sittings)s.") % facts]
        if labels := [str(LazyI18nString(each["label"])) for each in self.levels or []]:
            lines.append(gettext("Levels of representation: %(levels)s.") % {"levels": in_a_row(labels)})
        return "\n".join(lines)

    @property
    def is_by_selection(self) -> bool:
        """Do delegations express their interest, and staff give the seats? If not, delegations inscribe."""
        return self.seats_by_selection > 0

    @property
    def is_established(self) -> bool:
        """Was it established when it closed? One whose seats are given by selection is published instead.  R-06"""
        return self.closed_at is not None and not self.is_by_selection

    @property
    def is_open_to_some(self) -> bool:
        """Does it admit some delegations with a place at the meeting, and not others?"""
        return self.open_to != self.OpenTo.EVERYONE

    def admits(self, category: str) -> bool:
        """May a delegation of that `category` of its place inscribe? Civil society never does.  R-15 R-62"""
        return category in ADMITTED[self.open_to]

    def has_opened(self, at: datetime) -> bool:
        """Have inscriptions been possible before the moment `at` of its meeting?"""
        return at >= self.opens_at

    def has_fixed_terms(self, at: datetime) -> bool:
        """Are its terms fixed at the moment `at` of its meeting, so that an act alone changes them?  R-61

        Since it opened or, if that was earlier, since its first entry; the clock of a rehearsal does not undo it.
        """
        return self.levels is not None or self.has_opened(at)

    def accepts_inscriptions(self, at: datetime) -> bool:
        """Is the list open at the moment `at` of its meeting (aware, see `Meeting.moment`)?  R-02 R-63

        Half-open: the closing moment itself is too late. Only the clock decides, and a closing by hand counts from its
        own moment, so a person who arrived in time and had to wait is not refused.
        """
        return self.opens_at <= at < self.inscription_ends_at

    @property
    def inscription_ends_at(self) -> datetime:
        """From when it takes no entry: from its closing by hand or, if there is none, `closes_at_latest`.  R-02 R-63"""
        return min(self.closed_at or self.closes_at_latest, self.closes_at_latest)

    @property
    def closes_at_latest(self) -> datetime:
        """When it closes at the latest: at its deadline or, if the Chair closes it, at the end of its meeting.  R-63"""
        return self.meeting.ends_at if self.closes_when_announced else self.closes_at
