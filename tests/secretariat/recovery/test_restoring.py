"""After a restore nothing is mailed twice, no number is given twice, and the record says so.  R-76 R-77"""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

import clock
from config.celery import app
from dialogue.models import Meeting
from journal import chain_file
from journal.models import Entry
from journal.recording import record
from outbox import desk, posting
from outbox.models import KeptFor, Message, State
from secretariat.integrity.findings import findings
from secretariat.models import Database, Restoration
from secretariat.recovery import letting_go, marks, recognizing, restoring
from secretariat.recovery.numbers import Known, RestoreRefused
from speakers.models import Inscription, SignIn, SpeakersList
from speakers.tasks import close_due_lists
from tests.at_once import together
from tests.factories import DEADLINE, OPEN, STAFF, make_delegation, make_inscription

pytestmark = pytest.mark.django_db


def write(key, **options):
    posting.post(
        key=key, **{"kind": "notice", "to": ["a@missions.example"], "subject": "Words", "body": "Text"} | options
    )
    return Message.objects.get(key=key)


def numbers():
    return {each.slug: each.last_receipt_no for each in SpeakersList.objects.all()}


def test_unsent_mail_is_kept_back_codes_are_dropped_and_drafts_stay(meeting):
    Message.objects.all().delete()
    waiting, failed, draft = write("waiting"), write("failed"), write("draft", hold=True)
    code = write("code", kind="sign-in", is_secret=True)
    Message.objects.filter(pk=failed.pk).update(state=State.FAILED, next_attempt_at=None)
    SignIn.objects.create(email="a@missions.example", code_hash="c", token_hash="t", created_at=OPEN)

    restoration = restoring.hold(at=clock.now())

    found = {each.pk: (each.state, each.kept_back_for) for each in Message.objects.all()}
    assert found[waiting.pk] == (State.KEPT, KeptFor.WAITING)
    assert found[failed.pk] == (State.KEPT, KeptFor.FAILED)
    assert found[draft.pk] == (State.HELD, "")
    assert found[code.pk] == (State.DROPPED, "")
    assert Message.objects.get(pk=code.pk).body == ""
    assert not Message.objects.due(clock.now() + timedelta(days=1)).exists()
    assert not SignIn.objects.exists()
    assert {name: restoration.facts[name] for name in ("kept", "dropped", "held", "codes")} == {
        "kept": 2,
        "dropped": 1,
        "held": 1,
        "codes": 1,
    }


def test_the_numbers_of_each_list_go_on_above_the_gap_and_all_is_whole(meeting):
    restoring.hold(at=clock.now())

    entry = make_inscription(meeting, make_delegation("CCC"))

    assert (entry.receipt_no, numbers()) == (203, {"": 203, "panel": 200})
    assert findings(at=clock.now()) == []
    streams = {each.journal_stream for each in SpeakersList.objects.all()}
    assert set(Entry.objects.filter(act="restored").values_list("stream", flat=True)) == streams
    assert set(Entry.objects.filter(act="numbers skipped").values_list("subject", flat=True)) == {
        "receipts/3-202",
        "receipts/1-200",
    }


def test_an_entry_inside_the_gap_and_a_gap_that_hides_an_entry_are_found(meeting):
    restoring.hold(at=clock.now())
    Inscription.objects.filter(receipt_no=2).update(receipt_no=7)

    inside = findings(at=clock.now())
    Inscription.objects.filter(receipt_no=7).delete()
    record("numbers skipped", stream=meeting.journal_stream, subject="receipts/2-2", by=STAFF, at=OPEN)
    hidden = findings(at=clock.now())

    assert "dialogue: Receipt number 7 was skipped after a restore, and an entry has it." in inside
    assert "dialogue: Receipt number 2 was given, and no entry has it." in inside
    assert "dialogue: The journal skips receipts/2-2, which does not follow the numbers before." in hidden
    assert "dialogue: Receipt number 2 was given, and no entry has it." in hidden


def test_what_is_known_outside_raises_the_numbers_and_a_second_run_does_nothing_more(meeting, tmp_path):
    marks.leave(at=clock.now())
    main = SpeakersList.objects.get(slug="")
    hashes = [*chain_file.hashes_of(main.journal_stream), *(f"{number:064x}" for number in range(30))]
    kept = tmp_path / "journal.json"
    kept.write_text(json.dumps(chain_file.document(main.journal_stream, hashes)))
    given = {"kept": [kept], "margin": 10}

    with pytest.raises(CommandError, match="nothing shows that it was restored"):
        call_command("after_restore", **given)
    before = numbers()
    for force in (True, False):
        call_command("after_restore", force=force, **given)
    after_chains = numbers()
    call_command("after_restore", receipt=[("dialogue/panel", 57)], margin=10)

    assert before == {"": 2, "panel": 0}
    assert after_chains == {"": 42, "panel": 10}
    assert numbers() == {"": 42, "panel": 67}
    assert findings(at=clock.now()) == []
    assert Restoration.objects.count() == 1


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (Known(receipts=[("dialogue/other", 5)]), "There is no list “dialogue/other”"),
        (Known(receipts=[("", 99_999_999)]), "far above all numbers"),
        (Known(margin=-1), "The margin is a number"),
    ],
)
def test_a_slip_of_the_hand_is_refused_and_nothing_is_done(meeting, known, words):
    with pytest.raises(RestoreRefused, match=words):
        restoring.hold(known, at=clock.now())

    assert numbers() == {"": 2, "panel": 0}
    assert not Restoration.objects.exists()


