"""How a file that somebody hands in is refused, in words."""

from django.utils.translation import gettext as _

from speakers.refusals import Refusal


class FileRefused(Refusal):
    """The file is not taken; the words say why and what to do."""

    def __init__(self, reason):
        super().__init__(reason, "file")


def active(kind):
    """The words for a file of this `kind` that could do something by itself."""
    words = _(
        "This %(kind)s holds something that could act by itself: a macro, a script, a file inside. Save it plain."
    )
    return words % {"kind": kind}
