"""What is wrong with the sheets that were frozen for security, in sentences.  R-52 R-77"""

import hashlib

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal import frozen
from registration.manifests.freezing import FROZEN


def problems(meeting: Meeting) -> list[str]:
    """Sheets of `meeting` whose file was changed, that are missing, or that no act froze, as translated sentences.

    A file that was erased is not missed (R-57). Two statements.
    """
    found, hashes, expected = [], {}, 1
    for manifest in meeting.manifests.select_related("file").order_by("number"):
        facts = {"number": manifest.number, "expected": expected}
        if manifest.number != expected:
            found.append(_("Sheet %(expected)d of the manifest is missing.") % facts)
        file = getattr(manifest, "file", None)
        if file and hashlib.sha256(bytes(file.content)).hexdigest() != manifest.sha256:
            found.append(_("The file of sheet %(number)d of the manifest was changed after it was frozen.") % facts)
        hashes[manifest.number], expected = manifest.sha256, manifest.number + 1
    words = frozen.Words(
        missing=_("The journal says that sheet %(number)s of the manifest was frozen: it is missing."),
        other=_("The journal recorded another hash of sheet %(number)s of the manifest."),
        without=_("Sheet %(number)s of the manifest was frozen by no act of the journal."),
    )
    return found + frozen.problems(meeting.journal_stream, FROZEN, hashes, words)
