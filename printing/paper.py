"""Printing a page in a process of its own."""

from processes import Busy, Failed, Workshop

__all__ = ["Busy", "PrintingFailed", "pdf"]
# One page may take a gigabyte and a minute; a list of 200 speakers takes a tenth of that.
PRESS = Workshop("printing.press", memory=1 << 30, seconds=60, patience=60, at_once=2, wait=10)

# The page could not be printed; `str()` is the reason, for the log.
PrintingFailed = Failed


def pdf(html: str) -> bytes:
    """The page `html` as PDF, bytes. The page names its stylesheets `paper:…`; see `printing/styles/`.

    Only our own fonts and styles are loaded, whatever the page names. Raises `PrintingFailed`, or `Busy` if too many
    pages are being printed.
    """
    return PRESS.do(html.encode("utf-8", "replace"))
