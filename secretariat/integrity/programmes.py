"""What is wrong with the released programmes of a meeting, in sentences.  R-31 R-77"""

import hashlib
import json

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from dialogue.releasing import RELEASED
from journal import frozen


def problems(meeting: Meeting) -> list[str]:
    """Programmes of `meeting` that were changed, are missing, or that no act released, as translated sentences.

    Checks each text, its chain, the columns beside it, and the acts of the journal both ways. Two statements.
    """
    found, hashes, previous, expected = [], {}, "", 1
    for version in meeting.versions.order_by("number"):
        facts = {"number": version.number, "expected": expected}
        if version.number != expected:
            found.append(_("Programme %(expected)d is missing.") % facts)
        if hashlib.sha256(version.content.encode()).hexdigest() != version.sha256:
            found.append(_("Programme %(number)d was changed after it was released.") % facts)
        elif not _agrees(version, previous):
            found.append(_("The columns beside programme %(number)d do not match its text.") % facts)
        hashes[version.number], previous, expected = version.sha256, version.sha256, version.number + 1
    words = frozen.Words(
        missing=_("The journal says that programme %(number)s was released: it is missing."),
        other=_("The journal recorded another hash of programme %(number)s."),
        without=_("Programme %(number)s was released by no act of the journal."),
    )
    return found + frozen.problems(meeting.journal_stream, RELEASED, hashes, words)


def _agrees(version, previous):
    """Do the columns of `version` match its text, and does it follow the one with the hash `previous`?"""
    document = json.loads(version.content)
    said = [document.get(name) for name in ("meeting", "number", "kind", "comment", "released_at", "previous_sha256")]
    columns = [version.number, version.kind, version.comment, version.released_at.isoformat(), version.previous_sha256]
    return said == [version.meeting.slug, *columns] and version.previous_sha256 == previous
