"""The database's own refusal to change or delete what the journal holds.  R-58"""

from journal.triggers import Triggers

REFUSED = {
    "journal_entry_refuses_update": ("UPDATE", "journal_entry"),
    "journal_entry_refuses_delete": ("DELETE", "journal_entry"),
    "journal_payload_refuses_update": ("UPDATE", "journal_payload"),
}
WORDS = "The journal is append-only."
TRIGGERS = Triggers(WORDS, REFUSED)

protect, unprotect, missing = TRIGGERS.protect, TRIGGERS.unprotect, TRIGGERS.missing
