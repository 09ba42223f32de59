"""The database's own refusal to change or delete what the journal holds. The head of a chain only goes on.  R-58"""

from journal.triggers import Triggers

REFUSED: dict[str, tuple[str, ...]] = {
    "journal_entry_refuses_update": ("UPDATE", "journal_entry"),
    "journal_entry_refuses_delete": ("DELETE", "journal_entry"),
    "journal_payload_refuses_update": ("UPDATE", "journal_payload"),
    "journal_head_refuses_to_go_back": (
        "UPDATE",
        "journal_head",
        "NEW.stream <> OLD.stream OR NEW.sequence <> OLD.sequence + 1",
    ),
    "journal_head_refuses_delete": ("DELETE", "journal_head"),
}
WORDS = "The journal is append-only."
TRIGGERS = Triggers(WORDS, REFUSED)

protect, unprotect, missing = TRIGGERS.protect, TRIGGERS.unprotect, TRIGGERS.missing
