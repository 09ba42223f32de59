"""The manifest for security: who is on it, that it never changes, its supplements, and the reminders to staff.

R-52
"""

import hashlib
import io
import threading
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.contrib.auth.models import Group, User
from django.db import IntegrityError, connection, transaction

from dialogue.models import Contact
from journal import chain
from journal.models import Entry
from outbox.models import Message
from registration import protection, working_days
from registration.decisions import deciding, releasing
from registration.manifests import freezing, reminding
from registration.manifests.manifest import pending
from registration.models import Holiday, Manifest, ManifestFile, ManifestRow, Representative
from registration.refusals import TicketRefused
from registration.requests import amending, ending
from tests.factories import OPEN, STAFF, make_meeting
from tests.registration.factories import make_representative, make_request, make_ticketing

pytestmark = pytest.mark.django_db
HEADINGS = (
    "No.",
    "Last name",
    "First name",
    "Name in its own script",
    "Organization",
    "Date",
    "Time",
    "Venue",
    "Event",
    "Sponsoring office",
)
OFFICE = "Office on Genocide Prevention"


@pytest.fixture
def meeting():
    meeting = make_ticketing().meeting
    Contact.objects.create(meeting=meeting, role="civil_society", name=OFFICE, email="office@un.example")
    return meeting


def freeze(meeting, at=OPEN):
    return freezing.freeze(meeting, by=STAFF, at=at)


def content_of(manifest):
    return bytes(ManifestFile.objects.get(manifest=manifest).content)


def sheet(manifest, name="Manifest"):
    """The rows of one sheet of the file, read back."""
    book = openpyxl.load_workbook(io.BytesIO(content_of(manifest)))
    return list(book[name].iter_rows(values_only=True)) if name in book.sheetnames else []


def names(manifest, name="Manifest"):
    return [row[2:0:-1] for row in sheet(manifest, name)[1:]]


def test_a_row_says_what_security_asks_for(meeting):
    make_representative(meeting, "approved", first_name="Ada", last_name="Lovelace", request=make_request(meeting))

    rows = sheet(freeze(meeting))

    date, hours = "Tuesday, 6 September 2016", "10:00 a.m.–6:00 p.m. (New York time)"
    facts = (date, hours, "Trusteeship Council Chamber", "Informal interactive dialogue", OFFICE)
    assert rows == [HEADINGS, (1, "Lovelace", "Ada", None, "Centre for Peace", *facts)]


def test_names_stand_by_last_name_in_latin_letters_and_numbers_go_on_through_the_sheets(meeting):
    russian = {"first_name": "Ольга", "last_name": "Петрова", "latin_first_name": "Olga", "latin_last_name": "Petrova"}
    make_representative(meeting, "approved", first_name="Zoé", last_name="Żak")
    make_representative(meeting, "approved", **russian)
    make_representative(meeting, "approved", first_name="Ada", last_name="o’Neil")
    first = freeze(meeting)
    make_representative(meeting, "approved", first_name="Late", last_name="Adams")
    second = freeze(meeting)

    lines = [row[:4] for row in [*sheet(first)[1:], *sheet(second)[1:]]]

    assert lines == [
        (1, "o’Neil", "Ada", None),
        (2, "Petrova", "Olga", "Ольга Петрова"),
        (3, "Żak", "Zoé", None),
        (4, "Adams", "Late", None),
    ]


def test_a_changed_latin_form_is_withdrawn_under_its_number_and_listed_again(meeting):
    russian = {"first_name": "Ольга", "last_name": "Петрова", "latin_first_name": "Olga", "latin_last_name": "Petrova"}
    person = make_representative(meeting, "approved", **russian)
    freeze(meeting)
    Representative.objects.filter(pk=person.pk).update(latin_last_name="Petrowa", state="approved")

    supplement = freeze(meeting)

    assert [row[:3] for row in sheet(supplement, "Withdrawn")[1:]] == [(1, "Petrova", "Olga")]
    assert [row[:3] for row in sheet(supplement)[1:]] == [(2, "Petrowa", "Olga")]


def test_only_people_who_need_a_ticket_and_were_told_of_the_approval_are_on_it(meeting):
    make_representative(meeting, "approved", last_name="Listed")
    make_representative(meeting, "approved", last_name="Pass", has_grounds_pass=True)
    for state in ["submitted", "confirmed", "waitlisted", "declined", "cancelled", "expired"]:
        make_representative(meeting, state, last_name=state.title())
    draft = deciding.approve(make_representative(meeting, last_name="Draft"), by=STAFF, at=OPEN)

    first = freeze(meeting)
    releasing.release(draft, by=STAFF, at=OPEN)
    second = freeze(meeting)

    assert names(first) == [("Ada", "Listed")]
    assert names(second) == [("Ada", "Draft")]


