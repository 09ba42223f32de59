"""Giving the seats: first choices, second choices, the others are told; two officers at once.  R-62 R-68 R-69"""

import pytest

from journal.models import Entry
from outbox.models import Message
from speakers import records
from speakers.entries import late_entries, withdrawing
from speakers.interest import foreseeing, outcome_words, sample_mails, selecting
from speakers.models import Inscription, Interest, SpeakersList
from speakers.order import replaying
from tests.at_once import together
from tests.factories import OPEN, STAFF, an_inscription, subject_of, written
from tests.speakers.interest.round_tables import AFTER, codes_on, fresh, make_interest, make_round_tables

pytestmark = pytest.mark.django_db


@pytest.fixture
def tables():
    return make_round_tables(seats=(1, 2))


def everyone():
    return list(Interest.objects.with_choices().order_by("pk"))


def headings(preview):
    return [str(block["heading"]) for block in outcome_words.blocks(preview)]


def test_first_choices_are_given_while_there_are_seats_and_then_second_choices(tables):
    first, second = tables
    asked = [make_interest(*choice) for choice in ((first, "KEN", second), (first, "JPN", second), (first, "FRA"))]

    foreseen = selecting.preview(asked, at=AFTER)
    done = selecting.select(asked, by=STAFF, at=AFTER, seen=foreseen.shown)

    assert headings(foreseen) == [
        "1 delegation would be given a seat on “Round table 1”, its first choice, and mailed its receipt.",
        "1 delegation would be given a seat on “Round table 2”, its second choice, and mailed its receipt.",
        "Nothing is done for 1, and nothing is mailed to it.",
    ]
    assert (codes_on(first), codes_on(second)) == (["KEN"], ["JPN"])
    assert done.refusals == ["Fra: “Round table 1” has no seat left."]
    assert [each.state for each in everyone()] == ["selected", "selected", "expressed"]


def test_a_seat_is_an_entry_with_receipt_journal_and_mail_which_says_whose_choice_it_is(tables):
    first, second = tables
    make_interest(first, "KEN", second)
    make_interest(first, "JPN", second, speaker_name="Mr. Minister", note="Please")
    Message.objects.all().delete()

    selecting.select(everyone(), by=STAFF, at=AFTER)

    kenya, japan = Inscription.objects.order_by("pk")
    assert (japan.receipt_no, japan.speakers_list, japan.speaker_name) == (1, second, "Mr. Minister")
    assert (japan.is_late, japan.is_standing, japan.filed_by_email) == (False, True, "jpn@missions.example")
    assert [each.act for each in Entry.objects.about(records.subject(japan))] == ["selected for a seat"]
    of_japan = Interest.objects.get(delegation__code="JPN")
    acts = Entry.objects.about(records.subject_of_interest(of_japan)).values_list("stream", "act")
    assert list(acts)[1:] == [(first.journal_stream, "second choice given")]
    mails = {tuple(each.to): written(each) for each in Message.objects.filter(kind="speakers.acknowledgement")}
    assert subject_of(mails["jpn@missions.example",]) == "Selected for a seat: Jpn, Round table 2, receipt 1"
    assert "It is your second choice: no seat could be offered to you on “Round table 1”." in (
        mails["jpn@missions.example",].body
    )
    assert "second choice" not in mails["ken@missions.example",].body
    assert Message.objects.filter(kind="speakers.notice_inscribed").count() == 2
    assert [replaying.differences(fresh(each)) for each in tables] == [[], []]
    assert kenya.interest.seat == first


def test_the_second_choice_can_be_given_at_once_for_the_balance(tables):
    first, second = tables
    asked = [make_interest(first, "KEN", second), make_interest(first, "FRA")]

    done = selecting.select(asked, second_alone=True, by=STAFF, at=AFTER)

    assert (codes_on(first), codes_on(second)) == ([], ["KEN"])
    assert done.refusals == ["Fra: It has no second choice."]


def test_a_delegation_that_staff_entered_meanwhile_is_given_no_second_seat_there(tables):
    first, second = tables
    [asked] = [make_interest(second, "KEN")]
    entry = an_inscription(fresh(second).meeting_at_hand, asked.delegation)
    late_entries.admit_late(entry, reason="By letter", by=STAFF, at=AFTER, key="k", digest="d")

    assert not entry.is_late
    assert selecting.select([asked], by=STAFF, at=AFTER).refusals == ["Ken: It already has a seat on “Round table 2”."]
    assert (codes_on(first), codes_on(second)) == ([], ["KEN"])


def test_what_was_not_read_is_not_done(tables):
    first, second = tables
    asked = [make_interest(first, "KEN", second)]
    shown = selecting.preview(asked, at=AFTER).shown
    selecting.select([make_interest(first, "JPN")], by=STAFF, at=AFTER)  # meanwhile, the last seat

    for seen, words in (("", "Nothing has changed yet"), (shown, "This has changed since you were asked")):
        with pytest.raises(selecting.SelectionRefused, match=words) as refusal:
            selecting.select(asked, by=STAFF, at=AFTER, seen=seen)
        assert refusal.value.asks_twice
        assert "“Round table 2”, its second choice" in " ".join(refusal.value.details)
    assert codes_on(second) == []


