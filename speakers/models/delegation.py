"""Who may inscribe: delegations, the dated place of each, their focal points; and the levels of speakers."""

import copy
import re
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField
from i18nfield.strings import LazyI18nString

import clock
import spelling
from speakers.models import alphabet
from speakers.models.speakers_list import Band, SpeakersList
from spelling.listing import in_a_row

# The code of a civil society organization: two letters, then the first digits of a hash of its name.
SELECTED = re.compile(r"CS[0-9A-F]{8}")
# The facts of a level that a list keeps when it opens.  R-61
OF_A_LEVEL = ["id", "code", "label", "observer_label", "precedence_class", "position"]


def is_civil_society(code: str) -> bool:
    """Was the delegation of this `code` created by a selection of civil society? No other code has this form.  R-15"""
    return SELECTED.fullmatch(code) is not None


class Level(models.Model):
    """A level of representation and its precedence class; levels of one class have equal standing.  R-19"""

    code = models.CharField(_("code"), max_length=5, unique=True)
    label = I18nCharField(_("label"))
    observer_label = I18nCharField(
        _("label for others than Member States"),
        blank=True,
        default="",
        help_text=_("If theirs is another one, as “Permanent Observer”."),
    )
    precedence_class = models.PositiveSmallIntegerField(_("class"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("level of representation")
        verbose_name_plural = _("levels of representation")
        ordering = ["position", "code"]

    def __str__(self):
        """As it is offered for choice: for Member States, and for others where that is another."""
        return in_a_row(str(label) for label in (self.label, self.observer_label) if label and str(label))

    def labelled(self, label: Any) -> "Level":
        """This level with one `label`, for a person whose delegation is known; itself if none is given."""
        if not label:
            return self
        other = copy.copy(self)
        other.label, other.observer_label = label, ""
        return other

    def plain(self) -> dict[str, Any]:
        """The facts of the level as a list keeps them; words in six languages by language."""
        facts = {name: getattr(self, name) for name in OF_A_LEVEL}
        return {name: getattr(value, "data", value) for name, value in facts.items()}

    @classmethod
    def of_list(cls, speakers_list: SpeakersList) -> list["Level"]:
        """The levels of `speakers_list` in their order: as they were when it opened (no statement), or as they are."""
        if speakers_list.levels is None:
            return cls._to_be_fixed(speakers_list)
        texts = ("label", "observer_label")
        return [
            cls(**fixed | {name: LazyI18nString(fixed[name]) for name in texts if fixed.get(name)})
            for fixed in speakers_list.levels
        ]

    @classmethod
    def _to_be_fixed(cls, speakers_list):
        """The levels of its own in their order, with their classes; or all there are."""
        stored = {level.code: level for level in cls.objects.all()}
        own = [(stored[row["code"]], row["class"]) for row in speakers_list.own_levels if row["code"] in stored]
        for position, (level, precedence_class) in enumerate(own, start=1):
            level.precedence_class, level.position = precedence_class, 10 * position
        return [level for level, _class in own] or list(stored.values())


class DelegationQuerySet(models.QuerySet):
    def with_places(self) -> Self:
        """Delegations with their dated places fetched, so that `place_on` costs no statement."""
        return self.prefetch_related("places")

    def who_inscribe(self) -> Self:
        """Active delegations, except civil society, whose speakers are selected.  R-15"""
        selected = DelegationPlace.objects.filter(category=DelegationPlace.Category.CIVIL_SOCIETY)
        return self.filter(is_active=True).exclude(pk__in=selected.values("delegation"))

    def of_focal_point(self, address: str) -> Self:
        """Delegations that have an active focal point at the e-mail `address`.  R-11"""
        return self.filter(
            is_active=True, focal_points__is_active=True, focal_points__normalised_email=spelling.address(address)
        ).distinct()


class Delegation(models.Model):
    """A State, observer or organization that may hold a place on a list."""

    class RegionalGroup(models.TextChoices):
        AFRICAN = "african", _("African States")
        ASIA_PACIFIC = "asia_pacific", _("Asia-Pacific States")
        EASTERN_EUROPEAN = "eastern_european", _("Eastern European States")
        LATIN_AMERICAN = "latin_american", _("Latin American and Caribbean States")
        WESTERN_EUROPEAN = "western_european", _("Western European and other States")
        NONE = "none", _("no regional group")

    code = models.CharField(_("code"), max_length=12, unique=True, help_text=_("ISO 3166 alpha-3, or our own."))
    m49 = models.CharField(_("M49 code"), max_length=3, blank=True)
    iso2 = models.CharField(_("ISO alpha-2"), max_length=2, blank=True)
    short_name = I18nCharField(_("short name"))
    formal_name = I18nCharField(_("formal name"))
    sort_name = models.CharField(_("name for sorting"), max_length=200, db_index=True)
    search_words = models.TextField(blank=True, default="", db_default="", editable=False)
    sort_keys = models.JSONField(null=True, editable=False)
    regional_group = models.CharField(
        _("regional group"), max_length=20, choices=RegionalGroup, default=RegionalGroup.NONE
    )
    mail_language = models.CharField(
        _("language of mail"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("Mail is written in it where there is a text in it; see the texts of mail."),
    )
    is_active = models.BooleanField(_("active"), default=True)

    # Is it called here as it was at another time? Then it is not saved.  R-72
    is_called_otherwise = False

    objects = DelegationQuerySet.as_manager()

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["sort_name"]

    def __str__(self):
        return str(self.short_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.is_called_otherwise:
            raise TypeError("This delegation has the name that it had on a list: read it again before you save it.")
        self.note_names()
        super().save(*args, **kwargs)

    def note_names(self) -> None:
        """Let it be found by its names in every language and at every date, and sorted by its name.  R-71 R-72"""
        dated = [text for name in self.names.all() for text in (name.short_name, name.formal_name)] if self.pk else []
        texts = [getattr(name, "data", name) for name in (self.short_name, self.formal_name, *dated)]
        names = [name for each in texts for name in (each.values() if isinstance(each, dict) else [str(each)])]
        self.search_words = "\n".join(sorted({spelling.search_key(name) for name in names}))
        self.sort_keys = alphabet.keys_of(self.short_name)

    def called(self, short_name: Any, formal_name: Any) -> "Delegation":
        """This delegation under other names, as a copy that is never saved; itself, if none is given."""
        given = [getattr(name, "data", name) for name in (short_name, formal_name)]
        if not given[0] or given == [getattr(name, "data", name) for name in (self.short_name, self.formal_name)]:
            return self
        other = copy.copy(self)
        other.short_name, other.formal_name, other.is_called_otherwise = short_name, formal_name, True
        return other

    def names_on(self, date: date) -> tuple[Any, Any]:
        """The short and the formal name on `date`: a dated one (one statement, if not fetched) or that of now.  R-72"""
        name = next((name for name in self.names.all() if name.is_in_force(date)), self)
        return name.short_name, name.formal_name

    def names_on_list(self, speakers_list: SpeakersList) -> tuple[Any, Any]:
        """The short and the formal name on `speakers_list`: those fixed when it opened.  R-61 R-72

        Until then, and for a delegation that is newer than that, they are those on the date of the meeting.
        """
        _place, names = speakers_list.fixed_for(self.code) or (None, None)
        if names:
            return LazyI18nString(names["short_name"]), LazyI18nString(names["formal_name"])
        return self.names_on(speakers_list.meeting.starts_on)

    def place_on(self, date: date) -> "DelegationPlace | None":
        """The `DelegationPlace` in force on `date`, or None. Uses fetched places, see `with_places`.  R-18"""
        return next((place for place in self.places.all() if place.is_in_force(date)), None)

    def place_on_list(self, speakers_list: SpeakersList) -> "DelegationPlace | None":
        """The `DelegationPlace` it holds on `speakers_list`, or None: as it was when the list opened.  R-18 R-61

        Until then, and for a delegation that is newer than that, it is the one on the date of the meeting.
        """
        if (fixed := speakers_list.fixed_for(self.code)) is None:
            return self.place_on(speakers_list.meeting.starts_on)
        place, _names = fixed
        return DelegationPlace(delegation=self, **place) if place else None


class DelegationPlaceQuerySet(models.QuerySet):
    def in_force(self, date: date) -> Self:
        """Places that hold on `date`; both ends are included.  R-18"""
        return self.filter(Q(from_on=None) | Q(from_on__lte=date), Q(to_on=None) | Q(to_on__gte=date))


class DelegationPlace(models.Model):
    """Where a delegation stands, from a date to a date (inclusive; open if empty), and the rule it rests on.  R-18"""

    class Category(models.TextChoices):
        MEMBER_STATE = "member_state", _("Member State")
        OBSERVER_STATE = "observer_state", _("observer State")
        OBSERVER = "observer", _("observer")
        REGIONAL_ORGANIZATION = "regional_organization", _("regional organization")
        ORGANIZATION = "organization", _("organization")
        UN_SYSTEM = "un_system", _("United Nations system")
        CIVIL_SOCIETY = "civil_society", _("civil society organization")

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="places", verbose_name=_("delegation"))
    category = models.CharField(_("category"), max_length=24, choices=Category)
    band = models.CharField(_("band"), max_length=20, choices=Band)
    speaks_for_groups = models.BooleanField(_("may speak on behalf of a group"), default=False)
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)
    ground = models.CharField(
        _("ground"), max_length=120, blank=True, help_text=_("The resolution or rule it rests on.")
    )

    objects = DelegationPlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("dated place")
        verbose_name_plural = _("dated places")
        ordering = ["delegation", F("from_on").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="a_place_begins_before_it_ends",
                condition=Q(from_on=None) | Q(to_on=None) | Q(from_on__lte=F("to_on")),
                violation_error_message=_("A place must begin before it ends."),
            ),
            models.UniqueConstraint(
                fields=["delegation"],
                condition=Q(to_on=None),
                name="a_delegation_has_one_place_without_end",
                violation_error_message=_("This delegation has another place without an end."),
            ),
        ]

    def __str__(self):
        return self.get_category_display()

    def is_in_force(self, date: date) -> bool:
        """Does this place hold on `date`? Both ends are included."""
        return (self.from_on is None or self.from_on <= date) and (self.to_on is None or date <= self.to_on)


class FocalPointQuerySet(models.QuerySet):
    def to_remind(self) -> Self:
        """Active focal points of active delegations, each with its delegation."""
        return self.filter(is_active=True, delegation__is_active=True).select_related("delegation")


class FocalPoint(models.Model):
    """An e-mail address known to act for a delegation, since a real moment.  R-11 R-57"""

    delegation = models.ForeignKey(
        Delegation, models.PROTECT, related_name="focal_points", verbose_name=_("delegation")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"))
    normalised_email = models.CharField(max_length=254, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    on_record_since = models.DateTimeField(_("on record since"), default=clock.now, editable=False)

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        ordering = ["delegation", "email"]
        constraints = [
            models.UniqueConstraint(
                fields=["delegation", "normalised_email"],
                name="an_address_is_a_focal_point_of_a_delegation_once",
                violation_error_message=_("This address is already a focal point of the delegation."),
            )
        ]

    def __str__(self):
        return self.name or self.email

    def clean(self) -> None:
        self.normalised_email = spelling.address(self.email or "")

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.normalised_email = spelling.address(self.email)
        super().save(*args, **kwargs)