def test_everyone_added_is_on_the_manifest_from_then_on_and_each_act_is_journalled(meeting):
    pair = [make_representative(meeting, "approved") for _ in range(2)]

    manifest = freeze(meeting)

    assert {each.state for each in Representative.objects.all()} == {"on_manifest"}
    assert Entry.objects.filter(act="put on the manifest").count() == len(pair)
    assert Entry.objects.get(act="manifest frozen").payload.after["sha256"] == manifest.sha256
    assert chain.problems(meeting.journal_stream) == []


@pytest.mark.parametrize(
    "name",
    ['=HYPERLINK("http://x.example","click")', "+1+1", "@SUM(A1)", "-2+3", "\t=1+1", "عادل الإمام", "王小明", "O’Neil"],
)
def test_a_name_is_a_text_in_the_file_whatever_it_looks_like(meeting, name):
    make_representative(meeting, "approved", first_name=name, last_name=name)

    book = openpyxl.load_workbook(io.BytesIO(content_of(freeze(meeting))))

    cells = book["Manifest"][2][1:3]
    assert [cell.value for cell in cells] == [name, name]
    assert {(cell.data_type, cell.quotePrefix) for cell in cells} == {("s", True)}


def test_a_frozen_file_never_changes_and_its_hash_is_that_of_its_bytes(meeting):
    ada = make_representative(meeting, "approved", last_name="Lovelace")
    manifest = freeze(meeting)
    before = content_of(manifest)

    amending.amend(ada, {"last_name": "King"}, by=STAFF, arrived_at=OPEN)
    with transaction.atomic():
        taken = freezing.hand_out(Manifest.objects.get(), by=STAFF, at=OPEN + timedelta(days=1))

    assert taken == before
    assert hashlib.sha256(taken).hexdigest() == manifest.sha256
    assert manifest.sha256[:12] in manifest.file_name
    assert Entry.objects.filter(act="manifest taken out").count() == 1


@pytest.mark.parametrize("model", [Manifest, ManifestFile])
def test_the_database_itself_refuses_to_change_what_was_frozen(meeting, model):
    make_representative(meeting, "approved")
    freeze(meeting)
    changes = {"sha256": "0" * 64} if model is Manifest else {"content": b"other"}

    assert protection.missing(connection) == []
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        model.objects.update(**changes)


def test_people_approved_later_go_on_a_supplement_and_on_that_alone(meeting):
    make_representative(meeting, "approved", last_name="First")
    first = freeze(meeting)
    make_representative(meeting, "approved", last_name="Later")

    second = freeze(meeting)

    assert (names(first), names(second)) == ([("Ada", "First")], [("Ada", "Later")])
    assert (str(first), str(second)) == ("Manifest", "Supplement 1 to the manifest")
    assert ("Names added", 1) in sheet(second, "About")


def test_people_who_cancelled_since_are_listed_as_withdrawn_once(meeting):
    ada = make_representative(meeting, "approved", last_name="Lovelace")
    make_representative(meeting, "approved", last_name="Stays")
    first = freeze(meeting)
    ending.cancel(ada, by=STAFF, at=OPEN)

    second = freeze(meeting)

    assert names(first, "Withdrawn") == []
    assert (names(second), names(second, "Withdrawn")) == ([], [("Ada", "Lovelace")])
    assert (second.added, second.withdrawn) == (0, 1)
    with pytest.raises(TicketRefused, match="There is no one to add"):
        freeze(meeting)


def test_a_name_amended_since_is_withdrawn_and_listed_again_once_it_is_approved_and_told(meeting):
    ada = make_representative(meeting, "approved", first_name="Ada", last_name="Byron")
    freeze(meeting)
    amending.amend(ada, {"last_name": "Lovelace"}, by=STAFF, arrived_at=OPEN)
    second = freeze(meeting)
    releasing.release(deciding.approve(ada, by=STAFF, at=OPEN), by=STAFF, at=OPEN)

    third = freeze(meeting)

    assert (names(second), names(second, "Withdrawn")) == ([], [("Ada", "Byron")])
    assert (names(third), names(third, "Withdrawn")) == ([("Ada", "Lovelace")], [])
    assert ManifestRow.objects.standing().count() == 1


def test_a_person_who_turns_out_to_hold_a_grounds_pass_is_withdrawn(meeting):
    ada = make_representative(meeting, "approved")
    freeze(meeting)
    amending.amend(ada, {"has_grounds_pass": True}, by=STAFF, arrived_at=OPEN)

    assert freeze(meeting).withdrawn == 1


def test_a_person_who_was_handed_the_ticket_stays_on_the_manifest(meeting):
    make_representative(meeting, "approved")
    freeze(meeting)
    Representative.objects.update(state="handed_over")
    make_representative(meeting, "approved", last_name="Later")

    assert freeze(meeting).withdrawn == 0


def test_an_empty_manifest_is_refused_and_stores_nothing(meeting):
    make_representative(meeting, "confirmed")

    with pytest.raises(TicketRefused):
        freeze(meeting)

    assert not Manifest.objects.exists()
    assert not Entry.objects.filter(act="manifest frozen").exists()


