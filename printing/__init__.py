"""Paper: a page of this site as PDF, with our own fonts and nothing from other hosts."""

from printing.paper import Busy, PrintingFailed, pdf

__all__ = ["Busy", "PrintingFailed", "pdf"]
