"""Staff see that the site was restored; a lead decides on what was kept back, and lets the site go on.  R-76"""

import pytest
from django.urls import reverse

import clock
from outbox import posting
from outbox.models import Message, State
from secretariat.models import Restoration
from secretariat.recovery import restoring
from tests.confirming import seen_in
from tests.secretariat import pages

pytestmark = pytest.mark.django_db
MAIL = reverse("admin:outbox_message_changelist")
BANNER = "This site was restored from a backup."


@pytest.fixture
def on_hold(meeting):
    Message.objects.all().delete()
    for key, is_secret in (("one", False), ("two", True)):
        posting.post(key=key, kind="notice", to=["a@m.example"], subject=key, body="Text", is_secret=is_secret)
    return restoring.hold(at=clock.now())


def page_of(restoration):
    return reverse("admin:secretariat_restoration_change", args=[restoration.pk])


def test_the_report_names_what_works_again_though_it_was_ended(on_hold, reader):
    told = pages.text(reader.get(page_of(on_hold)))

    assert "Keys of microphones, links for booths, addresses of calendars and private links that were ended" in told
    assert "Webhooks whose secret was renewed in the gap sign with the former one again" in told


def decide(client, action, message):
    typed = {"action": action, "_selected_action": [message.pk]}
    asked = client.post(MAIL, typed, follow=True)
    return asked, client.post(MAIL, {**typed, "seen": seen_in(asked)}, follow=True)


def test_every_page_of_staff_says_so_and_a_public_page_does_not(on_hold, reader, client, sign_in):
    desk, floor = reverse("admin:index"), reverse("floor:record", args=["dialogue"])

    assert [BANNER in pages.text(reader.get(page)) for page in (desk, MAIL, floor)] == [True] * 3
    assert BANNER not in pages.text(client.get(reverse("speakers:list", args=["dialogue"])))
    told = pages.text(reader.get(page_of(on_hold)))
    assert "Informal interactive dialogue: the last receipt in the backup is 2; receipts go on at 203." in told
    assert "2 mails may have been sent already and are kept back" in told
    assert client.get("/healthz").json()["on_hold_after_a_restore_seconds"] == 0


def test_a_lead_sends_and_drops_what_was_kept_back_after_reading_why(on_hold, lead):
    first, second = Message.objects.order_by("pk")  # the second has a secret link in it

    asked, sent = decide(lead, "release_kept", first)
    decide(lead, "drop_kept", second)

    assert "it waited to be sent when the backup was made, and was probably sent after that" in pages.text(asked)
    assert "1 mail is sent." in pages.text(sent)
    assert list(Message.objects.order_by("pk").values_list("state", flat=True)) == [State.QUEUED, State.DROPPED]
    assert list(Message.objects.order_by("pk").values_list("body", flat=True)) == ["Text", ""]


def test_an_officer_does_neither_and_the_usual_ways_out_are_shut(on_hold, officer, lead):
    message = Message.objects.first()

    officer.post(MAIL, {"action": "release_kept", "_selected_action": [message.pk]}, follow=True)
    for action in ("release_chosen", "retry_chosen"):
        lead.post(MAIL, {"action": action, "_selected_action": [message.pk]}, follow=True)
    address = lead.post(
        reverse("admin:outbox_message_addresses", args=[message.pk]), {"to": "b@missions.example", "cc": ""}
    )

    assert address.status_code == 422
    assert set(Message.objects.values_list("state", flat=True)) == {State.KEPT}


def test_a_lead_lets_the_site_go_with_a_reason_once_all_is_decided(on_hold, lead, officer):
    act = reverse("admin:secretariat_restoration_act", args=[on_hold.pk, "let-go"])

    refused = lead.post(act, {"reason": "Compared"})
    for message in Message.objects.kept():
        decide(lead, "drop_kept", message)
    forbidden = officer.post(act, {"reason": "Compared"})
    lead.post(act, {"reason": "Compared with the officer’s mailbox"})

    assert "2 mails are still kept back" in pages.text(refused)
    assert forbidden.status_code == 403
    assert Restoration.objects.get().let_go_at == clock.now()
    assert BANNER not in pages.text(lead.get(reverse("admin:index")))
