"""An act of the journal as the event that other systems are told: facts that everyone may read, and nothing else.  R-29

No speaker's name, no contact, no reason. An entry that was never public (R-11) is not told at all. What an event says
follows from the journal and from facts that do not change, so one that is sent again says the same.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from dialogue.models import Meeting
from journal import canonical
from journal.models import Entry
from journal.position import payload_of
from speakers.models import Inscription
from webhooks.kinds import Kind, kind_of

FORMAT = "event-of-meeting/1"
STANDING = Inscription.State.STANDING.value
# Whether the entry held a place before the act, and after it.
PUBLIC = {Kind.INSCRIBED: (False, True), Kind.WITHDRAWN: (True, False), Kind.MOVED: (True, True)}


def of(entry: Entry, meeting: Meeting) -> dict[str, Any] | None:
    """What is told of `entry` of the journal of `meeting`, as plain values; None if nothing is (3 statements at most).

    The short name of the list is empty for the main one, and None for what belongs to no list.
    """
    kind = kind_of(entry)
    if kind is None or (kind in PUBLIC and _was_and_is_public(entry) != PUBLIC[kind]):
        return None
    list_slug = entry.stream.removeprefix(meeting.journal_stream).removeprefix("/")
    facts: dict[str, Any] = {"list": list_slug}
    with translation.override(settings.LANGUAGE_CODE):
        about, _slash, key = entry.subject.partition("/")
        if about == "revision":
            number, _slash, sha256 = key.partition("/")
            facts["revision"] = {"number": int(number), "sha256": sha256}
        elif about in {"inscription", "turn"}:
            facts |= _of_entry(entry, key)
        elif about == "room":
            facts["list"] = None
    return {
        "format": FORMAT,
        "id": entry.hash,
        "kind": str(kind),
        "meeting": meeting.slug,
        "is_rehearsal": meeting.is_rehearsal,
        "stream": entry.stream,
        "position": entry.sequence,
        "at": canonical.moment(entry.at),
        **facts,
        "address": _address(meeting.slug, facts["list"]),
    }


def _of_entry(entry, key):
    """The entry of a list, by the `key` of the act's subject; of a turn that has none, the name that screens show."""
    found = Inscription.objects.filter(public_id=UUID(key)).select_related("delegation", "speakers_list").first()
    if found is None:
        payload = payload_of(entry)
        return {"list": None, "entry": None, "name": ((payload and payload.after) or {}).get("name", "")}
    facts = {
        "receipt_no": found.receipt_no,
        "delegation": str(found.delegation),
        "delegation_code": found.delegation.code,
        "capacity": str(found.capacity),
        "group": found.group_name,
    }
    return {"list": found.speakers_list.slug, "entry": facts, "name": facts["delegation"]}


def _was_and_is_public(entry):
    """Did what the `entry` is about hold a place before the act, and after it? Neither, if the journal is erased."""
    before, after = None, None
    for each in Entry.objects.of_stream(entry.stream).filter(subject=entry.subject, sequence__lte=entry.sequence):
        payload = payload_of(each)
        if payload is None:
            return False, False
        before, after = after, (payload.after or {}).get("state", after)
    return before == STANDING, after == STANDING


def _address(slug, list_slug):
    """Where the interface has the list as it stands; for what belongs to no list, the meeting."""
    of_list = {None: "", "": "/list"}.get(list_slug, f"/lists/{list_slug}/list")
    return f"{settings.SITE_URL}{reverse('api:api-root')}meetings/{slug}{of_list}"
