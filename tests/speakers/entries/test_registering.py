"""Groups come from a register: no one stands first by inventing one.  R-66 R-11 R-12 R-13 R-61"""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

import clock
from acts.refusals import Refusal
from journal.actors import Actor
from journal.models import Entry
from outbox.models import Message
from speakers.delegations import access
from speakers.entries import extensions, inscribing, late_entries, late_requests, opening, registering, verifying
from speakers.models import Group, Inscription, LateRequest, Registered, SpeakersList
from speakers.order import replaying
from speakers.order.precedence import explain
from tests.at_once import together
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    an_inscription,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_meeting,
    order_of,
    put_on_register,
    written,
)

pytestmark = pytest.mark.django_db
AFTER = DEADLINE + timedelta(hours=1)
EUROPE = Registered.of("European Union", "the European Union and its member States", ["EU"])


@pytest.fixture
def meeting():
    meeting = make_meeting()
    Group.objects.create(short_name="European Union", full_name="the European Union", other_names="EU\nThe Union")
    return meeting


def speak_for(meeting, name, code="AAA", **changes):
    """The entry of the delegation `code` on behalf of the group called `name`, which no one has put on the register."""
    facts = {"capacity": "group", "group_name": name, "is_registered": False} | changes
    return make_inscription(meeting, make_delegation(code), **facts)


def verify(entry, **facts):
    return verifying.verify(Inscription.objects.get(pk=entry.pk), by=STAFF, at=OPEN, **facts)


def register_of(meeting):
    return [group.short_name for group in Group.of_list(SpeakersList.objects.get(pk=meeting.speakers_list.pk))]


# Filing.


def test_twelve_invented_groups_take_no_place_and_each_keeps_its_receipt(meeting):
    for number in range(12):
        speak_for(meeting, f"Invented group {number}")
    make_inscription(meeting, make_delegation("BBB"))

    assert order_of(meeting) == ["BBB"]
    assert list(Inscription.objects.values_list("receipt_no", "state"))[:12] == [
        (number, "unverified") for number in range(1, 13)
    ]


@pytest.mark.parametrize(
    "name", ["european  union", "European\u200b Union", "the European Union", "EU", "The Union", "ＥＵ", "The EU"]
)
def test_a_group_is_found_under_each_of_its_names_however_it_is_spelt(meeting, name):
    entry = speak_for(meeting, name)

    assert (entry.is_standing, entry.group_name, entry.group_key) == (True, "European Union", "european union")


def test_a_second_entry_under_another_name_of_the_group_is_refused(meeting):
    speak_for(meeting, "European Union")

    with pytest.raises(inscribing.InscriptionRefused, match="European Union is already on the list"):
        speak_for(meeting, "EU", "BBB")


def test_a_stranger_who_names_a_registered_group_waits_for_the_sender_alone(meeting):
    entry = speak_for(meeting, "EU", is_verified=False)

    assert (entry.awaits_sender, entry.awaits_group) == (True, False)


def test_a_focal_point_and_a_colleague_file_an_unregistered_group_once(meeting):
    speak_for(meeting, "New Friends")

    with pytest.raises(inscribing.InscriptionRefused, match="New Friends is already on the list"):
        speak_for(meeting, "NEW friends", by=Actor("colleague@missions.example", "focal point"))
    speak_for(meeting, "New Friends", "BBB")


def test_an_observer_speaks_for_the_group_that_the_register_lets_it_speak_for_and_no_other(meeting):
    observer = make_delegation("OBS", band="observers", category="organization", speaks_for_groups=False)
    Group.objects.create(short_name="Its Group", full_name="Its Group").spoken_for_by.add(observer)

    assert speak_for(meeting, "Its Group", "OBS").is_standing
    with pytest.raises(inscribing.InscriptionRefused, match="may not speak on behalf of a group"):
        speak_for(meeting, "European Union", "OBS")


def test_a_group_put_on_the_register_of_all_lists_later_is_not_on_that_of_an_open_one(meeting):
    opening.fix_terms_due(at=OPEN)
    Group.objects.create(short_name="Newer", full_name="the Newer")
    later = make_meeting("later")

    assert not speak_for(meeting, "Newer").is_standing
    assert speak_for(later, "Newer").is_standing


