"""Which database this is and how far it has come, and each time that it was restored from a backup.  R-76"""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Database(models.Model):
    """What tells this database from others, and an older state of it from a newer one. One row.  R-76

    `number` rises with each mark that is left outside (`recovery/marks.py`). A restored copy has the `identity` of the
    database from which it was made, and a lower number; it takes an identity of its own when it is put on hold. `at` is
    the real moment of the last mark. The row is the lock under which a restore is recorded.
    """

    identity = models.UUIDField(default=uuid.uuid4)
    number = models.PositiveBigIntegerField(default=0)
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("database")
        verbose_name_plural = _("databases")
        constraints = [models.CheckConstraint(name="there_is_one_database", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.identity} {self.number}"

    @classmethod
    def of_this_site(cls, *, lock: bool = False) -> Self:
        """The one row, made when it is first asked for; locked until the transaction ends if `lock`."""
        row = cls.objects.get_or_create(pk=1)[0]
        return cls.objects.select_for_update().get(pk=1) if lock else row


class RestorationQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """The restore after which the site is still on hold: none or one."""
        return self.filter(let_go_at=None)


class Restoration(models.Model):
    """The site was restored from a backup, and is on hold until a lead lets it go.  R-76

    Acts of the gap, from `gap_from` (the last trace in the backup) to `gap_until`, may be missing. `facts` say what was
    done: of each list (by its stream) the last number and the length of its chain in the backup; mail kept back,
    dropped and held; sign-ins and sessions ended. `was_recognized` if no one said so, but a mark showed it. Moments are
    real ones.
    """

    former_identity = models.UUIDField(_("database that was backed up"), unique=True)
    gap_from = models.DateTimeField(_("gap from"))
    gap_until = models.DateTimeField(_("gap until"))
    was_recognized = models.BooleanField(_("recognized by itself"))
    facts = models.JSONField(_("facts"))
    let_go_at = models.DateTimeField(_("let go at"), null=True)

    objects = RestorationQuerySet.as_manager()

    class Meta:
        verbose_name = _("restore")
        verbose_name_plural = _("restores")
        ordering = ["-gap_until"]
        permissions = [("let_go", "Can let a restored site go on")]
        constraints = [
            models.CheckConstraint(name="a_gap_ends_after_it_began", condition=Q(gap_from__lte=models.F("gap_until")))
        ]

    def __str__(self):
        return f"{self.gap_until:%Y-%m-%d %H:%M} UTC"
