"""What a delegation files in order to take the floor, in an inscription or in a late request."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from dialogue import moments
from dialogue.models import Meeting
from speakers.models.delegation import Delegation, Level, is_civil_society
from speakers.models.speakers_list import Band

# The links that are kept: a page shows one to staff and never follows it.
HTTPS = URLValidator(schemes=["https"], message=_("Write a complete link that begins with https://."))
# The number at the end of a preferred sitting, as it is recorded (`Sitting.code`).
NUMBER = re.compile(r" [0-9]+$")


class Capacity(models.TextChoices):
    NATIONAL = "national", _("national capacity")
    GROUP = "group", _("on behalf of a group")


def capacity_in_words(capacity: str, delegation_code: str) -> str | Promise:
    """The capacity in words: national, on behalf of a group, or civil society, which represents no State.  R-15"""
    if capacity == Capacity.NATIONAL and is_civil_society(delegation_code):
        return Band.CIVIL_SOCIETY.label
    return Capacity(capacity).label


def presenter_in_words(name: str, title: str) -> str:
    """Who presents a recorded statement, with the functional title; empty if no one does."""
    return _("%(name)s, %(title)s") % {"name": name, "title": title} if name and title else name


class Preference(models.TextChoices):
    """The part of the day that a delegation prefers; at a meeting of several days, of which day stands before it."""

    NONE = "", _("no preference")
    MORNING = "morning", _("morning")
    AFTERNOON = "afternoon", _("afternoon")
    EVENING = "evening", _("evening")


def preference_in_words(code: str, meeting: Meeting, sittings: Sequence[Any]) -> str:
    """The preferred sitting `code` as the sitting is named: “3rd sitting, Thursday morning”.  R-64

    It is one of the `sittings` in which the list is heard, if it can be.

    For a code that is recorded and of none of the present sittings, or of several: “Wednesday, 6 July, morning”.
    """
    if code and (sitting := _only_one_of(code, sittings) or _only_one_of(code, meeting.hours)):
        return str(sitting)
    day, _gap, part = NUMBER.sub("", code).rpartition(" ")
    words = str(Preference(part).label)
    if not day:
        return words
    noon = datetime.combine(date.fromisoformat(day), time(12), meeting.zone)
    return gettext("%(day)s, %(words)s") % {"day": moments.day_in_words(noon, meeting), "words": words}


def _only_one_of(code, sittings):
    """The only one of the `sittings` that a delegation may mean by `code`; None if it means none, or several."""
    meant = [each for each in sittings if each.is_meant_by(code)]
    return meant[0] if len(meant) == 1 else None


class Filing(models.Model):
    """Capacity, speaker, statement and contact, as one delegation filed them.

    A statement may be a recorded video (`is_by_video`): at `video_link`, or held by the secretariat if there is none.
    Then the speaker is the person in the recording, and a presenter in the room may be named.
    """

    Capacity = Capacity

    class Language(models.TextChoices):
        ARABIC = "ar", _("Arabic")
        CHINESE = "zh", _("Chinese")
        ENGLISH = "en", _("English")
        FRENCH = "fr", _("French")
        RUSSIAN = "ru", _("Russian")
        SPANISH = "es", _("Spanish")
        OTHER = "other", _("other, with interpretation provided by the delegation")

    Preference = Preference

    speakers_list: Any
    delegation: "models.ForeignKey[Delegation, Delegation]"
    capacity = models.CharField(_("capacity"), max_length=10, choices=Capacity, default=Capacity.NATIONAL)
    group_name = models.CharField(_("group"), max_length=160, blank=True)
    group_size = models.PositiveSmallIntegerField(_("number of members of the group"), null=True, blank=True)
    group_members = models.TextField(_("members of the group"), blank=True, max_length=3000)
    speaker_prefix = models.CharField(_("form of address"), max_length=40, blank=True)
    speaker_name = models.CharField(_("full name as to be announced"), max_length=160, blank=True)
    speaker_title = models.CharField(_("functional title"), max_length=200, blank=True)
    level = models.ForeignKey(Level, models.PROTECT, related_name="+", verbose_name=_("level of representation"))
    language = models.CharField(_("language of delivery"), max_length=5, choices=Language, default=Language.ENGLISH)
    other_language = models.CharField(_("which other language"), max_length=60, blank=True)
    # A part of the day, or at a meeting of several days one of its sittings (`Sitting.code`).  R-64
    preferred_sitting = models.CharField(_("preferred sitting"), max_length=24, blank=True)
    is_by_video = models.BooleanField(_("recorded video"), default=False)
    video_link = models.URLField(_("link to the recording"), max_length=500, blank=True, validators=[HTTPS])
    presenter_name = models.CharField(_("presented by"), max_length=160, blank=True)
    presenter_title = models.CharField(_("functional title of the presenter"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact name"), max_length=120)
    contact_email = models.EmailField(_("contact e-mail"))
    contact_telephone = PhoneNumberField(_("contact telephone"), blank=True)
    copies = models.JSONField(_("copies to"), default=list, blank=True)
    note = models.TextField(_("note to the secretariat"), blank=True, max_length=1000)

    class Meta:
        abstract = True

    @property
    def capacity_in_words(self) -> str | Promise:
        """The capacity in words, as the function of this name puts it.  R-15"""
        return capacity_in_words(self.capacity, self.delegation.code)

    @property
    def preferred_sitting_in_words(self) -> str:
        """The preferred sitting, with its day where the meeting has several."""
        speakers_list = self.speakers_list
        return preference_in_words(self.preferred_sitting, speakers_list.meeting, speakers_list.hours)

    @property
    def presenter(self) -> str:
        """Who presents the recorded statement: name and title, or empty."""
        return presenter_in_words(self.presenter_name, self.presenter_title)

    @property
    def is_speaker_confirmed(self) -> bool:
        """Is the speaker named, rather than “to be confirmed”?  R-14"""
        return bool(self.speaker_name)


# The names of all fields that a form fills in.
FILED = [field.name for field in Filing._meta.local_fields]
