"""The words in which a file that was sent is refused."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from acts.refusals import Refusal
from uploads.verdicts import Reason

# How much of a name from inside a file is shown.
SHOWN = 80


class FileRefused(Refusal):
    """The file is not accepted; the words say why and what to do."""

    def __init__(self, words: str | Promise) -> None:
        super().__init__(words, "file")


def refused(reason: str, what: str = "") -> FileRefused:
    """The refusal for `reason`, the value of a `Reason`; `what` in the file is foreign to it."""
    words = {
        Reason.UNKNOWN: _("This is neither a PDF nor a DOCX file. Save the statement as one of these."),
        Reason.NO_WORKBOOK: _("This is not an XLSX file. Save the table as one, or as CSV."),
        Reason.NO_PDF: _("This is not a PDF file. Save the document as one."),
        Reason.DAMAGED: _("This file is damaged. Save it again, then choose it again."),
        Reason.PROTECTED: _("This file is protected by a password. Save it without one."),
        Reason.EMPTY: _("This PDF has no pages."),
        Reason.TOO_MUCH: _("This file holds far more than a file of its kind needs, or takes too long to read."),
        Reason.FOREIGN: _(
            "This file contains something other than text, tables and pictures: a macro, a script, an embedded or "
            "linked file, or a link that does not lead to the web. Found: %(what)s. Remove it, or print the text to a "
            "new PDF."
        ),
    }
    shown = "".join(each if each.isprintable() else "?" for each in what[:SHOWN])
    return FileRefused(words[Reason(reason)] % {"what": shown})


def too_large(size: int) -> FileRefused:
    """The refusal of a file of more than `size` bytes."""
    return FileRefused(_("The file is larger than %(size)d MB.") % {"size": size // 1024**2})


def busy() -> FileRefused:
    """The refusal while too many files are being read."""
    return FileRefused(_("Many files are being read at this moment. Please try again in a minute."))


def too_many() -> FileRefused:
    """The refusal of an address that sent too many files within the hour."""
    return FileRefused(_("Too many files came from your address within the hour. Please try again in an hour."))


def infected(name: str) -> FileRefused:
    """The refusal of a file in which the virus scanner found what it calls `name`."""
    return FileRefused(_("The virus scanner found something in this file: %(name)s.") % {"name": name[:SHOWN]})


def not_scanned() -> FileRefused:
    """The refusal while the virus scanner does not answer."""
    return FileRefused(
        _(
            "The file could not be checked for viruses and was not kept. The secretariat is told. "
            "Please try again later."
        )
    )
