"""Paper: a page of ours as PDF, with our own fonts and nothing from elsewhere."""

from printing.keeping import pdf_kept
from printing.paper import Busy, PrintingFailed, pdf

__all__ = ["Busy", "PrintingFailed", "pdf", "pdf_kept"]