@pytest.mark.django_db(transaction=True)
def test_of_officers_who_freeze_at_once_one_freezes_and_the_others_are_refused(meeting):
    make_representative(meeting, "approved")
    together, outcomes = threading.Barrier(4), []

    def press():
        together.wait()
        try:
            outcomes.append(freeze(meeting).number)
        except TicketRefused:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes, key=str) == [1, "refused", "refused", "refused"]
    assert (Manifest.objects.count(), ManifestRow.objects.count()) == (1, 1)


def test_each_meeting_has_its_own_manifests(meeting):
    other = make_ticketing(make_meeting("other")).meeting
    make_representative(request=make_request(other), state="approved", last_name="Other")
    make_representative(meeting, "approved", last_name="Here")

    assert names(freeze(meeting)) == [("Ada", "Here")]
    assert freeze(other).number == 1


@pytest.mark.parametrize("persons", [1, 3])
def test_what_is_pending_takes_two_queries_whatever_the_number(meeting, persons, django_assert_num_queries):
    for _ in range(persons):
        make_representative(meeting, "approved")
    freeze(meeting)
    Representative.objects.update(last_name="Changed", state="approved")

    with django_assert_num_queries(2):
        found = pending(meeting)

    assert (len(found.added), len(found.withdrawn)) == (persons, persons)


# Reminders


LABOUR_DAY = date(2016, 9, 5)
# Wednesday, 10:00 a.m. in New York: three working days before Tuesday the 6th, for Monday the 5th is a holiday.
MARK_72 = datetime(2016, 8, 31, 14, 0, tzinfo=UTC)
MARK_48 = datetime(2016, 9, 1, 14, 0, tzinfo=UTC)


@pytest.fixture
def officer():
    user = User.objects.create(username="officer", email="officer@un.example")
    user.groups.add(Group.objects.get(name="Civil society officer"))
    Holiday.objects.get_or_create(on=LABOUR_DAY, defaults={"name": "Labor Day"})
    return user


def remind(at):
    return reminding.remind_of_manifests(at=at)


def test_working_hours_leave_out_the_weekend_and_the_holiday(meeting, officer):
    assert reminding.marks_of(meeting) == {72: MARK_72, 48: MARK_48}


def test_without_the_holiday_the_marks_lie_a_day_later(meeting):
    Holiday.objects.all().delete()

    assert reminding.marks_of(meeting) == {72: MARK_72 + timedelta(days=1), 48: MARK_48 + timedelta(days=1)}


def test_hours_before_a_weekend_count_from_the_midnight_before_it():
    saturday = datetime(2016, 9, 10, 15, 0, tzinfo=UTC)

    assert working_days.hours_before(saturday, 24, UTC, set()) == datetime(2016, 9, 9, 0, 0, tzinfo=UTC)


def test_working_hours_keep_the_time_of_day_when_the_clocks_change():
    starts_at = datetime(2016, 11, 7, 15, 0, tzinfo=UTC)
    meeting = make_meeting(starts_at=starts_at, ends_at=starts_at + timedelta(hours=8))

    marks = reminding.marks_of(meeting, set())

    assert marks[48] == datetime(2016, 11, 3, 14, 0, tzinfo=UTC)  # 10:00 a.m. in New York, still in summer time


def test_the_office_is_reminded_at_72_and_at_48_working_hours_once_each(meeting, officer):
    make_representative(meeting, "approved")
    minute = timedelta(minutes=1)

    posted = [remind(at) for at in [MARK_72 - minute, MARK_72, MARK_72 + minute, MARK_48 - minute, MARK_48, MARK_48]]

    first, second = Message.objects.order_by("pk")
    assert posted == [0, 1, 0, 0, 1, 0]
    assert [first.to, second.to] == [["officer@un.example"]] * 2
    assert "In 72 working hours" in first.subject
    assert "48 working hours before" in second.subject
    assert "by Thursday, 1 September 2016, 10:00 a.m. (New York time)" in first.body
    assert "on no sheet yet: 1" in first.body


def test_of_two_reminders_that_are_both_due_only_the_later_is_sent(meeting, officer):
    assert [remind(MARK_48 + timedelta(hours=1)) for _ in range(2)] == [1, 0]
    assert "48 working hours" in Message.objects.get().subject


def test_no_one_is_reminded_once_the_meeting_has_begun(meeting, officer):
    assert remind(meeting.starts_at) == 0


def test_without_an_officer_the_office_that_the_note_names_is_reminded(meeting):
    remind(MARK_48 + timedelta(days=1))

    assert Message.objects.get().to == ["office@un.example"]


def test_a_meeting_that_is_moved_gets_a_new_reminder(meeting, officer):
    remind(MARK_48)
    type(meeting).objects.filter(pk=meeting.pk).update(
        starts_at=meeting.starts_at + timedelta(days=1), ends_at=meeting.ends_at + timedelta(days=1)
    )

    assert remind(MARK_48 + timedelta(days=1)) == 1
