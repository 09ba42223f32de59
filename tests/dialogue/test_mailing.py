"""Mail about a meeting goes out; mail of a rehearsal waits, because the officers in its file are real people.  R-10"""

import ast
from datetime import timedelta

import pytest
from django.conf import settings as project
from django.core import mail
from django.core.management import call_command

import clock
from dialogue import mailing
from journal.actors import SYSTEM
from outbox.delivery import sweeping
from outbox.models import Message
from speakers.loading import rehearse
from speakers.mail import reminding
from tests.factories import make_delegation, make_focal_point, make_inscription, make_meeting, written
from tests.speakers.loading.test_rehearsing import FILE

pytestmark = pytest.mark.django_db
State = Message.State
MAIL = {"kind": "test", "to": ["officer@un.org"], "subject": "An entry", "body": "It was recorded.\n"}
APPS = ["dialogue", "speakers", "registration", "floor", "api", "secretariat", "config"]


@pytest.fixture(autouse=True)
def _mail_leaves_the_machine(settings):
    settings.MAILBOX_DIR = None


def state_of(meeting, **more):
    mailing.post(meeting, key="test", **MAIL, **more)
    return Message.objects.get(key="test").state


def test_mail_about_a_meeting_goes_out():
    assert state_of(make_meeting()) == State.QUEUED


def test_mail_of_a_rehearsal_waits_and_is_marked():
    assert state_of(make_meeting(is_rehearsal=True)) == State.HELD
    message = Message.objects.get()
    assert (message.is_rehearsal, message.is_withheld) == (True, True)


def test_a_draft_that_waits_for_staff_waits_for_them_in_a_rehearsal_too():
    assert state_of(make_meeting(is_rehearsal=True), hold=True) == State.HELD
    assert not Message.objects.get().is_withheld


def test_the_subject_says_that_it_is_of_a_rehearsal():
    for meeting in [make_meeting(), make_meeting("rehearsal", is_rehearsal=True)]:
        mailing.post(meeting, key=meeting.slug, **MAIL)

    named = "An entry – Informal interactive dialogue, 6 September 2016"
    assert [message.subject for message in Message.objects.order_by("pk")] == [named, f"Rehearsal: {named}"]


def test_the_subject_names_the_meeting_in_the_language_of_the_mail_and_once():
    meeting = make_meeting(title={"en": "Dialogue", "fr": "Débat"})
    subjects = [mailing.subject_of(meeting, words, "fr") for words in ["Rwanda : reçu 7", "Le Débat change"]]

    assert subjects == ["Rwanda : reçu 7 – Débat, 6 septembre 2016", "Le Débat change"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Word " * 40, "Word " * 15 + "Word…"),
        ("会" * 200, "会" * 80 + "…"),
        ("Dialogue\r\nBcc: all@missions.example", "Dialogue Bcc: all@missions.example"),
    ],
)
def test_a_title_that_is_long_or_hostile_neither_fills_the_subject_nor_makes_a_header(title, shown):
    mailing.post(make_meeting(title={"en": title}), key="test", **MAIL)

    assert Message.objects.get().subject == f"An entry – {shown}, 6 September 2016"


def test_mail_of_a_rehearsal_goes_where_staff_let_it():
    assert state_of(make_meeting(is_rehearsal=True, rehearsal_mail_goes_out=True)) == State.QUEUED


def test_mail_of_a_rehearsal_goes_where_all_mail_stays_on_this_machine(settings, tmp_path):
    settings.MAILBOX_DIR = tmp_path

    assert state_of(make_meeting(is_rehearsal=True)) == State.QUEUED


def test_a_link_goes_to_the_person_who_asked_for_it_in_a_rehearsal_too():
    assert state_of(make_meeting(is_rehearsal=True), is_secret=True) == State.QUEUED


def test_the_switch_means_nothing_for_a_meeting():
    assert state_of(make_meeting(rehearsal_mail_goes_out=False)) == State.QUEUED


def test_a_rehearsal_of_the_shipped_file_mails_no_one_whatever_happens_in_it():
    meeting = rehearse(FILE, slug="rehearsal", by=SYSTEM, at=clock.now()).meeting
    make_focal_point(make_delegation("FRA"))

    make_inscription(meeting, at=clock.now())
    reminding.remind_delegations(at=meeting.speakers_list.closes_at - timedelta(hours=1))
    sweeping.drain()

    assert mail.outbox == []
    assert {message.state for message in Message.objects.all()} == {State.HELD}
    assert ["poliakova@un.org"] in [written(message).to for message in Message.objects.all()]


def test_without_the_holding_the_same_mails_the_officer_of_the_file():
    meeting = rehearse(FILE, slug="rehearsal", by=SYSTEM, at=clock.now()).meeting
    meeting.rehearsal_mail_goes_out = True
    meeting.save()

    make_inscription(meeting, at=clock.now())
    sweeping.drain()

    assert ["poliakova@un.org"] in [message.to for message in mail.outbox]


def test_those_not_inscribed_get_no_reminder_of_a_rehearsal_whose_mail_is_held():
    rehearsal, meeting = make_meeting("rehearsal", is_rehearsal=True), make_meeting()
    make_focal_point(make_delegation("FRA"))

    reminding.remind_delegations(at=rehearsal.speakers_list.closes_at - timedelta(hours=1))

    assert set(Message.objects.values_list("about", flat=True)) == {meeting.slug}


def test_loading_a_rehearsal_prints_that_its_mail_is_held(capsys):
    call_command("load_rehearsal")

    assert "Its mail is held at the mail desk" in capsys.readouterr().out


def test_loading_a_meeting_prints_who_gets_its_mail(capsys):
    call_command("load_meeting", FILE)

    words = "Mail about it goes to the officers named in the file: poliakova@un.org, muturi@un.org, osapg@un.org."
    assert words in capsys.readouterr().out


def calls_of_post(source):
    """The keywords of each call of `posting.post` in the text of a module."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [{each.arg for each in call.keywords} for call in calls if ast.unparse(call.func) == "posting.post"]


def test_no_module_posts_about_a_meeting_by_another_door():
    modules = [path for app in APPS for path in (project.BASE_DIR / app).rglob("*.py")]
    posting = {str(path.relative_to(project.BASE_DIR)): calls_of_post(path.read_text()) for path in modules}
    found = {name: calls for name, calls in posting.items() if calls}

    of_no_meeting = {"speakers/delegations/guesses.py", "speakers/delegations/signing_in.py"}
    assert set(found) == {"dialogue/mailing.py", *of_no_meeting}
    assert not any("about" in names for module in of_no_meeting for names in found[module])
