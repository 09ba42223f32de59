"""The manifest at the desk of the office: frozen from the terms, viewed, downloaded; and what the front page says.

R-52
"""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import clock
from journal.models import Entry
from registration.models import Manifest, ManifestFile
from registration.requests import ending
from tests.factories import OPEN, STAFF
from tests.registration.factories import make_representative, make_ticketing
from tests.secretariat import pages


@pytest.fixture
def office(sign_in, at_the_desk):
    return sign_in("Civil society officer")


@pytest.fixture
def meeting(at_the_desk, db):
    return make_ticketing().meeting


def freeze_page(meeting):
    return reverse("admin:registration_ticketing_act", args=[meeting.ticketing.pk, "freeze-manifest"])


def page_of(manifest):
    return reverse("admin:registration_manifest_change", args=[manifest.pk])


def file_of(manifest):
    return reverse("admin:registration_manifest_file", args=[manifest.pk])


def test_the_page_shows_who_would_be_on_the_sheet_and_opening_it_freezes_nothing(office, meeting):
    make_representative(meeting, "approved", last_name="Lovelace")

    shown = pages.text(office.get(freeze_page(meeting)))

    assert "To be added Ada Lovelace, Organization" in shown
    assert not Manifest.objects.exists()


def test_freezing_leads_to_the_sheet_with_its_names_and_its_whole_hash(office, meeting):
    make_representative(meeting, "approved", last_name="Lovelace")

    shown = pages.text(office.post(freeze_page(meeting), follow=True))

    manifest = Manifest.objects.get()
    assert "Manifest is frozen: 1 added, 0 withdrawn." in shown
    assert "Ada Lovelace" in shown
    assert manifest.sha256 in shown


def test_what_is_taken_out_twice_is_the_same_file_and_the_journal_says_who_took_it(office, meeting):
    make_representative(meeting, "approved")
    office.post(freeze_page(meeting))
    manifest = Manifest.objects.get()

    first, second = office.post(file_of(manifest)), office.post(file_of(manifest))

    assert first.content == second.content
    assert hashlib.sha256(first.content).hexdigest() == manifest.sha256
    assert manifest.sha256[:12] in first["Content-Disposition"]
    taken = Entry.objects.filter(act="manifest taken out")
    assert [entry.payload.actor_name for entry in taken] == [office.staff.username] * 2


def test_a_look_takes_no_file_out(office, meeting):
    make_representative(meeting, "approved")
    office.post(freeze_page(meeting))

    assert office.get(file_of(Manifest.objects.get())).status_code == 405


def test_an_erased_file_is_said_to_be_erased(office, meeting):
    make_representative(meeting, "approved")
    office.post(freeze_page(meeting))
    ManifestFile.objects.all().delete()
    manifest = Manifest.objects.get()

    page = office.get(page_of(manifest))

    assert "The file was erased" in pages.text(page)
    assert file_of(manifest) not in page.content.decode()
    assert office.post(file_of(manifest)).status_code == 404


def test_a_refusal_is_explained(office, meeting):
    answer = office.post(freeze_page(meeting))

    assert "There is no one to add and no one to withdraw" in pages.text(answer)


@pytest.mark.parametrize("group", ["List officer", "Read only", ""])
def test_people_outside_the_office_neither_freeze_nor_download(sign_in, office, meeting, group):
    make_representative(meeting, "approved")
    office.post(freeze_page(meeting))
    client, manifest = sign_in(group), Manifest.objects.get()

    assert client.post(freeze_page(meeting)).status_code == 403
    assert client.get(page_of(manifest)).status_code == 403
    assert client.post(file_of(manifest)).status_code == 403


def test_the_front_page_says_when_the_sheet_is_due_and_asks_for_action_once_that_is_near(office, meeting):
    make_representative(meeting, "approved")
    with clock.stopped(OPEN - timedelta(days=2)):
        early = pages.text(office.get("/secretariat/"))
    with clock.stopped(meeting.starts_at - timedelta(hours=20)):
        late = pages.text(office.get("/secretariat/"))

    words = "Manifest: 1 approved representative is on no sheet for security."
    assert f"{words} The sheet is due 48 working hours before, by Friday, 2 September 2016" in early
    assert f"Action needed: {words}" not in early
    assert f"Action needed: {words}" in late


def test_the_front_page_says_how_many_names_a_supplement_has_to_withdraw(office, meeting):
    ada = make_representative(meeting, "approved")
    office.post(freeze_page(meeting))
    ending.cancel(ada, by=STAFF, at=OPEN)

    shown = pages.text(office.get("/secretariat/"))

    assert "Manifest: 1 name must be withdrawn by a supplement." in shown


def test_the_sheets_cost_as_many_statements_for_three_as_for_one(office, meeting):
    counts = []
    for number in (1, 3):
        while meeting.manifests.count() < number:
            make_representative(meeting, "approved")
            office.post(freeze_page(meeting))
        with CaptureQueriesContext(connection) as statements:
            page = office.get(reverse("admin:registration_manifest_changelist"))
        counts.append(len(statements))

    assert len(pages.cells(page, "added")) == 3
    assert counts[0] == counts[1]


AT_THE_DOOR = {"Door", "Civil society officer", "Secretariat lead"}
IN_THE_ROOM = {"Conference officer", "List officer", "Read only", "Secretariat lead"}
GROUPS = ["Civil society officer", "List officer", "Read only", "Secretariat lead", "Conference officer", "Door", ""]


@pytest.mark.parametrize("group", GROUPS)
def test_the_front_page_links_to_no_page_its_reader_may_not_open(sign_in, meeting, group):
    client = sign_in(group)
    make_representative(meeting, "confirmed")

    shown = client.get("/secretariat/")

    told = shown.content.decode().split('id="content-main"')[1].split("All pages")[0].split("<footer")[0]
    addresses = {each.split('"')[0].replace("&amp;", "&") for each in told.split('href="')[1:]}
    answers = {address: client.get(address, follow=True).status_code for address in addresses}
    assert answers == dict.fromkeys(addresses, 200)
    assert ("/meetings/dialogue/hand-over/" in addresses) == (group in AT_THE_DOOR)
    assert ("/meetings/dialogue/floor/" in addresses) == (group in IN_THE_ROOM)
    assert bool(addresses) == (group != "")
