"""The trigger by which the database refuses to change or delete a frozen list.  R-28"""

from journal.triggers import Triggers

TRIGGERS = Triggers(
    "A published revision is never changed.",
    {
        "speakers_revision_refuses_update": ("UPDATE", "speakers_revision"),
        "speakers_revision_refuses_delete": ("DELETE", "speakers_revision"),
    },
)

protect, unprotect, missing = TRIGGERS.protect, TRIGGERS.unprotect, TRIGGERS.missing