def test_an_older_database_is_put_on_hold_by_itself_before_anything_is_done(restored):
    former = Database.objects.get().identity
    waiting = write("waiting")

    call_command("drain_outbox")

    waiting.refresh_from_db()
    restoration = Restoration.objects.get()
    assert waiting.state == State.KEPT
    assert (restoration.was_recognized, restoration.former_identity) == (True, former)
    assert Database.objects.get().identity != former
    assert numbers() == {"": 202, "panel": 200}


def test_a_mark_tells_numbers_that_the_backup_does_not_know(meeting):
    SpeakersList.objects.filter(slug="panel").update(last_receipt_no=500)
    marks.leave(at=clock.now())
    SpeakersList.objects.filter(slug="panel").update(last_receipt_no=0)
    Database.objects.update(number=0)

    recognizing.look()

    assert numbers()["panel"] == 700


def test_the_same_backup_restored_once_more_is_recognized_once_more(restored):
    backup = Database.objects.values("identity", "number").get()
    recognizing.look()
    Restoration.objects.all().delete()
    Database.objects.update(**backup)

    recognizing.look()

    assert Restoration.objects.get().former_identity == backup["identity"]


@pytest.mark.django_db(transaction=True)
def test_two_processes_that_recognize_it_at_once_put_it_on_hold_once(restored):
    assert together(recognizing.look, recognizing.look).count("done") == 2

    assert Restoration.objects.count() == 1
    assert Entry.objects.filter(act="site restored").count() == 1
    assert numbers() == {"": 202, "panel": 200}


@pytest.mark.parametrize("case", ["newer", "no mark", "another site", "rubbish"])
def test_nothing_is_put_on_hold_where_no_mark_is_ahead(meeting, settings, case):
    marks.leave(at=clock.now())
    [mark] = settings.VAR_DIR.glob("marks/*.json")
    if case == "newer":
        Database.objects.update(number=9)
    elif case == "another site":
        mark.rename(mark.with_name("7c3ccd8e-0f0c-4a5c-9f5c-3a3a0a3d6a11.json"))
        Database.objects.update(number=0)
    else:
        mark.write_text("[]") if case == "rubbish" else mark.unlink()
        Database.objects.update(number=0)

    recognizing.look()

    assert not Restoration.objects.exists()


def close_the_list_on_time():
    """Run the task of the worker after the deadline. Returns the states of the mails that this wrote."""
    before = list(Message.objects.values_list("pk", flat=True))
    with clock.stopped(DEADLINE + timedelta(minutes=1)):
        app.tasks[close_due_lists.name]()
    assert SpeakersList.objects.get(slug="").closed_at == DEADLINE
    return set(Message.objects.exclude(pk__in=before).values_list("state", flat=True))


def test_what_is_done_on_time_a_second_time_is_not_mailed_until_the_site_is_let_go(meeting):
    restoration = restoring.hold(at=clock.now())

    assert close_the_list_on_time() == {State.KEPT}
    with recognizing.on_time():
        assert write("alert", kind="floor.alert").state == State.QUEUED
    assert write("receipt", kind="speakers.acknowledgement").state == State.QUEUED

    with pytest.raises(RestoreRefused, match="kept back"):
        letting_go.let_go(restoration, by=STAFF, at=clock.now(), reason="Compared")
    desk.drop_kept_all(list(Message.objects.kept().values_list("pk", flat=True)), at=clock.now())
    letting_go.let_go(restoration, by=STAFF, at=clock.now(), reason="Compared")
    with recognizing.on_time():
        assert write("later").state == State.QUEUED
    with pytest.raises(RestoreRefused, match="no longer on hold"):
        letting_go.let_go(restoration, by=STAFF, at=clock.now(), reason="Compared")


def test_without_the_hold_the_same_mails_go_out(meeting):
    assert close_the_list_on_time() == {State.QUEUED}


def test_a_backup_of_the_future_is_refused(meeting):
    with pytest.raises(RestoreRefused, match="after now"):
        restoring.hold(gap_from=clock.now() + timedelta(days=1), at=clock.now())


def test_a_meeting_with_a_clock_of_its_own_says_nothing_of_when_the_backup_was_made(meeting):
    Meeting.objects.update(is_rehearsal=True, clock_shift=timedelta(days=-3000))

    assert restoring.hold(at=clock.now()) is not None


def test_a_list_that_has_not_opened_gave_no_numbers(meeting):
    later = {"opens_at": clock.now() + timedelta(days=30), "closes_at": clock.now() + timedelta(days=31)}
    SpeakersList.objects.filter(slug="panel").update(**later)

    restoring.hold(Known(margin=50), at=clock.now())

    assert numbers()["panel"] == 0
