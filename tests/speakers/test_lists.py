"""Several lists of one meeting: what each has of its own.  R-62"""

import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

import clock
from dialogue.models import Meeting
from journal.actors import Actor
from journal.models import Entry, Payload
from outbox.models import Message
from secretariat import erasing
from speakers.delegations.access import FOCAL_POINT
from speakers.entries import changing, closing, extensions, late_requests, withdrawing
from speakers.mail import reminding
from speakers.models import Inscription, LateRequest, SpeakersList
from speakers.moves import pinning
from speakers.order import precedence, replaying
from speakers.publishing import revisions
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_level,
    make_meeting,
    make_panel,
    signed_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def plenary():
    return make_meeting().speakers_list


@pytest.fixture
def panel(plenary):
    """A second list of the same meeting, which closes a day after the first."""
    return make_panel(plenary.meeting)


def inscribed(speakers_list, *codes, at=OPEN):
    """Entries of the delegations `codes`, in that order, on `speakers_list`."""
    meeting = speakers_list.meeting
    meeting.speakers_list = speakers_list
    return [make_inscription(meeting, make_delegation(code), at=at) for code in codes]


def codes_of(speakers_list):
    return [place.inscription.delegation.code for place in precedence.speaking_order(speakers_list)]


def test_two_lists_of_a_meeting_are_numbered_and_established_apart(plenary, panel):
    of_plenary, of_panel = inscribed(plenary, "AAA", "BBB"), inscribed(panel, "BBB", "AAA")

    closing.close_due_lists(at=DEADLINE + timedelta(seconds=10))

    assert [entry.receipt_no for entry in [*of_plenary, *of_panel]] == [1, 2, 1, 2]
    assert (codes_of(plenary), codes_of(panel)) == (["AAA", "BBB"], ["BBB", "AAA"])
    plenary.refresh_from_db()
    panel.refresh_from_db()
    assert (plenary.closed_at, panel.closed_at) == (DEADLINE, None)
    assert (plenary.revisions.count(), panel.revisions.count()) == (1, 0)


def test_each_list_has_its_own_chain_in_the_journal(plenary, panel):
    inscribed(plenary, "AAA")
    inscribed(panel, "AAA", "BBB")

    chains = {each.journal_stream: Entry.objects.of_stream(each.journal_stream).count() for each in (plenary, panel)}

    assert chains == {"meeting/dialogue": 2, "meeting/dialogue/panel": 3}


def test_each_list_has_its_own_clock_for_late_comers(plenary, panel):
    with pytest.raises(Exception, match="closed"):
        inscribed(plenary, "AAA", at=DEADLINE)

    assert [entry.receipt_no for entry in inscribed(panel, "AAA", at=DEADLINE)] == [1]


def test_the_revisions_of_another_list_name_it_and_are_numbered_from_one(plenary, panel):
    inscribed(plenary, "AAA")
    inscribed(panel, "AAA")

    first = revisions.publish(plenary, comment="", by=STAFF, as_at=OPEN, at=OPEN)
    other = revisions.publish(panel, comment="", by=STAFF, as_at=OPEN, at=OPEN)

    assert (first.number, other.number) == (1, 1)
    assert ("list" in first.document, other.document["list"]) == (False, "panel")


def test_every_acknowledgement_is_mailed_though_the_numbers_are_the_same(plenary, panel):
    inscribed(plenary, "AAA")
    inscribed(panel, "AAA")

    assert Message.objects.filter(kind="speakers.acknowledgement").count() == 2


@pytest.mark.parametrize("page", ["speakers/", "speakers.json", "speakers/revisions/", "speakers/journal.json"])
def test_another_list_has_the_same_pages_below_its_own_address(client, plenary, panel, page):
    inscribed(plenary, "AAA")
    inscribed(panel, "BBB")

    of_plenary, of_panel = (client.get(f"/meetings/dialogue/{below}{page}") for below in ("", "lists/panel/"))

    assert (of_plenary.status_code, of_panel.status_code) == (200, 200)
    assert client.get(f"/meetings/dialogue/lists/other/{page}").status_code == 404
    if page.startswith("speakers."):
        assert [row["delegation_code"] for row in of_panel.json()["speakers"]] == ["BBB"]


def test_a_receipt_is_found_below_the_address_of_its_list(plenary, panel):
    [entry] = inscribed(panel, "AAA")

    assert entry.get_absolute_url() == f"/meetings/dialogue/lists/panel/speakers/inscriptions/{entry.public_id}/"


def test_a_meeting_has_one_list_at_an_address(plenary):
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakersList.objects.create(meeting=plenary.meeting, opens_at=plenary.opens_at, closes_at=plenary.closes_at)


def test_a_list_must_open_before_it_closes(plenary):
    with pytest.raises(IntegrityError), transaction.atomic():
        SpeakersList.objects.filter(pk=plenary.pk).update(closes_at=plenary.opens_at)


def test_an_entry_that_is_not_stored_belongs_to_the_list_at_hand(plenary, panel):
    plenary.meeting.speakers_list = panel

    assert an_inscription(plenary.meeting).speakers_list == panel


LATE = DEADLINE + timedelta(days=1, hours=1)


def chain_of(speakers_list):
    return list(Entry.objects.of_stream(speakers_list.journal_stream).values_list("act", flat=True))