def test_before_the_deadline_a_selection_warns_that_others_may_still_ask(tables):
    first, _second = tables
    asked = [make_interest(first, "KEN")]

    [warning] = selecting.preview(asked, at=OPEN).warnings

    assert warning.startswith("Interest in “Round table 1” can still be expressed, until Friday, 2 September 2016")
    assert selecting.preview(asked, at=AFTER).warnings == []
    assert len(selecting.preview_of_regrets(asked, at=OPEN).warnings) == 1
    assert headings(selecting.preview(asked, at=OPEN))[0] == "The list is still open"


def test_the_others_are_told_with_courtesy_in_one_mail_each_and_a_freed_seat_can_still_be_given(tables):
    first, _second = tables
    for code in ("KEN", "RWA"):
        make_interest(first, code)
    selecting.select([each for each in everyone() if each.delegation.code == "KEN"], by=STAFF, at=AFTER)
    Message.objects.all().delete()

    foreseen = selecting.preview_of_regrets(everyone(), at=AFTER)
    told = selecting.tell_others(everyone(), words="The Chair counts on you.", by=STAFF, at=AFTER, seen=foreseen.shown)

    assert headings(foreseen) == [
        "1 delegation would be mailed that no seat can be offered to it.",
        "Nothing is done for 1, and nothing is mailed to it.",
    ]
    assert outcome_words.done(told) == ["1 delegation is being mailed that no seat can be offered to it."]
    [mail] = Message.objects.all()
    assert (mail.kind, mail.to) == ("speakers.no_seat", ["rwa@missions.example"])
    assert "The secretariat thanks Rwa for its interest in a seat on “Round table 1”." in mail.body
    assert "The Chair counts on you." in mail.body
    assert selecting.tell_others(everyone(), by=STAFF, at=AFTER).told == []

    withdrawing.withdraw(Inscription.objects.get(), by=STAFF, at=AFTER, reason="Asked")
    selecting.select([each for each in everyone() if each.delegation.code == "RWA"], by=STAFF, at=AFTER)
    assert codes_on(first) == ["RWA"]
    assert [replaying.differences(fresh(each)) for each in tables] == [[], []]


def test_no_seat_is_given_twice_to_a_withdrawn_interest_or_after_the_meeting(tables):
    first, second = tables
    kenya, japan = make_interest(second, "KEN", first), make_interest(first, "JPN")
    selecting.select([kenya], by=STAFF, at=AFTER)
    Interest.objects.filter(pk=japan.pk).update(state="withdrawn", decided_at=AFTER)
    rwanda = make_interest(second, "RWA", first)

    assert selecting.select([kenya, japan], by=STAFF, at=AFTER).refusals == ["Ken: selected.", "Jpn: withdrawn."]
    over = selecting.select([rwanda], by=STAFF, at=second.meeting.ends_at)
    assert over.refusals == ["Rwa: The meeting is over. The meeting is over."]
    SpeakersList.objects.filter(pk=second.pk).update(open_to="members_and_observers")
    assert (codes_on(first), codes_on(second)) == ([], ["KEN"])


def test_the_mails_are_read_before_they_are_sent_and_nothing_is_stored(tables):
    first, second = tables
    asked = [make_interest(first, "KEN", second), make_interest(first, "JPN", second)]
    before = Message.objects.count(), Entry.objects.count()

    samples = sample_mails.blocks(selecting.preview(asked, at=AFTER), at=AFTER)
    [regret] = sample_mails.blocks(selecting.preview_of_regrets(asked, at=AFTER), at=AFTER)

    assert {each["lines"][0] for each in samples} == {"ken@missions.example", "jpn@missions.example"}
    assert any("It is your second choice" in each["text"] for each in samples)
    assert "no seat can be offered to your delegation" in regret["text"]
    assert (Message.objects.count(), Entry.objects.count()) == before
    assert not Inscription.objects.exists()


@pytest.fixture
def last_seat(transactional_db):
    """Two delegations that ask for the one seat of the first list."""
    first, _second = make_round_tables(seats=(1, 2))
    return first, [make_interest(first, "KEN"), make_interest(first, "JPN")]


def select_at_once(interests):
    """Two officers give the last seat at one instant."""
    return together(*[lambda each=each: selecting.select([each], by=STAFF, at=AFTER) for each in interests])


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_give_the_last_seat_at_once_one_does(last_seat):
    first, interests = last_seat

    assert select_at_once(interests) == ["done", "done"]

    assert len(codes_on(first)) == 1
    assert Interest.objects.waiting().count() == 1


@pytest.mark.django_db(transaction=True)
def test_if_seats_were_counted_before_the_lock_the_last_one_would_be_given_twice(last_seat, monkeypatch):
    """The negative control: both go by what was counted before either held the lists."""
    first, interests = last_seat
    before = foreseeing.seats_taken({first.pk: first})
    monkeypatch.setattr(foreseeing, "seats_taken", lambda _lists: before)

    assert select_at_once(interests) == ["done", "done"]

    assert len(codes_on(first)) == 2 > first.seats_by_selection
