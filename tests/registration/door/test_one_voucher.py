"""One voucher at fifty scanners on PostgreSQL: it admits once, and all fifty scans are stored.  R-55"""

from tests.registration.door.one_voucher import NUMBER


def test_of_fifty_scanners_with_one_voucher_one_is_green_and_every_scan_is_stored(run):
    result = run("door.one_voucher", "one_voucher_locked")

    assert result == {
        "told": {"green": 1, "amber": NUMBER - 1},
        "stored": {"handed_over": 1, "already": NUMBER - 1},
        "errors": {},
    }


def test_without_the_lock_the_database_still_admits_once_but_scans_are_lost(run):
    result = run("door.one_voucher", "one_voucher_constraint", "without-lock")

    assert result["stored"] == {"handed_over": 1}
    assert result["errors"] == {"IntegrityError": NUMBER - 1}


def test_without_lock_and_constraint_one_voucher_admits_many_times(run):
    result = run("door.one_voucher", "one_voucher_without", "without-lock", "without-constraint")

    assert result["told"]["green"] > 1
    assert result["stored"]["handed_over"] == result["told"]["green"]
