"""Correcting contact, copies, language, note and group: by whom, until when, and who is told.  R-67 R-60 R-12"""

import re

import pytest

import clock
from acts.refusals import Refusal
from journal.actors import Actor
from journal.models import Entry
from outbox.models import Message
from speakers.entries import calling, changing, correcting, withdrawing
from speakers.entries.changing import ChangeRefused
from speakers.models import Inscription, SpeakersList
from speakers.order import replaying
from tests.at_once import together
from tests.confirming import seen_in, twice
from tests.factories import (
    DEADLINE,
    OPEN,
    STAFF,
    make_delegation,
    make_focal_point,
    make_inscription,
    make_level,
    make_meeting,
    order_of,
    put_on_register,
    signed_in,
)

pytestmark = pytest.mark.django_db
FOCAL_POINT = Actor("rwa@missions.example", "focal point")
STRANGER = "somebody@elsewhere.example"


@pytest.fixture
def meeting():
    with clock.stopped(OPEN):
        yield make_meeting()


@pytest.fixture
def entry(meeting):
    """The entry of Rwanda, with one copy, before one of Kenya."""
    make_focal_point(make_delegation("RWA"))
    made = make_inscription(meeting, copies=["copy@missions.example"], note="A note.", language="en")
    make_inscription(meeting, make_delegation("KEN"))
    return made


def facts_of(entry, **changes):
    """Everything a correction holds, as it is recorded but for the `changes`."""
    return {name: getattr(entry, name) for name in correcting.OWN} | changes


def correct(entry, by=FOCAL_POINT, at=OPEN, seen=None, **changes):
    return correcting.correct(entry, facts_of(entry, **changes), seen=seen, by=by, at=at)


def group_of(entry, **changes):
    return {name: getattr(entry, name) for name in correcting.OF_THE_GROUP} | changes


def correct_group(entry, by=STAFF, reason="By letter", seen=None, **changes):
    return correcting.correct_group(entry, group_of(entry, **changes), reason=reason, seen=seen, by=by, at=OPEN)


def typed(entry, **changes):
    """The form of a correction, filled in with what is recorded but for the `changes`."""
    facts = facts_of(entry) | {"copies": ", ".join(entry.copies), "contact_telephone": str(entry.contact_telephone)}
    return facts | {"passage_page": entry.passage_page or "", "seen": correcting.version(entry)} | changes


def path_of(entry):
    return entry.get_absolute_url() + "correction/"


def mails_since(last):
    """Each mail after the message `last`, as (kind, everyone it is sent to), sorted."""
    found = Message.objects.filter(pk__gt=last)
    return sorted((mail.kind.removeprefix("speakers."), sorted([*mail.to, *mail.cc])) for mail in found)


def last_mail():
    return Message.objects.order_by("-pk").first().pk


OFFICERS = ["inscription@office.example", "inscription_copy@office.example"]


def test_a_correction_keeps_place_and_receipt_and_is_journalled_before_and_after(meeting, entry):
    done = correct(entry, contact_name="New Desk", language="fr", preferred_sitting="morning", note="Another note.")

    recorded = Entry.objects.get(act="corrected")
    kept = Inscription.objects.get(pk=entry.pk)
    assert (kept.contact_name, kept.language, kept.preferred_sitting) == ("New Desk", "fr", "morning")
    assert (kept.receipt_no, order_of(meeting)) == (done.receipt_no, ["RWA", "KEN"])
    assert recorded.payload.before["note"] == "A note."
    assert recorded.payload.after == {
        "contact_name": "New Desk",
        "language": "fr",
        "preferred_sitting": "morning",
        "note": "Another note.",
    }
    assert replaying.differences(meeting.speakers_list) == []


def test_the_former_and_the_new_address_are_told_once_each(entry):
    last = last_mail()

    correct(entry, contact_email="new@missions.example", copies=["other@missions.example"])

    assert mails_since(last) == [
        ("changed", ["new@missions.example", "other@missions.example", "rwa@missions.example"]),
        ("former_address", ["copy@missions.example"]),
        ("notice_changed", OFFICERS),
    ]


