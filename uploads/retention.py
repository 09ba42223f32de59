"""The personal data of uploads: which address sent how many files.  R-57"""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from retention import Standing, erased
from uploads.models import Count

KEPT_FOR = timedelta(days=1)
FIELDS = {"uploads.Count": erased("address")}


def _due(at: datetime) -> QuerySet[Count]:
    return Count.objects.filter(hour__lt=at - KEPT_FOR)


STANDING = [
    Standing(
        _("which address sent how many files"),
        _("a day after they were sent"),
        left=lambda: Count.objects.count(),
        due=lambda at: _due(at).count(),
        erase=lambda at: _due(at).delete()[0],
    )
]