@pytest.fixture
def lived(plenary, panel):
    """A list that has seen every kind of act on an entry, beside one with a single entry and its own deadline."""
    inscribed(plenary, "AAA")
    first, second, third, fourth, fifth = inscribed(panel, "AAA", "BBB", "CCC", "DDD", "EEE")
    for each in (first, second, third, fourth, fifth):
        each.refresh_from_db()
    by = Actor("aaa@missions.example", FOCAL_POINT)
    changing.change_speaker(first, prefix="", name="Another", title="", by=by, at=OPEN)
    changing.change_level(second, level=make_level("MFA"), title="Minister", by=by, at=OPEN)
    withdrawing.withdraw(third, by=by, at=OPEN)
    pinning.pin(fifth, before=fourth, reason="Leaves early.", by=STAFF, at=OPEN)
    late_comer = make_focal_point(make_delegation("FFF")).delegation
    until = panel.closes_at + timedelta(days=1)
    extensions.grant(panel, delegation=late_comer, until=until, reason="No power", by=STAFF, at=OPEN)
    with clock.stopped(LATE):
        closing.close_due_lists(at=LATE)
        late = LateRequest(
            speakers_list=SpeakersList.objects.get(pk=panel.pk),
            delegation=make_delegation("GGG"),
            level=make_level(),
            contact_name="Mission",
            contact_email="ggg@missions.example",
        )
        who = Actor("ggg@missions.example", FOCAL_POINT)
        late_requests.file(late, by=who, is_on_record=True, arrived_at=LATE, key="g", digest="g")
    panel.refresh_from_db()
    return panel


def test_every_act_on_a_list_is_told_in_its_own_chain_and_the_list_follows_from_it(plenary, lived):
    assert chain_of(plenary) == ["terms fixed", "inscribed", "list closed", "frozen"]
    assert {"speaker changed", "level changed", "withdrawn", "pinned", "late request filed"} <= set(chain_of(lived))
    assert replaying.differences(lived) == []


def test_the_commands_that_verify_read_every_list(plenary, lived, capsys):
    call_command("replay_journal")
    call_command("verify_revision")

    told = capsys.readouterr().out
    assert "dialogue: the list follows" in told
    assert "dialogue/panel: the list follows" in told

    Inscription.objects.filter(speakers_list=lived, receipt_no=1).update(class_seq=9)
    with pytest.raises(CommandError, match="dialogue/panel: "):
        call_command("replay_journal", meeting="dialogue")


def test_mail_about_an_entry_names_the_deadline_and_the_addresses_of_its_own_list(lived):
    for mail in Message.objects.filter(kind__startswith="speakers.", key__contains="/panel/"):
        assert "/meetings/dialogue/speakers/" not in mail.body, mail.kind
    about = Message.objects.filter(kind="speakers.extension").latest("pk")
    assert "/meetings/dialogue/lists/panel/speakers/inscribe/" in about.body


def test_nothing_personal_is_left_on_any_list_once_it_is_due(plenary, lived):
    meeting = Meeting.objects.get()
    at = meeting.ends_at + timedelta(days=200)

    erasing.erase_what_is_due(at=at)

    kept = Inscription.objects.exclude(contact_email="", contact_name="", note="")
    assert not kept.exists()
    streams = [each.journal_stream for each in meeting.lists.all()]
    assert not Payload.objects.filter(entry__stream__in=streams).exclude(entry__act="personal data erased").exists()


def test_delegations_are_reminded_of_each_list_by_its_own_deadline(plenary, panel):
    make_focal_point(make_delegation("AAA"))
    inscribed(plenary, "AAA")

    reminding.remind_delegations(at=panel.closes_at - timedelta(hours=20))

    [mail] = Message.objects.filter(kind="speakers.reminder")
    assert "/meetings/dialogue/lists/panel/speakers/inscribe/" in mail.body


def test_a_receipt_is_opened_below_the_address_of_its_own_list_alone(plenary, panel):
    [entry] = inscribed(panel, "AAA")
    make_focal_point(entry.delegation)
    client = signed_in("aaa@missions.example")

    assert client.get(entry.get_absolute_url()).status_code == 200
    assert client.get(f"/meetings/dialogue/speakers/inscriptions/{entry.public_id}/").status_code == 404


def test_an_entry_on_one_list_does_not_stand_in_the_way_of_the_form_of_another(plenary, panel):
    make_focal_point(make_delegation("AAA"))
    inscribed(plenary, "AAA")
    client = signed_in("aaa@missions.example")

    with clock.stopped(OPEN):
        page = client.get("/meetings/dialogue/lists/panel/speakers/inscribe/").content.decode()

    assert 'name="speaker_name"' in page
    assert "receipt 1" not in page.lower()


# Pages of a meeting with all its lists: a mission's own entries, and the texts that are handed in.
OF_THE_MEETING = re.compile(r"own/|inscriptions/[^/]+/statement/")


@pytest.mark.parametrize("page", ["speakers/", "speakers/revisions/", "speakers/inscribe/", "speakers/sign-in/"])
def test_the_pages_of_a_list_lead_to_its_own_pages(plenary, panel, page):
    make_focal_point(make_delegation("AAA"))
    [entry] = inscribed(panel, "AAA")
    client = signed_in("aaa@missions.example")

    with clock.stopped(OPEN):
        pages = [client.get(f"/meetings/dialogue/lists/panel/{page}"), client.get(entry.get_absolute_url())]

    for answer in pages:
        main = answer.content.decode().partition("<main")[2]
        assert main
        linked = re.findall(r'(?:href|action)="/meetings/dialogue/speakers/([^"]*)"', main)
        assert {link for link in linked if not OF_THE_MEETING.fullmatch(link)} == set()
