"""The mail desk: staff read what is on its way, release it or try it again, and change nothing else.  R-10 R-59"""

import html
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import translation

from journal.models import Entry
from outbox import admin, desk, posting
from outbox.delivery import failures
from outbox.models import Attempt, Message, State
from tests import factories
from tests.confirming import seen_in
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
PAGE = reverse("admin:outbox_message_changelist")


def write_mail(key="a-key", **options):
    facts = {"kind": "notice", "to": ["a@missions.example"], "subject": "Your place", "body": "The text"}
    posting.post(key=key, **facts | options)
    return Message.objects.get(key=key)


def failed_mail():
    message = write_mail()
    Message.objects.update(state=State.FAILED, next_attempt_at=None, last_error="550 No such user")
    return message


def choose(client, action, *messages):
    return client.post(PAGE, {"action": action, "_selected_action": [each.pk for each in messages]}, follow=True)


def test_failed_mail_shows_why_and_is_tried_again(lead):
    message = failed_mail()
    shown = pages.text(lead.get(PAGE))

    asked = choose(lead, "retry_chosen", message)
    before = Message.objects.get().state
    answer = press(lead, "retry_chosen", asked, message)

    message.refresh_from_db()
    assert "550 No such user" in shown
    assert "notice: 1 mail to 1 address, for instance: To: a@missions.example" in pages.text(asked)
    assert before == State.FAILED
    assert "1 mail is tried again." in pages.text(answer)
    assert message.state == State.QUEUED


def test_the_answer_of_a_server_is_marked_as_english_and_what_the_site_says_is_translated(lead):
    message = failed_mail()
    words = failures.poison(5)
    Attempt.objects.create(message=message, at=factories.OPEN, outcome=Attempt.Outcome.FAILED, detail="<550>")
    Attempt.objects.create(message=message, at=factories.OPEN, outcome=Attempt.Outcome.FAILED, detail=words)
    lead.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"

    desk, mail = (
        lead.get(each).content.decode() for each in (PAGE, f"/secretariat/outbox/message/{message.pk}/change/")
    )

    assert '<span lang="en" dir="auto">550 No such user</span>' in desk
    assert '<span lang="en" dir="auto">550 No such user</span>' in mail
    assert '<span lang="en" dir="auto">&lt;550&gt;</span>' in mail
    assert words not in mail
    with translation.override("fr"):
        assert failures.poison(5) in html.unescape(mail)


def press(client, action, asked, *messages):
    """Press the button of the page that `asked`."""
    content = {"action": action, "_selected_action": [each.pk for each in messages], "seen": seen_in(asked)}
    return client.post(PAGE, content, follow=True)


def release(client, asked, *messages):
    return press(client, "release_chosen", asked, *messages)


def test_a_mail_that_was_sent_meanwhile_is_not_tried_again(lead):
    failed, sent = failed_mail(), write_mail("two")
    asked = choose(lead, "retry_chosen", failed, sent)
    Message.objects.filter(pk=sent.pk).update(state=State.SENT, next_attempt_at=None, sent_at=sent.created_at)

    again = press(lead, "retry_chosen", asked, failed, sent)

    assert "“Your place” has neither failed nor waits for its next attempt" in pages.text(again)
    assert "This has changed since you were asked." in pages.text(again)
    assert Message.objects.get(pk=failed.pk).state == State.FAILED


def test_held_mails_are_counted_by_kind_and_shown_before_they_are_released(lead):
    drafts = [write_mail("one", hold=True), write_mail("two", hold=True, to=["b@missions.example"])]

    asked = choose(lead, "release_chosen", *drafts)
    held = set(Message.objects.values_list("state", flat=True))
    answer = release(lead, asked, *drafts)

    assert "notice: 2 mails to 2 addresses, for instance: To: a@missions.example Your place The text" in pages.text(
        asked
    )
    assert held == {State.HELD}
    assert "2 mails were released." in pages.text(answer)
    assert set(Message.objects.values_list("state", flat=True)) == {State.QUEUED}


