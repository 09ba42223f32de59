"""The secretariat's pages for meetings: what a meeting is, its programme, documents and contacts.

Staff edit facts here; every save is journalled (R-58). What a rule decides, the deadline for one, is read-only in
these forms and changed only by an act (see `acting`). Nothing is ever deleted.
"""

from dialogue.admin.meeting import MeetingAdmin
from dialogue.admin.programme import ProgrammeSlotAdmin
from dialogue.admin.version import ProgrammeVersionAdmin

__all__ = ["MeetingAdmin", "ProgrammeSlotAdmin", "ProgrammeVersionAdmin"]