def test_each_list_of_a_meeting_has_a_register_of_its_own(meeting):
    terms = {"opens_at": meeting.speakers_list.opens_at, "closes_at": DEADLINE}
    panel = SpeakersList.objects.create(meeting=meeting, slug="panel", title={"en": "Panel"}, **terms)
    put_on_register(panel, "Of the panel")
    opening.fix_terms_due(at=OPEN)
    registering.register(panel, Registered.of("On the panel"), reason="Asked for", by=STAFF, at=OPEN)

    assert "On the panel" not in register_of(meeting)
    assert panel.journal_stream == Entry.objects.get(act="group registered").stream


def test_the_groups_of_the_meetings_file_are_on_its_register_before_and_after_it_opens(meeting):
    make_delegation("OBS", band="observers", category="organization", speaks_for_groups=False)
    own = {"short_name": "Friends", "full_name": "", "other_names": ["The Union"], "spoken_for_by": ["OBS"]}
    SpeakersList.objects.filter(meeting=meeting).update(own_groups=[own])
    Group.objects.create(short_name="African Group", full_name="the African Group")
    other = make_meeting("other")

    before = register_of(meeting)
    opening.fix_terms_due(at=OPEN)

    assert before == register_of(meeting) == ["Friends", "African Group"]  # the first has a name of the European Union
    assert register_of(other) == ["African Group", "European Union"]
    assert speak_for(meeting, "the union", "OBS").group_name == "Friends"


# What those who wait read.


def test_the_acknowledgement_and_the_officer_read_why_the_entry_waits(meeting):
    speak_for(meeting, "New Friends")

    own, notice = (written(message) for message in Message.objects.order_by("pk"))
    words = "“New Friends” is not on the register of groups, so the secretariat first matches it"
    assert words in own.body
    assert "is not on record" not in own.body
    assert own.to == ["aaa@missions.example"]
    assert "“New Friends” is not on the register of groups. Please match it" in notice.body
    assert "is not on record" not in notice.body


def test_a_stranger_with_an_unregistered_group_reads_both_reasons(meeting):
    entry = speak_for(meeting, "New Friends", is_verified=False)

    own = written(Message.objects.order_by("pk").first()).body
    assert "is not on record for this delegation" in own
    assert "is not on the register of groups" in own
    assert [words.split(": ")[-1] for words in explain(entry)[:2]] == [
        "the address it was filed from is not on record for Aaa.",
        "“New Friends” is not on the register of groups.",
    ]


def test_colleagues_on_record_see_the_entry_that_waits_for_its_group_and_no_strangers_one(meeting):
    colleague = make_focal_point(make_delegation("AAA"), "colleague@missions.example").normalised_email
    own = speak_for(meeting, "New Friends")
    speak_for(meeting, "Other Friends", is_verified=False, contact_email="stranger@x.example")

    assert list(access.visible_to(colleague)) == [own]
    refused = verifying.refuse(own, reason="No such group", by=STAFF, at=OPEN)
    assert list(access.visible_to(colleague)) == [refused]


# Verifying.


def test_an_entry_matched_to_a_group_takes_the_place_that_its_receipt_gives(meeting):
    entry = speak_for(meeting, "Union of Europe")
    put_on_register(meeting.speakers_list, "African Group")
    speak_for(meeting, "African Group", "BBB")

    verify(entry, group=EUROPE, reason="The mission means it")

    entry.refresh_from_db()
    assert (entry.group_name, entry.group_key, entry.is_standing) == ("European Union", "european union", True)
    assert order_of(meeting) == ["AAA", "BBB"]
    told = Entry.objects.get(act="verified").payload
    assert (told.before["group_name"], told.after["group_name"]) == ("Union of Europe", "European Union")
    assert told.reason == "The mission means it"
    assert not Entry.objects.filter(act="group registered", payload__reason="The mission means it").exists()
    assert replaying.differences(meeting.speakers_list) == []


def test_an_entry_whose_group_is_put_on_the_register_stands_and_so_does_the_next_one(meeting):
    entry = speak_for(meeting, "new friends")
    make_inscription(meeting, make_delegation("BBB"))

    verify(entry, group=Registered.of("New Friends", "the Group of New Friends"), reason="By letter")

    entry.refresh_from_db()
    assert entry.group_name == "New Friends"
    assert order_of(meeting) == ["AAA", "BBB"]
    told = Entry.objects.get(act="group registered")
    assert (told.subject, told.payload.reason) == ("list", "By letter")
    assert "New Friends" in told.payload.after["groups"]
    with pytest.raises(inscribing.InscriptionRefused, match="New Friends is already on the list"):
        speak_for(meeting, "the group of new friends", "CCC")
    assert replaying.differences(meeting.speakers_list) == []