def test_a_replaced_contact_who_did_not_file_it_learns_only_that_it_was_replaced(meeting):
    entry = make_inscription(
        meeting,
        contact_email="wrong@elsewhere.example",
        copies=["Copy@missions.example"],
        by=FOCAL_POINT,
    )
    last = last_mail()

    correct(
        entry,
        contact_email="right@missions.example",
        copies=["copy@missions.example"],
        contact_telephone="+12129630001",
        note="Not for strangers.",
    )

    assert mails_since(last) == [
        ("changed", ["copy@missions.example", "right@missions.example", "rwa@missions.example"]),
        ("former_address", ["wrong@elsewhere.example"]),
        ("notice_changed", OFFICERS),
    ]
    mail = Message.objects.get(kind="speakers.former_address")
    assert "No longer an address for Rwa, receipt 1" in mail.subject
    assert not re.search("right@missions|212963|Not for strangers", mail.body)
    assert Entry.objects.get(act="corrected").hash in mail.body


def test_a_correction_that_keeps_the_addresses_tells_each_of_them_once(entry):
    last = last_mail()

    correct(entry, language="fr", contact_email="RWA@missions.example")

    [changed, officer] = mails_since(last)
    assert (changed[0], officer[0]) == ("changed", "notice_changed")
    assert changed[1] == ["RWA@missions.example", "copy@missions.example"]


def test_of_an_unverified_entry_only_its_filer_is_told(meeting):
    entry = make_inscription(
        meeting, is_verified=False, by=Actor(STRANGER, "unverified person"), contact_email="victim@missions.example"
    )
    last = last_mail()

    correct(entry, by=Actor(STRANGER, "unverified person"), contact_email="second@missions.example", note="Buy this")

    assert mails_since(last) == [("changed", [STRANGER]), ("notice_changed", OFFICERS)]


def test_what_changes_nothing_is_neither_journalled_nor_mailed(entry):
    last = last_mail()

    correct(entry, seen="of another page")

    assert mails_since(last) == []
    assert not Entry.objects.filter(act="corrected").exists()


def test_a_second_correction_is_recorded_too_and_tells_the_address_of_the_first(entry):
    correct(entry, contact_email="first@missions.example")
    last = last_mail()

    correct(Inscription.objects.get(pk=entry.pk), contact_email="second@missions.example")

    assert ("former_address", ["first@missions.example"]) in mails_since(last)
    assert Entry.objects.filter(act="corrected").count() == 2


def test_a_correction_is_possible_after_closing_and_refused_in_words_once_called(entry):
    correct(entry, at=DEADLINE, language="fr")
    calling.call(entry, entry.speakers_list, by=STAFF, at=DEADLINE)

    with pytest.raises(ChangeRefused, match="called"):
        correct(entry, at=DEADLINE, language="es")

    assert Inscription.objects.get(pk=entry.pk).language == "fr"


def test_a_withdrawn_entry_is_not_corrected(entry):
    withdrawing.withdraw(entry, by=STAFF, at=OPEN)

    with pytest.raises(ChangeRefused, match="withdrawn"):
        correct(entry, language="fr")


def test_what_another_has_corrected_meanwhile_is_shown_before_it_is_overwritten(entry):
    seen = correcting.version(entry)
    correct(entry, by=STAFF, copies=["staff@missions.example"], language="fr", contact_telephone="")

    with pytest.raises(ChangeRefused) as refusal:
        correct(entry, seen=seen, note="", language="en")
    question = refusal.value
    before = Inscription.objects.get(pk=entry.pk)
    correct(entry, seen=question.shown, note="", language="en")

    assert (question.field, question.asks_twice) == ("seen", True)
    assert list(question.details) == [
        "Copies to: staff@missions.example",
        "Note to the secretariat: A note.",
        "Language of delivery: French",
    ]
    assert (before.language, before.note) == ("fr", "A note.")
    assert Inscription.objects.get(pk=entry.pk).copies == ["copy@missions.example"]


def test_a_change_of_speaker_meanwhile_is_no_reason_to_ask(entry):
    seen = correcting.version(entry)
    changing.change_speaker(entry, prefix="", name="Another", title="", by=STAFF, at=OPEN)

    correct(entry, seen=seen, language="fr")

    kept = Inscription.objects.get(pk=entry.pk)
    assert (kept.speaker_name, kept.language) == ("Another", "fr")


