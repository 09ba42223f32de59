"""Receivers on this machine, and webhooks that lead to them."""

import re
from contextlib import ExitStack

import pytest
from django.conf import settings as project

from tests.factories import OPEN, STAFF
from tests.secretariat.conftest import at_the_desk, lead, officer, sign_in  # noqa: F401
from tests.webhooks.receiver import Receiver, running
from webhooks import signing, subscribing
from webhooks.models import Webhook


@pytest.fixture(autouse=True)
def to_this_machine(settings):
    """Webhooks are on, and this machine, without encryption, is allowed."""
    settings.WEBHOOKS, settings.WEBHOOK_PLAIN_HTTP, settings.WEBHOOK_INTERNAL_HOSTS = True, True, ["127.0.0.1"]


@pytest.fixture(scope="session")
def is_genuine():
    """The function that docs/api.md shows, run as it is printed."""
    (example,) = re.findall(r"```python\n(.+?)```", (project.BASE_DIR / "docs/api.md").read_text(), re.DOTALL)
    names = {}
    exec(example, names)  # noqa: S102  our own page
    return names["is_genuine"]


@pytest.fixture
def receive():
    """A function that starts a receiver, which answers as its argument says."""
    with ExitStack() as until_the_end:
        yield lambda *answers: until_the_end.enter_context(running(Receiver(*answers)))


@pytest.fixture
def make_webhook():
    """A function that adds a webhook with a secret to a meeting, leading to a receiver or to a url."""

    def make(meeting, receiver, **changes):
        url = getattr(receiver, "url", receiver)
        webhook = Webhook(**{"meeting": meeting, "name": "Screens of the hall", "url": url} | changes)
        subscribing.add(webhook, by=STAFF, at=OPEN)
        return subscribing.give_secret(webhook, signing.new_half(), by=STAFF, at=OPEN)

    return make
