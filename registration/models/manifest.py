"""What was sent to security: frozen sheets, and who is on which.  R-52 R-57"""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dialogue.models import Meeting
from registration.models.representative import LET_IN, Representative


class Manifest(models.Model):
    """One sheet of a meeting: number 1 is the manifest, each later one a supplement to it.

    `sha256` covers the bytes of the file; a copy of the file can always be compared with it, even after the file itself
    was erased (R-57). The database refuses to change or delete a row.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="manifests", verbose_name=_("meeting"))
    number = models.PositiveSmallIntegerField(_("number"))
    frozen_at = models.DateTimeField(_("frozen at"))
    added = models.PositiveIntegerField(_("names added"))
    withdrawn = models.PositiveIntegerField(_("names withdrawn"))
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        verbose_name = _("manifest")
        verbose_name_plural = _("manifests for security")
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="a_manifest_is_numbered_once"),
            models.CheckConstraint(name="a_manifest_names_somebody", condition=Q(added__gt=0) | Q(withdrawn__gt=0)),
        ]

    def __str__(self):
        return str(self.label)

    @property
    def label(self) -> str | Promise:
        """The heading of the sheet."""
        if self.number == 1:
            return _("Manifest")
        return _("Supplement %(number)d to the manifest") % {"number": self.number - 1}

    @property
    def file_name(self) -> str:
        """The name under which the file is saved; it ends in the first digits of its hash."""
        return f"{self.meeting.slug}-manifest-{self.number}-{self.sha256[:12]}.xlsx"


class ManifestFile(models.Model):
    """The bytes of a sheet, and who froze it. Written once; deleting the row erases it.  R-57"""

    manifest = models.OneToOneField(Manifest, models.PROTECT, related_name="file", verbose_name=_("manifest"))
    content = models.BinaryField(_("file"))
    frozen_by = models.CharField(_("frozen by"), max_length=254)

    class Meta:
        verbose_name = _("file of a manifest")
        verbose_name_plural = _("files of manifests")

    def __str__(self):
        return str(self.manifest_id)


class ManifestRowQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Rows that no later sheet has withdrawn: what security goes by."""
        return self.filter(withdrawn_in=None)

    def to_withdraw(self) -> Self:
        """Standing rows whose person is no longer let in, has a different name now, or holds a grounds pass."""
        as_written = Q(
            representative__latin_last_name="",
            representative__first_name=F("first_name"),
            representative__last_name=F("last_name"),
        )
        in_latin = ~Q(representative__latin_last_name="") & Q(
            representative__latin_first_name=F("first_name"), representative__latin_last_name=F("last_name")
        )
        return self.standing().exclude(
            as_written | in_latin, representative__state__in=LET_IN, representative__has_grounds_pass=False
        )


class ManifestRow(models.Model):
    """One line as it was printed on a sheet, and the later sheet on which it was withdrawn.  R-75

    `first_name` and `last_name` are those in Latin letters. `number` counts through all sheets of a meeting; it is 0,
    and name and organization beside it are empty, on sheets of releases that did not print them.
    """

    manifest = models.ForeignKey(Manifest, models.PROTECT, related_name="rows", verbose_name=_("manifest"))
    representative = models.ForeignKey(
        Representative, models.PROTECT, related_name="manifest_rows", verbose_name=_("representative")
    )
    number = models.PositiveIntegerField(_("number"), default=0, db_default=0)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100)
    own_script_name = models.CharField(
        _("name in its own script"), max_length=201, blank=True, default="", db_default=""
    )
    organization = models.CharField(_("organization"), max_length=200, blank=True, default="", db_default="")
    withdrawn_in = models.ForeignKey(
        Manifest, models.PROTECT, null=True, blank=True, related_name="withdrawn_rows", verbose_name=_("withdrawn in")
    )

    objects = ManifestRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of a manifest")
        verbose_name_plural = _("rows of manifests")
        ordering = ["manifest", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["representative"],
                condition=Q(withdrawn_in=None),
                name="a_representative_stands_on_one_manifest",
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}".strip()
