"""Database triggers that refuse to change a frozen manifest or its file. The file may be erased (R-57).  R-52"""

from journal.triggers import Triggers

TRIGGERS = Triggers(
    "A frozen manifest is never changed.",
    {
        "registration_manifest_refuses_update": ("UPDATE", "registration_manifest"),
        "registration_manifest_refuses_delete": ("DELETE", "registration_manifest"),
        "registration_manifestfile_refuses_update": ("UPDATE", "registration_manifestfile"),
    },
)

protect, unprotect, missing = TRIGGERS.protect, TRIGGERS.unprotect, TRIGGERS.missing
