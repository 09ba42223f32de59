"""The last seat on PostgreSQL: of fifty people approved at the same instant, one gets it.  R-50"""

from tests.registration.requests.last_seat import NUMBER


def test_of_fifty_approved_at_once_for_the_last_seat_one_gets_it_and_the_others_wait(run):
    result = run("requests.last_seat", "last_seat_locked")

    assert result == {"held": 1, "errors": [], "approved": 1, "waitlisted": NUMBER - 1}


def test_without_the_lock_the_last_seat_is_given_many_times(run):
    result = run("requests.last_seat", "last_seat_without", "without-lock")

    assert result["held"] > 1
    assert result["approved"] == result["held"]