def test_the_second_of_two_entries_for_a_new_group_is_refused_in_words(meeting):
    first, second = speak_for(meeting, "New Friends"), speak_for(meeting, "Friends, new", "BBB")
    verify(second, group=Registered.of("New Friends"), reason="By letter")

    with pytest.raises(verifying.VerificationRefused, match="New Friends is already on the list, inscribed by Bbb"):
        verify(first)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, "“New Friends” is not on the register of groups"),
        ({"group": EUROPE}, "Give the reason"),
        ({"group": Registered.of(""), "reason": "By letter"}, "Write the name of the group"),
    ],
)
def test_an_entry_that_waits_for_its_group_is_not_verified_without_one_and_a_reason(meeting, facts, words):
    entry = speak_for(meeting, "New Friends")

    with pytest.raises(Refusal, match=words):
        verify(entry, **facts)

    entry.refresh_from_db()
    assert (entry.state, entry.group_name) == ("unverified", "New Friends")
    assert "New Friends" not in register_of(meeting)


def test_an_entry_whose_group_came_on_the_register_meanwhile_is_verified_without_more(meeting):
    entry = speak_for(meeting, "New Friends")
    registering.register(meeting.speakers_list, Registered.of("New Friends"), reason="Asked for", by=STAFF, at=OPEN)

    verify(entry)

    assert order_of(meeting) == ["AAA"]


# Other doors.


def test_staff_enter_no_one_for_a_group_that_is_not_on_the_register(meeting):
    entry = an_inscription(meeting, capacity="group", group_name="New Friends")

    with pytest.raises(inscribing.InscriptionRefused, match="is not on the register of groups") as refusal:
        late_entries.admit_late(entry, reason="By telephone", by=STAFF, at=OPEN, key="k", digest="d")

    assert refusal.value.field == "group_name"


def test_staff_who_enter_on_behalf_have_the_registered_name(meeting):
    entry = an_inscription(meeting, capacity="group", group_name="EU")

    late_entries.admit_late(entry, reason="By telephone", by=STAFF, at=OPEN, key="k", digest="d")

    assert (entry.group_name, entry.is_standing) == ("European Union", True)


def test_an_unregistered_group_filed_before_the_deadline_is_not_lost_at_it(meeting):
    entry = speak_for(meeting, "New Friends", at=DEADLINE - timedelta(microseconds=1))

    verifying.verify(entry, group=Registered.of("New Friends"), reason="By letter", by=STAFF, at=AFTER)

    assert order_of(meeting) == ["AAA"]


def test_an_extension_holds_for_an_unregistered_group_too(meeting):
    until = DEADLINE + timedelta(hours=2)
    facts = {"until": until, "reason": "Ours was the fault", "by": STAFF, "at": AFTER}
    extensions.grant(meeting.speakers_list, delegation=make_delegation("AAA"), **facts)

    entry = speak_for(meeting, "New Friends", at=AFTER)

    assert (entry.state, entry.extension is not None, entry.is_late) == ("unverified", True, False)


def late_request(meeting, name):
    entry = an_inscription(meeting, make_delegation("AAA"), capacity="group", group_name=name)
    shared = {each: getattr(entry, each) for each in ("capacity", "group_name", "level", "contact_name")}
    request = LateRequest(speakers_list=meeting.speakers_list, delegation=entry.delegation, **shared)
    by = Actor("aaa@missions.example", "focal point")
    with clock.stopped(AFTER):
        return late_requests.file(request, by=by, is_on_record=True, arrived_at=AFTER, key=name, digest=name)


def test_a_late_request_is_accepted_once_its_group_is_matched_or_registered(meeting):
    make_inscription(meeting, make_delegation("BBB"))
    request = late_request(meeting, "New Friends")

    with pytest.raises(inscribing.InscriptionRefused, match="is not on the register of groups"):
        late_requests.accept(request, reason="Time permits", by=STAFF, at=AFTER)
    late_requests.accept(request, reason="Time permits", group=Registered.of("New Friends"), by=STAFF, at=AFTER)

    entry = Inscription.objects.get(group_name="New Friends")
    assert (entry.is_standing, entry.is_late) == (True, True)
    assert replaying.differences(meeting.speakers_list) == []


def test_a_second_late_request_under_another_name_of_the_group_is_refused(meeting):
    late_request(meeting, "EU")

    with pytest.raises(late_requests.RequestRefused, match="already waiting"):
        late_request(meeting, "European Union")


# The register itself.