def test_only_the_entry_that_is_meant_is_corrected(meeting, entry):
    group = make_inscription(meeting, capacity="group", group_name="Group of Friends", note="A note.")
    panel = SpeakersList.objects.create(
        meeting=meeting,
        slug="panel",
        title={"en": "Panel"},
        opens_at=meeting.speakers_list.opens_at,
        closes_at=DEADLINE,
    )
    meeting.speakers_list = panel
    other = make_inscription(meeting, make_delegation("RWA"), note="A note.")

    correct(group, note="Of the group.")

    assert [Inscription.objects.get(pk=each.pk).note for each in (entry, group, other)] == [
        "A note.",
        "Of the group.",
        "A note.",
    ]
    assert Entry.objects.get(act="corrected").stream == group.speakers_list.journal_stream


def at_once(entry, seen):
    """Two people correct the note and the language of `entry` together, from pages that have shown `seen`."""
    corrections = [{"note": "One."}, {"language": "fr"}]
    return together(*[lambda changes=changes: correct(entry, seen=seen, **changes) for changes in corrections])


@pytest.mark.django_db(transaction=True)
def test_of_two_who_correct_at_once_one_is_asked_and_neither_undoes_the_other():
    entry = make_inscription(make_meeting(), note="A note.")

    ends = at_once(entry, correcting.version(entry))

    assert ends.count("done") == 1
    assert sum(isinstance(end, ChangeRefused) for end in ends) == 1
    kept = Inscription.objects.get()
    assert (kept.note, kept.language) in {("One.", "en"), ("A note.", "fr")}
    assert Entry.objects.filter(act="corrected").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_what_was_seen_the_second_would_undo_the_first_unasked():
    """The negative control: with the protection off, both are done, and only the last one is left."""
    entry = make_inscription(make_meeting(), note="A note.")

    ends = at_once(entry, None)

    assert ends == ["done", "done"]
    kept = Inscription.objects.get()
    assert (kept.note, kept.language) in {("One.", "en"), ("A note.", "fr")}
    assert Entry.objects.filter(act="corrected").count() == 2


# The group.


@pytest.fixture
def group(meeting):
    return make_inscription(meeting, capacity="group", group_name="Group of Freinds", group_size=40)


def test_staff_correct_a_group_for_a_reason_and_its_key_with_it(meeting, group):
    put_on_register(meeting.speakers_list, "Group of Friends")
    last = last_mail()

    correct_group(group, group_name="the group of  friends", group_size=45, group_members="Rwanda and others")

    kept, recorded = Inscription.objects.get(), Entry.objects.get(act="group corrected")
    assert (kept.group_name, kept.group_key, kept.group_size) == ("Group of Friends", "group of friends", 45)
    assert recorded.payload.reason == "By letter"
    assert recorded.payload.before["group_name"] == "Group of Freinds"
    assert mails_since(last) == [("changed", ["rwa@missions.example"]), ("notice_changed", OFFICERS)]
    body = Message.objects.get(kind="speakers.changed").body
    assert "Group: Group of Friends\nNumber of members: 45\nMembers: Rwanda and others\n" in body
    assert replaying.differences(meeting.speakers_list) == []


def test_the_name_of_a_group_that_stands_is_refused_and_its_own_in_other_letters_is_the_registered_one(meeting, group):
    make_inscription(meeting, make_delegation("KEN"), capacity="group", group_name="African Group")

    with pytest.raises(ChangeRefused, match="is already on the list, inscribed by Ken") as refusal:
        correct_group(group, group_name="AFRICAN  group")
    correct_group(group, group_name="GROUP OF FREINDS", group_size=41)

    assert refusal.value.field == "group_name"
    kept = Inscription.objects.get(pk=group.pk)
    assert (kept.group_name, kept.group_size) == ("Group of Freinds", 41)


def test_a_standing_entry_is_not_corrected_to_a_group_that_is_not_on_the_register(group):
    with pytest.raises(ChangeRefused, match="“Group of Friends” is not on the register of groups") as refusal:
        correct_group(group, group_name="Group of Friends")

    assert refusal.value.field == "group_name"
    assert Inscription.objects.get().group_name == "Group of Freinds"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"by": FOCAL_POINT}, "Only the secretariat"),
        ({"reason": " "}, "Give the reason"),
        ({"group_name": ""}, "Write the name of the group"),
    ],
)
def test_a_group_is_corrected_by_staff_with_a_reason_and_a_name_alone(group, changes, words):
    with pytest.raises(ChangeRefused, match=words):
        correct_group(group, **{"group_name": "Group of Friends", **changes})

    assert Inscription.objects.get().group_name == "Group of Freinds"


