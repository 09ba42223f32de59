"""The triggers by which the database refuses to change or delete a frozen list or a draw.  R-21 R-28 R-77"""

from journal.triggers import Protection, Triggers

REVISIONS = Triggers(
    "A published revision is never changed.",
    {
        "speakers_revision_refuses_update": ("UPDATE", "speakers_revision"),
        "speakers_revision_refuses_delete": ("DELETE", "speakers_revision"),
    },
)
# The act comes first, in the same transaction, and names the revision by its hash (`publishing/revisions.py`).
ACTS = Triggers(
    "A revision is frozen by an act of the journal.",
    {
        "speakers_revision_refuses_to_be_without_its_act": (
            "INSERT",
            "speakers_revision",
            "NOT EXISTS (SELECT 1 FROM journal_entry WHERE act = 'frozen' "
            "AND subject = 'revision/' || NEW.number || '/' || NEW.sha256)",
        )
    },
)
# A step of a draw fills its own columns; nothing else changes, and after the last step nothing at all.
DRAWS = Triggers(
    "A draw is never changed.",
    {
        "speakers_draw_refuses_update_of_its_commitment": (
            'UPDATE OF id, public_id, speakers_list_id, kind, "window", nonce, commitment, committed_at, '
            "beacon_announced",
            "speakers_draw",
        ),
        "speakers_draw_refuses_update_once_held": ("UPDATE", "speakers_draw", "OLD.drawn_at IS NOT NULL"),
        "speakers_draw_refuses_delete": ("DELETE", "speakers_draw"),
    },
)
ALL = Protection((REVISIONS, ACTS, DRAWS))

protect, unprotect, missing = ALL.protect, ALL.unprotect, ALL.missing
