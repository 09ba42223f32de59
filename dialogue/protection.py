"""The database's own refusal to change or delete a released programme.  R-31"""

from journal.triggers import Triggers

TRIGGERS = Triggers(
    "A released programme is never changed.",
    {
        "dialogue_programmeversion_refuses_update": ("UPDATE", "dialogue_programmeversion"),
        "dialogue_programmeversion_refuses_delete": ("DELETE", "dialogue_programmeversion"),
    },
)

protect, unprotect, missing = TRIGGERS.protect, TRIGGERS.unprotect, TRIGGERS.missing
