"""What is fixed when a list opens, so that later changes elsewhere move no entry on it.  R-61"""

from datetime import datetime

from django.db.models import F

from acts.locking import locked
from speakers.models import Level, SpeakersList


def fix_terms_due(*, at: datetime) -> int:
    """Fix the terms of each list that is open at the moment `at` of the one clock and has none fixed.

    Celery beat calls it every minute; the first entry does the same if it comes before. Returns the number fixed now.
    """
    fixed = 0
    for due in SpeakersList.objects.filter(classes__isnull=True, opens_at__lte=at + F("meeting__clock_shift")):
        with locked(due) as speakers_list:
            fixed += fix_terms(speakers_list)
    return fixed


def fix_terms(speakers_list: SpeakersList) -> bool:
    """Fix the class of each level on the locked `speakers_list`, unless it is. Returns whether it was done now."""
    if speakers_list.classes is not None:
        return False
    speakers_list.classes = dict(Level.objects.values_list("code", "precedence_class"))
    speakers_list.save(update_fields=["classes"])
    return True
