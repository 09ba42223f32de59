"""A meeting as one readable file: read, checked as a whole, then stored or refused with file, line and reason."""

from dialogue.loading.rehearsing import PutOff, rehearse
from dialogue.loading.storing import Again, Loaded, load
from dialogue.loading.toml_lines import BadFile

__all__ = ["Again", "BadFile", "Loaded", "PutOff", "load", "rehearse"]
