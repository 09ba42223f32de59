"""Leads add webhooks at the desk, give them secrets, and see and mend what fails.  R-58"""

import re
from datetime import timedelta

import pytest
from django.utils import translation

import clock
from journal.models import Entry, Payload
from tests.factories import make_delegation, make_inscription, make_meeting, make_panel
from tests.secretariat import pages
from tests.webhooks.test_telling import in_time, tell_all
from webhooks import sending, signing
from webhooks.models import FAILURES_SHOWN, Cursor, Webhook

pytestmark = pytest.mark.django_db
LIST = "/secretariat/webhooks/webhook/"


def page_of(webhook):
    return f"{LIST}{webhook.pk}/change/"


def act_of(webhook, name):
    return f"{LIST}{webhook.pk}/acts/{name}/"


def add(client, meeting, url, **typed):
    return client.post(f"{LIST}add/", {"meeting": meeting.pk, "name": "Screens", "url": url} | typed)


def test_a_lead_adds_a_webhook_gives_it_a_secret_and_it_is_told(lead, receive):
    meeting, receiver = make_meeting(), receive()
    answer = add(lead, meeting, receiver.url, kinds=["inscribed", "withdrawn"])
    assert answer.status_code == 302
    webhook = Webhook.objects.get()
    assert "has no secret yet" in pages.text(lead.get(page_of(webhook)))

    page = lead.get(act_of(webhook, "secret")).content.decode()
    half = re.search(r'name="half" value="([0-9a-f]{32})"', page)[1]
    assert signing.secret_of(half) in page
    answer = lead.post(act_of(webhook, "secret"), {"half": half}, follow=True)

    assert "The secret holds: events are sent from now on." in pages.text(answer)
    assert signing.secret_of(half) not in answer.content.decode()
    assert half not in answer.content.decode()
    make_inscription(meeting, make_delegation("RWA"))
    tell_all()
    assert receiver.kinds == ["inscribed"]


def test_a_page_that_is_only_opened_gives_no_secret_and_each_opening_offers_another(lead, make_webhook, receive):
    webhook = make_webhook(make_meeting(), receive())

    pair = [re.search(r"whsec_\S+?(?=<)", lead.get(act_of(webhook, "secret")).content.decode())[0] for _each in "12"]

    assert len(set(pair)) == 2
    assert Webhook.objects.get().secret_half == webhook.secret_half