@pytest.mark.parametrize(
    ("name", "reason", "at", "words"),
    [
        ("eu", "Asked for", OPEN, "“European Union” is on the register under one of these names"),
        ("New Friends", " ", OPEN, "Give the reason"),
        ("", "Asked for", OPEN, "Write the name"),
        ("New Friends", "Asked for", OPEN - timedelta(days=30), "The list has not opened"),
    ],
)
def test_what_is_not_put_on_the_register_is_said(meeting, name, reason, at, words):
    with pytest.raises(registering.RegistrationRefused, match=words):
        registering.register(meeting.speakers_list, Registered.of(name), reason=reason, by=STAFF, at=at)

    assert register_of(meeting) == ["European Union"]


def test_two_groups_share_no_name(meeting):
    with pytest.raises(Exception, match="is on the register under one of these names"):
        Group(short_name="Union", full_name="the EU").full_clean()


def test_a_list_that_opened_before_there_was_a_register_has_the_groups_that_stand_on_it(meeting):
    put_on_register(meeting.speakers_list, "New Friends", "The EU")
    speak_for(meeting, "New Friends")
    waiting = speak_for(meeting, "Other Friends", "BBB")
    SpeakersList.objects.update(groups=None)
    Group.objects.filter(short_name="New Friends").delete()

    assert opening.fix_terms_due(at=OPEN) == 1

    assert register_of(meeting) == ["New Friends", "European Union"]
    waiting.speakers_list = SpeakersList.objects.get()
    assert waiting.awaits_group
    assert replaying.differences(meeting.speakers_list) == []


# Two at the same instant.


def register(meeting, name):
    return registering.register(meeting.speakers_list, Registered.of(name), reason="Asked for", by=STAFF, at=OPEN)


def register_two_at_once(meeting):
    """Whether both groups that two officers put on the register at one instant are on it."""
    opening.fix_terms_due(at=OPEN)
    names = ["First Friends", "Second Friends"]
    assert together(*[lambda name=name: register(meeting, name) for name in names]) == ["done", "done"]
    return set(names) <= set(register_of(meeting))


@pytest.mark.django_db(transaction=True)
def test_two_officers_who_register_two_groups_at_one_instant_lose_neither(meeting):
    assert register_two_at_once(meeting)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_of_the_list_one_of_two_groups_would_be_lost(meeting, monkeypatch):
    """The negative control: both read the register before either adds to it."""
    both_have_read = threading.Barrier(2)

    @contextmanager
    def unlocked(rows):
        row = rows.get()
        both_have_read.wait(10)
        with transaction.atomic():
            yield row

    monkeypatch.setattr(registering, "locked", unlocked)

    assert not register_two_at_once(meeting)


def file_while_it_is_registered(meeting):
    """Whether an entry filed while its group is registered stands just if the journal has it after the group."""
    opening.fix_terms_due(at=OPEN)
    ends = together(lambda: speak_for(meeting, "New Friends"), lambda: register(meeting, "New Friends"))
    assert ends == ["done", "done"]
    filed, registered = (Entry.objects.get(act=act).sequence for act in ("inscribed", "group registered"))
    return Inscription.objects.get().is_standing == (filed > registered)


@pytest.mark.django_db(transaction=True)
def test_an_entry_filed_while_its_group_is_registered_stands_just_if_it_comes_after(meeting):
    assert file_while_it_is_registered(meeting)


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_an_entry_could_come_after_its_group_and_wait(meeting, monkeypatch):
    """The negative control: the entry has read the register, and goes on after the group was put there."""
    has_read, is_registered = threading.Event(), threading.Event()

    @contextmanager
    def unlocked(_read):
        row = SpeakersList.objects.with_places().get(pk=meeting.speakers_list.pk)
        has_read.set()
        assert is_registered.wait(10)
        with transaction.atomic():
            yield row

    def put(*args, **facts):
        assert has_read.wait(10)
        try:
            return registers(*args, **facts)
        finally:
            is_registered.set()

    registers = registering.register
    monkeypatch.setattr(inscribing, "locked", unlocked)
    monkeypatch.setattr(registering, "register", put)

    assert not file_while_it_is_registered(meeting)


@pytest.mark.django_db(transaction=True)
def test_of_two_entries_that_two_officers_match_to_one_group_at_one_instant_one_stands(meeting):
    entries = [speak_for(meeting, "Union of Europe"), speak_for(meeting, "Europe, united", "BBB")]

    ends = together(*[lambda entry=entry: verify(entry, group=EUROPE, reason="They mean it") for entry in entries])

    assert sorted(str(end).split(",")[0] for end in ends) == ["European Union is already on the list", "done"]
    assert Inscription.objects.standing().count() == 1