def test_a_mail_that_is_shown_whole_on_its_page_is_released_by_one_press(lead):
    message = write_mail(hold=True)
    page = lead.get(reverse("admin:outbox_message_change", args=[message.pk]))

    answer = release(lead, page, message)

    assert "1 mail was released." in pages.text(answer)


def test_a_mail_with_another_address_than_was_shown_is_not_released_unseen(lead):
    message = write_mail(hold=True)
    asked = choose(lead, "release_chosen", message)
    desk.readdress(message, to=["else@missions.example"], cc=[], at=message.created_at)

    again = release(lead, asked, message)
    held = Message.objects.get().state
    release(lead, again, message)

    assert "This has changed since you were asked." in pages.text(again)
    assert "To: else@missions.example" in pages.text(again)
    assert held == State.HELD
    assert Message.objects.get().state == State.QUEUED


def test_a_mail_that_another_person_released_meanwhile_is_named(lead):
    message = write_mail(hold=True)
    asked = choose(lead, "release_chosen", message)
    desk.release(message, at=message.created_at)

    answer = release(lead, asked, message)

    assert "“Your place” is not held, so it is not released." in pages.text(answer)


def test_a_mail_released_between_the_press_and_the_lock_is_asked_about(lead, monkeypatch):
    message = write_mail(hold=True)
    asked = choose(lead, "release_chosen", message)

    def after_another(chosen, **facts):
        desk.release(Message.objects.get(), at=message.created_at)
        return desk.release_all(chosen, **facts)

    monkeypatch.setattr(admin, "RELEASE", replace(admin.RELEASE, rule=after_another))

    assert "This has changed since you were asked." in pages.text(release(lead, asked, message))


def test_each_is_journalled_with_who_did_it(lead):
    message = failed_mail()
    press(lead, "retry_chosen", choose(lead, "retry_chosen", message), message)

    entry = Entry.objects.latest("pk")
    assert (entry.act, entry.stream, entry.payload.actor_name) == ("tried again", "secretariat", lead.staff.username)


def test_what_the_desk_refuses_is_said_in_words_and_not_journalled(lead):
    message = write_mail()

    answer = choose(lead, "release_chosen", message)

    assert "“Your place” is not held, so it is not released." in pages.text(answer)
    assert not Entry.objects.exists()


@pytest.mark.parametrize("action", ["release_chosen", "retry_chosen"])
def test_only_a_lead_may(officer, reader, action):
    message = failed_mail()

    for client in (officer, reader):
        choose(client, action, message)

        message.refresh_from_db()
        assert message.state == State.FAILED


def test_the_text_is_shown_but_never_that_of_a_one_time_code(lead):
    plain, secret = write_mail(), write_mail("secret", body="Your code: 123456", is_secret=True)
    address = reverse("admin:outbox_message_change", args=[plain.pk])

    assert "The text" in pages.text(lead.get(address))
    shown = pages.text(lead.get(address.replace(str(plain.pk), str(secret.pk))))
    assert "123456" not in shown
    assert "Not shown: it holds a one-time code." in shown


def test_mail_is_found_by_address_and_by_state(lead):
    write_mail(subject="Of Rwanda", to=["rwa@missions.example"])
    write_mail("another", subject="Of Kenya", to=["ken@missions.example"], hold=True)

    assert pages.cells(lead.get(f"{PAGE}?q=rwa@missions"), "titled") == ["Of Rwanda"]
    assert pages.cells(lead.get(f"{PAGE}?state__exact=held"), "titled") == ["Of Kenya"]


def test_a_mail_that_is_not_written_yet_is_named_by_its_kind_and_shows_what_it_would_say(reader):
    factories.make_inscription(factories.make_meeting())
    message = Message.objects.get(kind="speakers.acknowledgement")

    listed = pages.text(reader.get(reverse("admin:outbox_message_changelist")))
    shown = pages.text(reader.get(reverse("admin:outbox_message_change", args=[message.pk])))

    assert "Acknowledgement of an inscription" in listed
    assert "Written when it is sent. Now it would say:" in shown
    assert "Your delegation is inscribed on the list of speakers." in shown
    assert Message.objects.get(pk=message.pk).body == ""