def test_the_journal_keeps_the_host_and_neither_the_address_nor_a_secret(lead, receive):
    meeting, receiver = make_meeting(), receive()
    add(lead, meeting, receiver.url)
    webhook = Webhook.objects.get()
    lead.post(act_of(webhook, "secret"), {"half": signing.new_half()})
    webhook.refresh_from_db()
    lead.post(page_of(webhook), {"name": "Screens", "url": receiver.url + "2", "is_on": "on"})
    lead.post(page_of(webhook), {"name": "Doors", "url": receiver.url + "2"})
    lead.post(page_of(webhook), {"name": "Doors", "url": receiver.url + "2"})

    acts = list(Entry.objects.filter(subject=f"webhook/{webhook.pk}").values_list("act", flat=True))
    assert acts == ["webhook added", "webhook given a secret", "webhook changed", "webhook changed"]
    kept = str(list(Payload.objects.values_list("before", "after", "reason")))
    assert "127.0.0.1" in kept
    assert "of-the-receiver" not in kept
    assert webhook.secret_half not in kept
    last = Entry.objects.get(subject=f"webhook/{webhook.pk}", sequence=Entry.objects.latest("pk").sequence).payload
    assert (last.before, last.after) == ({"name": "Screens", "is_on": True}, {"name": "Doors", "is_on": False})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"url": "http://events.example.org/"}, "begins with https://"),
        ({"url": "https://10.0.0.1/"}, "inside a network"),
        ({"kinds": ["everything"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_told_is_refused_in_words_at_its_field(lead, settings, typed, words):
    settings.WEBHOOK_PLAIN_HTTP = False
    answer = add(lead, make_meeting(), **({"url": "https://events.example.org/"} | typed))

    assert answer.status_code == 200
    assert words in pages.text(answer)
    assert not Webhook.objects.exists()


def test_a_model_that_is_not_whole_is_refused_by_every_door(make_webhook, receive):
    meeting = make_meeting()

    with pytest.raises(Exception, match="events that there are"):
        make_webhook(meeting, receive(), kinds=["everything"])
    with pytest.raises(Exception, match="lists of the meeting"):
        make_webhook(meeting, receive(), lists=["panel"])


def test_the_main_list_alone_can_be_chosen(lead, make_webhook, receive):
    meeting = make_meeting()
    make_panel(meeting)
    webhook = make_webhook(meeting, receive())

    lead.post(page_of(webhook), {"name": "Screens", "url": webhook.url, "is_on": "on", "lists": [""]})

    webhook.refresh_from_db()
    assert webhook.lists == [""]
    assert (webhook.wants("inscribed", ""), webhook.wants("inscribed", "panel")) == (True, False)


def test_what_fails_is_on_the_front_page_with_its_cause_and_is_tried_again(lead, make_webhook, receive):
    meeting, receiver = make_meeting(), receive(lambda _event: 500)
    webhook = make_webhook(meeting, receiver)
    make_inscription(meeting, make_delegation("RWA"))
    words = "A webhook fails: another system is not told what happens."
    assert words not in pages.text(lead.get("/secretariat/"))
    for _attempt in range(FAILURES_SHOWN):
        tell_all()
        in_time()

    assert words in pages.text(lead.get("/secretariat/"))
    assert "It answered with the status 500." in pages.text(lead.get(page_of(webhook)))
    receiver.answers = lambda _event: 204
    answer = lead.post(act_of(webhook, "again"), follow=True)
    assert "It is tried again within seconds." in pages.text(answer)
    tell_all()
    assert receiver.kinds == ["opened", "inscribed"]
    assert words not in pages.text(lead.get("/secretariat/"))


def test_why_it_fails_is_read_in_the_language_of_the_reader(lead, make_webhook, receive):
    webhook = make_webhook(make_meeting(), receive())
    Cursor.objects.update(last_error=sending.STATUS % {"status": 503})
    lead.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"

    shown = pages.text(lead.get(page_of(webhook)))

    with translation.override("fr"):
        assert translation.gettext(sending.STATUS) % {"status": 503} in shown
    assert "It answered with" not in shown


def test_one_that_was_given_up_says_so_until_it_is_tried_again(lead, make_webhook, receive):
    webhook = make_webhook(make_meeting(), receive())
    Cursor.objects.update(stopped_at=clock.now(), last_error="It did not answer in time.")

    shown = pages.text(lead.get(page_of(webhook)))

    assert "given up: press “Try again now”" in shown
    assert re.search(r"Given up on [^:]*31 August 2016, 1:00 p.m. \(New York time\): It did not answer in time.", shown)


def test_events_are_sent_again_from_a_position(lead, make_webhook, receive):
    meeting, receiver = make_meeting(), receive()
    webhook = make_webhook(meeting, receiver)
    make_inscription(meeting, make_delegation("RWA"))
    tell_all()
    number = receiver.events[-1]["position"]

    typed = {"stream": meeting.journal_stream, "number": number}
    answer = lead.post(act_of(webhook, "replay"), typed, follow=True)
    refused = lead.post(act_of(webhook, "replay"), typed | {"number": 999})

    assert f"Events are sent again from position {number} on." in pages.text(answer)
    assert "Write a number from 1 to" in pages.text(refused)
    tell_all()
    assert receiver.kinds == ["opened", "inscribed", "inscribed"]


def test_states_are_said_in_words(lead, make_webhook, receive, settings):
    webhook = make_webhook(make_meeting(), receive())
    found = [pages.text(lead.get(LIST))]
    settings.WEBHOOKS = False
    found.append(pages.text(lead.get(page_of(webhook))))
    settings.WEBHOOKS = True
    Webhook.objects.update(is_on=False, former_half="0" * 32, former_until=clock.now() + timedelta(hours=3))
    found.append(pages.text(lead.get(page_of(webhook))))
    Webhook.objects.update(is_on=True)
    type(webhook.meeting).objects.update(is_published=False)
    found.append(pages.text(lead.get(page_of(webhook))))

    expected = ["127.0.0.1", "Webhooks are switched off in the settings", "the former one holds until", "is published"]
    assert [words for words, page in zip(expected, found, strict=True) if words not in page] == []
    assert "of-the-receiver" not in found[0]


def test_the_list_of_webhooks_takes_few_statements(lead, make_webhook, receive, django_assert_max_num_queries):
    meeting = make_meeting()
    for _each in range(3):
        make_webhook(meeting, receive())

    with django_assert_max_num_queries(12):
        lead.get(LIST)


def test_only_leads_see_them(officer, make_webhook, receive):
    webhook = make_webhook(make_meeting(), receive())

    statuses = [officer.get(page).status_code for page in (LIST, page_of(webhook), act_of(webhook, "secret"))]

    assert statuses == [403, 403, 403]
    assert officer.post(act_of(webhook, "again")).status_code == 403
