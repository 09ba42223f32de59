"""The meeting as data: what its note says, and the moments on which its rules depend."""

from dialogue.models.mail_text import MailText
from dialogue.models.meeting import MEETINGS, Contact, Document, Meeting
from dialogue.models.note import DocumentFile, Section
from dialogue.models.programme import ProgrammePerson, ProgrammeSlot, Sitting, at_once_with, room_of, sitting_then
from dialogue.models.version import ProgrammeVersion

__all__ = [
    "MEETINGS",
    "Contact",
    "Document",
    "DocumentFile",
    "MailText",
    "Meeting",
    "ProgrammePerson",
    "ProgrammeSlot",
    "ProgrammeVersion",
    "Section",
    "Sitting",
    "at_once_with",
    "room_of",
    "sitting_then",
]
