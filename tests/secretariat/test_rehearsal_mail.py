"""Staff see that the mail of a rehearsal is held, release it for a reason, and hold it again.  R-10"""

import pytest
from django.urls import reverse

from acts.refusals import Refusal
from dialogue import mailing
from journal.models import Entry
from outbox.models import Message
from speakers.mail import rehearsal_mail
from tests import factories
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
HELD = "Mail of this rehearsal is held at the mail desk: it is sent only if staff release it."


@pytest.fixture(autouse=True)
def _mail_leaves_the_machine(settings):
    settings.MAILBOX_DIR = None


@pytest.fixture
def rehearsal():
    return factories.make_meeting("rehearsal", is_rehearsal=True)


def write(meeting, key="test", **more):
    facts = {"kind": "test", "to": ["officer@un.org"], "subject": "An entry", "body": "Recorded.\n"}
    mailing.post(meeting, key=key, **facts, **more)
    return Message.objects.get(key=key)


def act(client, meeting, name, reason="The delegations expect it."):
    return client.post(pages.meeting_act(meeting, name), {"reason": reason}, follow=True)


def test_the_front_page_says_it_and_asks_for_nothing(reader, rehearsal):
    write(rehearsal)

    shown = pages.text(reader.get("/secretariat/"))

    assert HELD in shown
    assert "1 mail of a rehearsal is held back." in shown
    assert "0 mails are held back." in shown
    assert "Action needed: 1 mail" not in shown


def test_drafts_of_a_meeting_still_need_attention(reader):
    message = write(factories.make_meeting())
    Message.objects.filter(pk=message.pk).update(state="held", queued_at=None, next_attempt_at=None)

    shown = pages.text(reader.get("/secretariat/"))

    assert "Action needed: 1 mail is held back." in shown
    assert "rehearsal" not in shown


def test_a_draft_that_waits_for_staff_needs_attention_even_in_a_rehearsal(reader, rehearsal):
    write(rehearsal, hold=True)

    shown = pages.text(reader.get("/secretariat/"))

    assert "Action needed: 1 mail is held back." in shown
    assert "of a rehearsal is held back" not in shown


def test_the_mail_desk_marks_it_and_its_page_warns(reader, rehearsal):
    message = write(rehearsal)

    in_list = pages.text(reader.get(reverse("admin:outbox_message_changelist")))
    on_its_page = pages.text(reader.get(reverse("admin:outbox_message_change", args=[message.pk])))

    assert "held, of a rehearsal" in in_list
    assert "Its addresses may belong to real people who do not expect it" in on_its_page


def test_the_public_pages_of_the_rehearsal_say_it(client, rehearsal):
    words = "The secretariat holds its mail"

    held = client.get("/meetings/rehearsal/").content.decode()
    rehearsal.rehearsal_mail_goes_out = True
    rehearsal.save()
    let_go = client.get("/meetings/rehearsal/").content.decode()

    assert words in held
    assert words not in let_go


def test_a_lead_lets_it_go_for_a_reason_and_earlier_drafts_stay(lead, rehearsal):
    earlier = write(rehearsal)

    page = pages.text(lead.get(pages.meeting_act(rehearsal, "let-mail-go")))
    answer = act(lead, rehearsal, "let-mail-go")
    rehearsal.refresh_from_db()
    later = write(rehearsal, "later")
    earlier.refresh_from_db()

    assert "inscription@office.example" in page
    assert "Earlier mail is still held at the mail desk." in pages.text(answer)
    assert (earlier.state, later.state) == ("held", "queued")
    entry = Entry.objects.of_stream("meeting/rehearsal").last()
    assert (entry.act, entry.payload.reason) == ("mail let go", "The delegations expect it.")


def test_a_lead_holds_it_back_again(lead, rehearsal):
    act(lead, rehearsal, "let-mail-go")

    act(lead, rehearsal, "hold-mail")

    rehearsal.refresh_from_db()
    assert write(rehearsal).state == "held"


def test_without_a_reason_it_stays_held(lead, rehearsal):
    act(lead, rehearsal, "let-mail-go", reason=" ")

    rehearsal.refresh_from_db()
    assert rehearsal.holds_mail


def test_the_mail_of_a_meeting_is_not_switched(lead):
    meeting = factories.make_meeting()

    answer = act(lead, meeting, "hold-mail")

    assert "Only the mail of a rehearsal can be held" in pages.text(answer)
    assert not Entry.objects.of_stream(meeting.journal_stream).filter(act="mail held back").exists()


def test_the_buttons_are_offered_only_if_they_do_something(lead, rehearsal, settings, tmp_path):
    let_go, hold = "Release the mail of this rehearsal", "Hold the mail of this rehearsal"
    held = pages.text(lead.get(pages.meeting_page(rehearsal)))
    act(lead, rehearsal, "let-mail-go")
    goes_out = pages.text(lead.get(pages.meeting_page(rehearsal)))
    settings.MAILBOX_DIR = tmp_path
    embedded = pages.text(lead.get(pages.meeting_page(rehearsal)))

    assert [[words in page for words in (let_go, hold)] for page in (held, goes_out, embedded)] == [
        [True, False],
        [False, True],
        [False, False],
    ]


def test_an_officer_may_not_let_it_go(officer, rehearsal):
    assert act(officer, rehearsal, "let-mail-go").status_code == 403


def test_mail_is_let_go_or_held_for_a_reason(rehearsal):
    for switch in (rehearsal_mail.let_go, rehearsal_mail.hold_back):
        with pytest.raises(Refusal, match="Give the reason") as refusal:
            switch(rehearsal, reason=" ", by=factories.STAFF, at=factories.OPEN)
        assert refusal.value.field == "reason"

    assert not Entry.objects.filter(subject="mail").exists()
