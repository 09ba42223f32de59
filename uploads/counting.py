"""How many files an address may send: counted in the database, so that every web process counts together.  R-60 R-79"""

from datetime import datetime

from django.db.models import F

from uploads import refusals
from uploads.models import Count

# Files of one address within an hour: six languages, for several entries, with corrections.
AT_MOST = 60


def count(address: str, *, at: datetime) -> None:
    """Count one file that `address` sent at the real moment `at`. Raises `FileRefused` beyond `AT_MOST` in its hour."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    counted, _is_new = Count.objects.get_or_create(address=address, hour=hour)
    if not Count.objects.filter(pk=counted.pk, number__lt=AT_MOST).update(number=F("number") + 1):
        raise refusals.too_many()
