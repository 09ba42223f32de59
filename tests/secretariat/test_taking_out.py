"""Those who work on the list export chosen entries with contacts, and the journal records it.  R-30 R-58"""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Entry
from tests.factories import make_delegation, make_inscription, make_meeting, make_panel
from tests.secretariat.pages import list_page, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    meeting = make_meeting()
    make_inscription(meeting, make_delegation("RWA", "Rwanda"), note="=a note", copies=["third@missions.example"])
    make_inscription(meeting, make_delegation("KEN", "Kenya"), level="MFA", contact_telephone="+41225550000")
    make_inscription(meeting, make_delegation("GHA", "Ghana"), is_verified=False)
    return meeting


def take_out(client, meeting, action="take_out_csv", entries=None):
    chosen = [entry.pk for entry in (entries or meeting.speakers_list.inscriptions.all())]
    return client.post(list_page(meeting=meeting.pk), {"action": action, "_selected_action": chosen})


def lines_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_the_file_holds_contacts_in_speaking_order_and_entries_without_a_place_last(officer, meeting):
    answer = take_out(officer, meeting)

    assert answer["Content-Disposition"] == 'attachment; filename="dialogue-with-contacts.csv"'
    assert "no-store" in answer["Cache-Control"]
    kenya, rwanda, ghana = lines_of(answer)
    assert [line["Place"] for line in (kenya, rwanda, ghana)] == ["1", "2", ""]
    assert (kenya["Delegation"], kenya["Contact telephone"]) == ("Kenya", "'+41 22 555 00 00")
    assert (rwanda["Contact e-mail"], rwanda["Copies to"]) == ("rwa@missions.example", "third@missions.example")
    assert (rwanda["Note to the secretariat"], ghana["State"]) == ("'=a note", "unverified")
    assert rwanda["Arrived"] == "2016-08-31T13:00:00.000-04:00"


def test_the_workbook_holds_the_same_and_no_formula(officer, meeting):
    answer = take_out(officer, meeting, "take_out_workbook")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = {cell.value: cell for row in sheet for cell in row}
    assert cells["=a note"].data_type == "s"
    assert cells["+41 22 555 00 00"].quotePrefix
    assert (sheet.max_row, sheet.freeze_panes, sheet.auto_filter.ref) == (4, "A2", sheet.dimensions)


def test_who_took_out_how_many_is_journalled(officer, meeting):
    take_out(officer, meeting, entries=meeting.speakers_list.inscriptions.filter(delegation__code="RWA"))

    entry = Entry.objects.get(act="taken out with contacts")
    assert (entry.stream, entry.payload.actor_name) == ("meeting/dialogue", officer.staff.username)
    assert entry.payload.after == {"entries": 1, "format": "csv"}


def test_a_reader_may_not_and_is_not_offered_it(reader, meeting):
    assert "Export with contacts" not in text(reader.get(list_page(meeting=meeting.pk)))

    answer = take_out(reader, meeting)

    assert answer.headers.get("Content-Disposition") is None
    assert not Entry.objects.filter(act="taken out with contacts").exists()


def test_it_costs_the_same_however_many_are_chosen(officer, meeting):
    def counted(entries):
        with CaptureQueriesContext(connection) as statements:
            assert take_out(officer, meeting, entries=entries).status_code == 200
        return len(statements)

    assert counted(meeting.speakers_list.inscriptions.filter(delegation__code="RWA")) == counted(
        meeting.speakers_list.inscriptions.all()
    )


def from_board(client, meeting, **typed):
    return client.post(f"/secretariat/speakers/inscription/board/{meeting.slug}/export/", typed)


def test_the_board_exports_its_list_or_all_lists_of_the_meeting_each_on_its_own_record(officer, meeting):
    make_inscription(make_panel(meeting).meeting_at_hand, make_delegation("FJI", "Fiji"))

    one, all_lists = (from_board(officer, meeting, extension="csv", **typed) for typed in ({}, {"all_lists": "on"}))

    assert [line["Delegation"] for line in lines_of(one)] == ["Kenya", "Rwanda", "Ghana"]
    assert [line["Delegation"] for line in lines_of(all_lists)] == ["Kenya", "Rwanda", "Ghana", "Fiji"]
    assert len({line["List"] for line in lines_of(all_lists)}) == 2
    assert "List" not in lines_of(one)[0]
    assert all_lists["Content-Disposition"] == 'attachment; filename="dialogue-with-contacts.csv"'
    taken = Entry.objects.filter(act="taken out with contacts").order_by("pk").values_list("stream", flat=True)
    assert list(taken) == ["meeting/dialogue", "meeting/dialogue", "meeting/dialogue/panel"]


def test_a_reader_and_an_unknown_kind_of_file_get_nothing_from_the_board(reader, officer, meeting):
    assert from_board(reader, meeting, extension="csv").status_code == 403
    assert from_board(officer, meeting, extension="exe").status_code == 302
    assert not Entry.objects.filter(act="taken out with contacts").exists()
