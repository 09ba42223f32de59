"""Reading what an act asks of a meeting before its row is locked, so that nobody waits for it under the lock."""

from copy import copy

from django.db.models import prefetch_related_objects

MATTERS = ("slots", "bands", "contacts")


def ahead_of(meeting):
    """A copy of `meeting` that holds its sittings, programme, bands, contacts and texts of mails.

    Four statements, five where the sittings were not read with it. The copy, because the one at hand may live for
    longer than an act.
    """
    ahead = copy(meeting)
    ahead._prefetched_objects_cache = {}
    prefetch_related_objects([ahead], *MATTERS)
    take_over(ahead, ahead)
    return ahead


def take_over(meeting, ahead):
    """Let the locked `meeting` hold what was read `ahead_of` it."""
    meeting.hours, meeting.own_mail_texts = ahead.hours, ahead.own_mail_texts
    meeting._prefetched_objects_cache = ahead._prefetched_objects_cache
