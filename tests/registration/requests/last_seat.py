"""Fifty approvals for one seat at the same instant, each on its own connection. Run as a program: prints JSON.

`python -m tests.registration.requests.last_seat [without-lock]`, on the empty migrated database of `DATABASE_URL`.
Without the lock, each counts the seats before any of the others has written.
"""

import json
import sys
import threading
from contextlib import contextmanager

import django

NUMBER = 50


def main(is_locked):
    django.setup()
    from django.db import connection

    from acts import locking
    from registration.decisions import deciding
    from registration.models import Representative, Ticketing
    from speakers.models import Inscription  # noqa: F401  the whole project is loaded
    from tests.factories import OPEN, STAFF
    from tests.registration.factories import make_representative, make_ticketing

    terms = make_ticketing(capacity=1)
    people = [make_representative(terms.meeting) for _ in range(NUMBER)]
    start, errors = threading.Barrier(NUMBER), []
    if not is_locked:
        take_the_lock_away(locking, Ticketing)

    def approve(person):
        start.wait()
        try:
            until_the_lock_is_had(lambda: deciding.approve(person, by=STAFF, at=OPEN))
        except Exception as error:  # noqa: BLE001  told to the thread that asked
            errors.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    held = terms.meeting.representatives.holding_seats().count()
    states = list(Representative.objects.values_list("state", flat=True))
    counted = {state: states.count(state) for state in set(states)}
    print(json.dumps({"held": held, "errors": errors, **counted}))  # noqa: T201


def until_the_lock_is_had(act):
    """Press again if the wait was too long, as an officer would: fifty take their time on a slow machine."""
    from django.db import OperationalError

    while True:
        try:
            return act()
        except OperationalError as error:
            if "lock timeout" not in str(error):
                raise


def take_the_lock_away(locking, ticketing_model):
    """Read the terms without locking them, and let all count before any writes."""
    from django.db import transaction

    counted, count = threading.Barrier(NUMBER), ticketing_model.seats_held

    @contextmanager
    def without(rows):
        with transaction.atomic():
            yield rows.get()

    def all_count_first(self):
        held = count(self)
        counted.wait(timeout=60)
        return held

    locking.locked = without
    ticketing_model.seats_held = all_count_first


if __name__ == "__main__":
    main("without-lock" not in sys.argv)
