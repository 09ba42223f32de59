"""Lists whose seats are given by selection: reminders before the deadline, other numbers of seats.  R-14 R-61"""

from datetime import timedelta

import pytest

from journal.models import Entry
from outbox.models import Message
from speakers.interest import selecting
from speakers.mail import reminding
from speakers.moves import term_changes
from speakers.order import replaying
from tests.factories import STAFF, written
from tests.speakers.interest.round_tables import AFTER, fresh, make_interest, make_round_tables, make_state

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables():
    return make_round_tables()


def test_who_has_expressed_no_interest_is_reminded_once_for_all_round_tables(tables):
    first, _second = tables
    make_interest(first, "KEN")
    make_state("RWA")
    Message.objects.all().delete()

    for _again in range(2):
        reminding.remind_delegations(at=first.closes_at - timedelta(hours=20))

    told = [mail for mail in Message.objects.filter(kind="speakers.reminder") if "ask" in written(mail).subject]
    assert [mail.to for mail in told] == [["rwa@missions.example"]]
    assert written(told[0]).subject.startswith("Rwa has not asked for a seat: interest can be expressed until Friday")
    assert "round-table-1/speakers/inscribe/" in written(told[0]).body


@pytest.mark.parametrize(
    ("seats", "words"),
    [
        (1, "More seats are given already: 2"),
        (0, "fixed when the list opens"),
    ],
)
def test_the_number_of_seats_changes_by_the_act_and_not_below_those_given(tables, seats, words):
    _first, second = tables
    given = [make_interest(second, code) for code in ("KEN", "RWA")]
    selecting.select(given, by=STAFF, at=AFTER)
    now = {"reason": "A larger room", "by": STAFF, "at": AFTER}

    with pytest.raises(term_changes.TermsRefused, match=words):
        term_changes.change_terms(fresh(second), term_changes.Changes(seats=seats), **now)
    term_changes.change_terms(fresh(second), term_changes.Changes(seats=5), **now)

    assert fresh(second).seats_by_selection == 5
    assert replaying.differences(fresh(second)) == []
    assert Entry.objects.filter(act="order changed").latest("pk").payload.after == {"seats_by_selection": 5}
    assert Message.objects.filter(kind="speakers.terms").count() == 2


def test_a_list_on_which_delegations_inscribe_gets_no_seats_by_selection(tables):
    main = tables[0].meeting.lists.get(slug="")

    with pytest.raises(term_changes.TermsRefused, match="fixed when the list opens"):
        term_changes.change_terms(main, term_changes.Changes(seats=5), reason="Why", by=STAFF, at=AFTER)
