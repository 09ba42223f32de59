"""Fifty scanners with one voucher at the same instant, each on its own connection. Run as a program: prints JSON.

`python -m tests.registration.door.one_voucher [without-lock] [without-constraint]`, on the empty migrated database of
`DATABASE_URL`. Without the lock, each judges before any of the others has written. The constraint of the database is a
second guard, which is removed separately.
"""

import json
import sys
import threading
from collections import Counter
from contextlib import contextmanager

import django

from tests.registration.requests.last_seat import until_the_lock_is_had

NUMBER = 50


def main(*without):
    django.setup()
    from django.db import connection

    from registration.door import scanning
    from registration.models import Scan
    from speakers.models import Inscription  # noqa: F401  the whole project is loaded
    from tests.factories import OPEN, STAFF
    from tests.registration.factories import make_representative, make_ticketing

    meeting = make_ticketing().meeting
    code = make_representative(meeting, "approved").vouchers.get().code
    start, errors, told = threading.Barrier(NUMBER), [], []
    if "without-lock" in without:
        take_the_lock_away(scanning)
    if "without-constraint" in without:
        connection.cursor().execute("DROP INDEX a_ticket_is_handed_over_once_until_taken_back")

    def scan(number):
        attempt = scanning.Attempt(nonce=f"scanner-{number}", code=code, desk=f"Desk {number}")
        start.wait()
        try:
            scanned = until_the_lock_is_had(lambda: scanning.scan(meeting, attempt, by=STAFF, at=OPEN))
            told.append(str(scanned.verdict))
        except Exception as error:  # noqa: BLE001  told to the thread that asked
            errors.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=scan, args=[number]) for number in range(NUMBER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = Counter(Scan.objects.values_list("outcome", flat=True))
    print(json.dumps({"told": Counter(told), "stored": stored, "errors": Counter(errors)}))  # noqa: T201


def take_the_lock_away(scanning):
    """Read the terms without locking them, and let all judge before any writes."""
    from django.db import transaction

    from acts import locking

    judged, judge = threading.Barrier(NUMBER), scanning.outcome_of_code

    @contextmanager
    def without(rows):
        with transaction.atomic():
            yield rows.get()

    def all_judge_first(*arguments):
        outcome = judge(*arguments)
        judged.wait(timeout=60)
        return outcome

    locking.locked = without
    scanning.outcome_of_code = all_judge_first


if __name__ == "__main__":
    main(*sys.argv[1:])
