"""A meeting as one readable file: read, checked as a whole, then stored or refused; and written from what is stored."""

from speakers.loading.copying import Along, CopyRefused, New, also_copy, copy, make_from
from speakers.loading.enclosures import exported as enclosed
from speakers.loading.exporting import export
from speakers.loading.rehearsing import PutOff, rehearse
from speakers.loading.storing import Again, Loaded, load
from speakers.loading.toml_lines import BadFile

__all__ = [
    "Again",
    "Along",
    "BadFile",
    "CopyRefused",
    "Loaded",
    "New",
    "PutOff",
    "also_copy",
    "copy",
    "enclosed",
    "export",
    "load",
    "make_from",
    "rehearse",
]
