"""What is signed is verified by the example of the documentation, and nothing else is."""

import base64
from datetime import timedelta

import pytest

import clock
from tests.factories import OPEN, STAFF, make_delegation, make_inscription, make_meeting
from tests.webhooks.test_telling import tell_all
from webhooks import signing, subscribing
from webhooks.models import Webhook

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(receive, make_webhook):
    """A webhook, and the headers and the body of one event that it was sent."""
    meeting, receiver = make_meeting(), receive()
    webhook = make_webhook(meeting, receiver, kinds=["inscribed"])
    make_inscription(meeting, make_delegation("RWA"))
    tell_all()
    ((headers, body),) = receiver.tries
    return webhook, headers, body


def test_the_example_takes_what_was_sent(is_genuine, sent):
    webhook, headers, body = sent

    assert is_genuine(headers, body, signing.secret_of(webhook.secret_half))
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize("what", ["body", "identity", "moment", "secret", "signature", "age"])
def test_the_example_refuses_what_was_tampered_with(is_genuine, sent, what):
    webhook, headers, body = sent
    secret, now = signing.secret_of(webhook.secret_half), clock.now().timestamp()
    tampered = {
        "body": (headers, body.replace(b"Rwa", b"Ken"), secret, now),
        "identity": (headers | {"webhook-id": "0" * 64}, body, secret, now),
        "moment": (headers | {"webhook-timestamp": str(int(now) + 60)}, body, secret, now),
        "secret": (headers, body, signing.secret_of(signing.new_half()), now),
        "signature": (headers | {"webhook-signature": "v1,"}, body, secret, now),
        "age": (headers, body, secret, now + 301),
    }[what]

    *given, moment = tampered
    assert not is_genuine(*given, now=lambda: moment)


def test_while_a_secret_is_replaced_both_hold_and_then_the_new_one_alone(is_genuine, sent):
    webhook, _headers, body = sent
    former = signing.secret_of(webhook.secret_half)
    webhook = subscribing.give_secret(webhook, signing.new_half(), by=STAFF, at=OPEN)
    present, at = signing.secret_of(webhook.secret_half), clock.now()

    during = signing.headers(webhook, "1", body, at=at)
    afterwards = signing.headers(webhook, "1", body, at=at + subscribing.BOTH_HOLD + timedelta(seconds=1))

    assert [is_genuine(during, body, secret) for secret in (present, former)] == [True, True]
    signatures = [len(each["webhook-signature"].split()) for each in (during, afterwards)]
    assert signatures == [2, 1]
    later = float(afterwards["webhook-timestamp"])
    assert [is_genuine(afterwards, body, secret, lambda: later) for secret in (present, former)] == [True, False]


def test_a_change_of_the_sites_secret_key_breaks_no_receiver(is_genuine, sent, settings):
    webhook, _headers, body = sent
    known = signing.secret_of(webhook.secret_half)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-the-site-that-is-long-enough-for-every-check"

    assert is_genuine(signing.headers(webhook, "1", body, at=clock.now()), body, known)
    assert signing.secret_of(webhook.secret_half) != known


def test_neither_the_database_nor_the_journal_holds_the_secret(sent):
    webhook, _headers, _body = sent
    secret = signing.secret_of(webhook.secret_half)

    stored = str(Webhook.objects.values().get())
    assert secret not in stored
    assert base64.b64decode(secret.removeprefix("whsec_")).hex() not in stored


def test_the_same_half_is_given_once(sent):
    webhook, _headers, _body = sent

    with pytest.raises(subscribing.WebhookRefused, match="given already"):
        subscribing.give_secret(webhook, webhook.secret_half, by=STAFF, at=OPEN)
