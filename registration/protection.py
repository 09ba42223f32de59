"""Triggers that refuse to change a frozen manifest or a scan. What is personal may be erased.  R-52 R-55 R-57"""

from journal.triggers import Protection, Triggers

MANIFESTS = Triggers(
    "A frozen manifest is never changed.",
    {
        "registration_manifest_refuses_update": ("UPDATE", "registration_manifest"),
        "registration_manifest_refuses_delete": ("DELETE", "registration_manifest"),
        "registration_manifestfile_refuses_update": ("UPDATE", "registration_manifestfile"),
    },
)
SCANS = Triggers(
    "A scan is never changed.",
    {
        "registration_scan_refuses_update": (
            "UPDATE OF id, meeting_id, nonce, mode, outcome, voucher_id, representative_id, is_by_name, device_at, "
            "scanned_at, is_offline, told, earlier_id",
            "registration_scan",
        ),
        "registration_scan_refuses_update_but_to_erase": (
            "UPDATE OF operator, desk, code_digest",
            "registration_scan",
            "NEW.operator NOT IN ('', OLD.operator) OR NEW.desk NOT IN ('', OLD.desk) "
            "OR NEW.code_digest NOT IN ('', OLD.code_digest)",
        ),
        "registration_scan_refuses_delete": ("DELETE", "registration_scan"),
    },
)
ALL = Protection((MANIFESTS, SCANS))

protect, unprotect, missing = ALL.protect, ALL.unprotect, ALL.missing
