"""The register of groups: on whose behalf a delegation may speak, apart from itself.  R-66"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

import spelling
from speakers.models.delegation import Delegation
from speakers.models.speakers_list import SpeakersList

LONGEST = 160


def group_key(name: str) -> str:
    """The form under which names of groups are compared, as the database keeps it.  R-12 R-71"""
    return spelling.key(name)[:LONGEST]


def _without_article(name):
    return group_key(name).removeprefix("the ")


@dataclass(frozen=True)
class Registered:
    """A group as it is on the register of one list.

    `short_name` is announced, `full_name` has its article; `keys` are all its names as they are compared.
    `spoken_for_by` are the codes of the delegations that may speak for it even if their place lets them speak for no
    group (R-13).
    """

    short_name: str
    full_name: str
    keys: list[str]
    spoken_for_by: list[str] = field(default_factory=list)

    @classmethod
    def of(
        cls, short_name: str, full_name: str = "", other_names: Iterable[str] = (), spoken_for_by: Iterable[str] = ()
    ) -> "Registered":
        """The group of these names, `other_names` being those under which it is found too."""
        full_name = full_name or short_name
        keys = dict.fromkeys(_without_article(name) for name in (short_name, full_name, *other_names))
        return cls(short_name, full_name, [key for key in keys if key], sorted(spoken_for_by))

    @property
    def key(self) -> str:
        """The `group_key` of an entry that speaks for it."""
        return group_key(self.short_name)

    def is_named(self, name: str) -> bool:
        """Is `name` one of its names, however it is spelt?"""
        return _without_article(name) in self.keys

    def plain(self) -> dict[str, Any]:
        """It as the row of a list keeps it."""
        return asdict(self)


def apart_from(known: Iterable[Registered], groups: Iterable[Registered]) -> list[Registered]:
    """Those of the `groups` that share no name with a group that is `known`.  R-66 R-71"""
    keys = {key for group in known for key in group.keys}
    return [group for group in groups if keys.isdisjoint(group.keys)]


class Group(models.Model):
    """A group on the register, from which a list takes its own when it opens.  R-61 R-66

    `key` is that of its short name; no two groups share a name.
    """

    short_name = models.CharField(
        _("short name"), max_length=LONGEST, help_text=_("As it is announced and shown on the list.")
    )
    full_name = models.CharField(
        _("full name"), max_length=200, help_text=_("With its article, such as “the Group of 77 and China”.")
    )
    other_names = models.TextField(
        _("other names"), blank=True, help_text=_("One to a line: abbreviations, and names that delegations write.")
    )
    spoken_for_by = models.ManyToManyField(
        Delegation,
        blank=True,
        related_name="+",
        verbose_name=_("spoken for by"),
        help_text=_(
            "Who may speak for it by default. States may speak for any group; name the observers that may speak for "
            "this one."
        ),
    )
    source = models.CharField(_("source"), max_length=200, blank=True, help_text=_("What the names rest on."))
    is_active = models.BooleanField(
        _("on the register"), default=True, help_text=_("If not, lists that open from now on do not have it.")
    )
    key = models.CharField(max_length=LONGEST, unique=True, editable=False)

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("register of groups")
        ordering = ["short_name"]

    def __str__(self):
        return self.short_name

    def clean(self) -> None:
        """No two groups on the register share a name, however it is spelt.  R-71"""
        self.note_key()
        for other in Group.objects.exclude(pk=self.pk):
            if set(self.registered([]).keys) & set(other.registered([]).keys):
                raise ValidationError(_("“%(group)s” is on the register under one of these names.") % {"group": other})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.note_key()
        super().save(*args, **kwargs)

    def note_key(self) -> None:
        self.key = group_key(self.short_name)

    def registered(self, spoken_for_by: Iterable[str]) -> Registered:
        """It as a list has it, spoken for by the delegations of these codes."""
        return Registered.of(self.short_name, self.full_name, self.other_names.splitlines(), spoken_for_by)

    @classmethod
    def register_now(cls, speakers_list: SpeakersList) -> list[Registered]:
        """The register that `speakers_list` would have if it opened now (two statements).  R-66

        The groups of its own, then those of the secretariat that share no name with them.
        """
        active = cls.objects.filter(is_active=True).prefetch_related("spoken_for_by")
        general = (each.registered(delegation.code for delegation in each.spoken_for_by.all()) for each in active)
        own = [Registered.of(**group) for group in speakers_list.own_groups]
        return [*own, *apart_from(own, general)]

    @classmethod
    def of_list(cls, speakers_list: SpeakersList) -> list[Registered]:
        """The register of `speakers_list`: as it was when it opened and as staff have added to it, or as it is now."""
        if speakers_list.groups is None:
            return cls.register_now(speakers_list)
        return [Registered(**kept) for kept in speakers_list.groups]

    @classmethod
    def named(cls, name: str, speakers_list: SpeakersList) -> Registered | None:
        """The group on the register of `speakers_list` that is called `name`, or None.  R-66 R-71"""
        return next((group for group in cls.of_list(speakers_list) if group.is_named(name)), None)
