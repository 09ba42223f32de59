"""How often passwords and codes of staff were tried, by which guesses are limited."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class GuessCount(models.Model):
    """How many guesses were made since `began_at` by what `key` stands for.  R-78

    It is a keyed hash of an account or a network. The row is the lock under which they are counted.
    """

    key = models.CharField(max_length=64, unique=True)
    began_at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("count of guesses")
        verbose_name_plural = _("counts of guesses")

    def __str__(self) -> str:
        return f"{self.number} since {self.began_at:%Y-%m-%d %H:%M}"
