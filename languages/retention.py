"""The addresses under which a language was chosen.  R-57"""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from languages.models import Choice
from retention import Standing, erased, kept

KEPT_FOR = timedelta(days=365)
FIELDS = {"languages.Choice": {**erased("address"), **kept("one of six, and the row is deleted", "language")}}


def _old(at):
    return Choice.objects.filter(used_at__lte=at - KEPT_FOR)


STANDING = [
    Standing(
        _("languages chosen under an address"),
        _("a year after the last choice or sign-in"),
        left=Choice.objects.count,
        due=lambda at: _old(at).count(),
        erase=lambda at: _old(at).delete()[0],
    )
]
