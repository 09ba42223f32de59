"""A meeting as one readable file: read, checked as a whole, then stored or refused with file, line and reason."""

from speakers.loading.rehearsing import PutOff, rehearse
from speakers.loading.storing import Again, Loaded, load
from speakers.loading.toml_lines import BadFile

__all__ = ["Again", "BadFile", "Loaded", "PutOff", "load", "rehearse"]