def test_an_entry_in_national_capacity_has_no_group_to_correct(entry):
    with pytest.raises(ChangeRefused, match="not on behalf of a group"):
        correct_group(entry, group_name="Group of Friends")


def test_a_group_that_a_colleague_has_corrected_meanwhile_is_asked_about(meeting, group):
    put_on_register(meeting.speakers_list, "Group of Friends")
    seen = correcting.version(group)
    correct_group(group, group_name="Group of Friends")

    with pytest.raises(Refusal) as refusal:
        correct_group(group, seen=seen, group_size=50)

    assert list(refusal.value.details) == ["Group: Group of Friends", "Number of members of the group: 40"]


# The page of the delegation.


def test_the_receipt_leads_to_a_form_with_what_is_recorded(entry):
    receipt = signed_in("rwa@missions.example").get(entry.get_absolute_url()).content.decode()
    page = signed_in("rwa@missions.example").get(path_of(entry)).content.decode()

    assert f'href="{path_of(entry)}"' in receipt
    for value in ["Mission of Rwa", "rwa@missions.example", "copy@missions.example"]:
        assert f'value="{value}"' in page
    assert "A note.</textarea>" in page


def test_the_delegation_corrects_everything_on_one_page_in_one_press(entry):
    changes = {
        "contact_name": "New Desk",
        "contact_email": "new@missions.example",
        "contact_telephone": "+1 212 963 5063",
        "copies": "one@missions.example; two@missions.example",
        "language": "other",
        "other_language": "Kinyarwanda",
        "preferred_sitting": "afternoon",
        "note": "",
    }

    answer = signed_in("rwa@missions.example").post(path_of(entry), typed(entry, **changes), follow=True)

    kept = Inscription.objects.get(pk=entry.pk)
    assert "The correction is recorded. The place stays." in answer.content.decode()
    assert kept.copies == ["one@missions.example", "two@missions.example"]
    assert (kept.contact_telephone.as_e164, kept.other_language, kept.note) == ("+12129635063", "Kinyarwanda", "")
    assert Entry.objects.get(act="corrected").payload.actor_name == "rwa@missions.example"


def test_a_group_or_a_delegation_written_into_the_form_is_ignored(meeting, group):
    make_focal_point(make_delegation("RWA"))

    signed_in("rwa@missions.example").post(
        path_of(group), typed(group, note="New.", group_name="Another Group", delegation="KEN", state="withdrawn")
    )

    kept = Inscription.objects.get()
    assert (kept.note, kept.group_name, kept.delegation.code, kept.state) == (
        "New.",
        "Group of Freinds",
        "RWA",
        "standing",
    )


def test_a_page_opened_before_another_correction_asks_keeps_what_was_typed_and_is_done_by_the_second_press(entry):
    stale = typed(entry, note="My note.")
    correct(entry, by=STAFF, language="fr")
    client = signed_in("rwa@missions.example")

    asked = client.post(path_of(entry), stale)
    before = Inscription.objects.get(pk=entry.pk).note
    client.post(path_of(entry), stale | {"seen": seen_in(asked)})

    page = asked.content.decode()
    assert asked.status_code == 422
    assert "This entry was corrected since you opened the page." in page
    assert "Language of delivery: French" in page
    assert "My note.</textarea>" in page
    assert before == "A note."
    assert Inscription.objects.get(pk=entry.pk).note == "My note."


def test_a_wrong_address_is_answered_at_its_field(entry):
    answer = signed_in("rwa@missions.example").post(path_of(entry), typed(entry, contact_email="no address"))

    assert answer.status_code == 422
    assert 'id="id_contact_email_error"' in answer.content.decode()
    assert not Entry.objects.filter(act="corrected").exists()


def test_a_change_of_level_still_asks_after_a_correction(entry):
    correct(entry, language="fr")
    make_level("HOS")

    answer = twice(
        signed_in("rwa@missions.example"), entry.get_absolute_url() + "level/", {"level": "HOS", "speaker_title": ""}
    )

    assert answer.headers["Location"] == entry.get_absolute_url()
