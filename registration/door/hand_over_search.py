"""Finding a person at the door by name, for supervisors, or for every desk if the terms say so.  R-55"""

from django.db.models import Q

from dialogue.models import Meeting
from registration import naming
from registration.models import Representative

AT_ONCE = 20


def find(meeting: Meeting, words: str) -> list[Representative]:
    """Up to twenty confirmed representatives of `meeting` whose name or organization has all `words` (one query)."""
    found = Representative.objects.for_staff().filter(meeting=meeting)
    for word in naming.key(words).split():
        names = Q(name_key__contains=word) | Q(latin_key__contains=word)
        found = found.filter(names | Q(request__organization__key__contains=word))
    rows = found.select_related("request__organization", "decision").order_by("name_key", "pk")[:AT_ONCE]
    return list(rows)
