"""The words in which a file handed in is refused."""

from django.utils.translation import gettext as _

from acts.refusals import Refusal


class FileRefused(Refusal):
    """The file is not accepted; the words say why and what to do."""

    def __init__(self, reason):
        super().__init__(reason, "file")


def active(kind: str) -> str:
    """The words for a file of this `kind` that could run something by itself."""
    words = _(
        "This %(kind)s contains something that could run by itself: a macro, a script or an embedded file. "
        "Save it without these."
    )
    return words % {"kind": kind}
