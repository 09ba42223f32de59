"""A backup that was taken while the site was on hold is put on hold when it is restored.  R-76"""

import shutil
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command

import clock
from outbox.models import KeptFor, Message, State
from secretariat.integrity.findings import findings
from secretariat.models import Database, Restoration
from secretariat.recovery import marks, report, restoring
from speakers.models import SignIn, SpeakersList
from tests.factories import OPEN, make_delegation, make_inscription

pytestmark = pytest.mark.django_db
FIRST, BACKUP, SECOND = (OPEN + timedelta(hours=hours) for hours in (0, 1, 2))


@pytest.fixture
def lost(meeting, settings):
    """A backup of `BACKUP`, while the hold of `FIRST` stood, is restored on a new machine at `SECOND`: no mark."""
    restoring.hold(at=FIRST)
    with clock.stopped(BACKUP):
        make_inscription(meeting, make_delegation("CCC"))
        SignIn.objects.create(email="a@missions.example", code_hash="c", token_hash="t", created_at=BACKUP)
        Session.objects.create(session_key="s" * 32, expire_date=SECOND)
    shutil.rmtree(settings.VAR_DIR / "marks")
    with clock.stopped(SECOND):
        yield meeting


def last_numbers():
    return dict(SpeakersList.objects.values_list("slug", "last_receipt_no"))


def test_mail_codes_sessions_and_numbers_are_held_a_second_time(lost, capsys):
    waiting = Message.objects.filter(state=State.QUEUED)
    unsent, before = list(waiting.values_list("pk", flat=True)), last_numbers()
    former = Restoration.objects.get()

    call_command("after_restore", force=True, gap_from=BACKUP)

    told, standing = capsys.readouterr().out, Restoration.objects.standing().get()
    assert unsent
    assert set(Message.objects.filter(pk__in=unsent).values_list("state", "kept_back_for")) == {
        (State.KEPT, KeptFor.WAITING)
    }
    assert not waiting.exists()
    assert (SignIn.objects.count(), Session.objects.count()) == (0, 0)
    assert before == {"": 203, "panel": 200}
    assert last_numbers() == {"": 403, "panel": 400}
    assert (standing.gap_from, standing.gap_until, standing.pk != former.pk) == (BACKUP, SECOND, True)
    assert "the last receipt in the backup is 203; receipts go on at 404." in told
    assert "on hold already. Only" not in told
    assert "It was on hold already, since Wednesday, 31 August 2016, 5:00 p.m. (UTC), after an earlier restore" in told
    assert findings(at=SECOND) == []


def test_run_again_without_force_only_numbers_are_raised_and_it_says_how_to_hold_it_again(lost, capsys):
    call_command("after_restore", force=True)
    first, mail = Restoration.objects.standing().get(), make_inscription(lost, make_delegation("DDD"))
    capsys.readouterr()

    call_command("after_restore", receipt=[("dialogue", 450)])

    told = capsys.readouterr().out
    assert "Only receipt numbers are raised" in told
    assert "say --force" in told
    assert Restoration.objects.standing().get() == first
    assert (mail.receipt_no, last_numbers()) == (404, {"": 650, "panel": 400})
    assert Message.objects.filter(state=State.QUEUED).exists()


def test_a_report_names_no_other_hold_once_its_own_has_ended_at_once(meeting):
    restoration = restoring.hold(at=FIRST)
    Restoration.objects.update(let_go_at=FIRST)

    assert not [words for words in report.sentences(restoration) if "on hold already" in words]


def test_a_copy_with_its_marks_is_held_a_second_time_too(meeting):
    """As in the embedded mode, whose folder is copied back as a whole."""
    restoring.hold(at=FIRST)
    marks.leave(at=BACKUP)
    identity = Database.objects.get().identity

    with clock.stopped(SECOND):
        call_command("after_restore", force=True)

    assert Restoration.objects.standing().get().former_identity == identity
    assert Restoration.objects.count() == 2
    assert last_numbers() == {"": 402, "panel": 400}
