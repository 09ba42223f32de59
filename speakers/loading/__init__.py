"""A meeting as one readable file: read, checked as a whole, then stored or refused; and written from what is stored."""

from speakers.loading.enclosures import exported as enclosed
from speakers.loading.exporting import export
from speakers.loading.rehearsing import PutOff, rehearse
from speakers.loading.storing import Again, Loaded, load
from speakers.loading.toml_lines import BadFile

__all__ = ["Again", "BadFile", "Loaded", "PutOff", "enclosed", "export", "load", "rehearse"]
