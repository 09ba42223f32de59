"""The names of delegations by date, and the one under which a delegation stands on a list.  R-72"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from i18nfield.fields import I18nCharField

from speakers.models.delegation import Delegation, is_civil_society


def in_force(date: date, path: str = "") -> Q:
    """The condition of a name, at the end of the lookup `path`, that held on `date`; both ends are included."""
    first, last = f"{path}from_on", f"{path}to_on"
    return (Q(**{first: None}) | Q(**{f"{first}__lte": date})) & (Q(**{last: None}) | Q(**{f"{last}__gte": date}))


class DelegationNameQuerySet(models.QuerySet):
    def in_force(self, date: date) -> Self:
        """Names that held on `date`; both ends are included."""
        return self.filter(in_force(date))


class DelegationName(models.Model):
    """What the United Nations called a delegation from a date to a date (inclusive; open if empty), with its source."""

    delegation = models.ForeignKey(Delegation, models.CASCADE, related_name="names", verbose_name=_("delegation"))
    short_name = I18nCharField(_("short name"))
    formal_name = I18nCharField(_("formal name"))
    from_on = models.DateField(_("from"), null=True, blank=True)
    to_on = models.DateField(_("to"), null=True, blank=True)
    source = models.CharField(
        _("source"), max_length=400, help_text=_("Where the name and its dates stand, for instance a letter.")
    )

    objects = DelegationNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("dated name")
        verbose_name_plural = _("dated names")
        ordering = ["delegation", F("from_on").asc(nulls_first=True)]
        constraints = [
            models.CheckConstraint(
                name="a_name_begins_before_it_ends",
                condition=Q(from_on=None) | Q(to_on=None) | Q(from_on__lte=F("to_on")),
                violation_error_message=_("A name must begin before it ends."),
            ),
            models.CheckConstraint(
                name="a_dated_name_has_a_source",
                condition=~Q(source=""),
                violation_error_message=_("A name without a source is not used."),
            ),
        ]

    def __str__(self):
        return str(self.short_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it, and let the delegation be found by it.  R-71"""
        super().save(*args, **kwargs)
        self.delegation.save(update_fields=["search_words"])

    def is_in_force(self, date: date) -> bool:
        """Did it hold on `date`? Both ends are included."""
        return (self.from_on is None or self.from_on <= date) and (self.to_on is None or date <= self.to_on)


def called_on(delegations: Iterable[Delegation], date: date) -> list[Delegation]:
    """The `delegations` under the names that they had on `date`, not to be saved (one statement).  R-72"""
    delegations = list(delegations)
    found = DelegationName.objects.in_force(date).filter(delegation__in=delegations)
    names = {name.delegation_id: (name.short_name, name.formal_name) for name in found}
    return [each.called(*names.get(each.pk, ("", ""))) for each in delegations]


def name_on(date: date, path: str) -> Coalesce:
    """The short name that the delegation at the end of the lookup `path` had on `date`, as an expression.  R-72"""
    then = DelegationName.objects.in_force(date).filter(delegation=OuterRef(path))
    return Coalesce(Subquery(then.values("short_name")[:1]), F(f"{path}__short_name"))


def beside_names(delegations: QuerySet[Delegation], date: date) -> QuerySet[Delegation]:
    """The `delegations`, each beside the names that it had on `date`, for `called_then`."""
    return delegations.annotate(
        dated=FilteredRelation("names", condition=in_force(date, "names__")),
        then_short=F("dated__short_name"),
        then_formal=F("dated__formal_name"),
    ).order_by("sort_name", F("dated__from_on").asc(nulls_first=True))


def called_then(named: Iterable[Any]) -> list[Delegation]:
    """As `called_on`, of delegations that are read `beside_names`: both take one statement together."""
    return list({each.pk: each.called(each.then_short or "", each.then_formal or "") for each in named}.values())


class UnderItsName(models.Model):
    """What stands on a list for a delegation, under the name that it had there when the list took it.  R-61 R-72

    Without one, as before there were dated names, it has the name that the delegation has now; so has an organization
    of civil society, whose name may be erased.
    """

    speakers_list: Any
    delegation: "models.ForeignKey[Delegation, Delegation]"
    delegation_name = I18nCharField(_("short name on the list"), blank=True, default="", editable=False)
    delegation_in_full = I18nCharField(_("formal name on the list"), blank=True, default="", editable=False)

    class Meta:
        abstract = True

    def delegation_as_recorded(self, delegation: Delegation) -> Delegation:
        """The `delegation` under the name that it has here."""
        return delegation.called(self.delegation_name, self.delegation_in_full)

    def take_name(self) -> None:
        """Let its delegation have, here and for good, the name that it has on the list."""
        if not is_civil_society(self.delegation.code):
            self.delegation_name, self.delegation_in_full = self.delegation.names_on_list(self.speakers_list)


class AsRecorded(ForwardManyToOneDescriptor):
    """A related row as its entry has it: the one place that names a delegation, or labels a level.  R-61 R-72

    The method `…_as_recorded` of the entry makes it of the stored one, as a copy that is not to be saved.
    """

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        stored = super().__get__(instance, cls)
        if instance is None or stored is None:
            return stored
        return getattr(instance, f"{self.field.name}_as_recorded")(stored)


def as_recorded(*names: str) -> Callable[[type[Any]], type[Any]]:
    """Let the relations `names` of a model be those that `AsRecorded` tells."""

    def told(model):
        for name in names:
            setattr(model, name, AsRecorded(model._meta.get_field(name)))
        return model

    return told
