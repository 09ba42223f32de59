"""Mail for tests, and the settings that send it to a real SMTP server."""

from contextlib import contextmanager

import pytest

from outbox.models import Message
from outbox.posting import post
from tests.outbox import smtp_server


@pytest.fixture
def smtp(settings):
    """A context manager that serves SMTP on a free port, to which mail goes; its argument is the `Server`."""

    @contextmanager
    def serve(server):
        with smtp_server.running(server) as port:
            use_port(settings, port)
            yield server

    return serve


@pytest.fixture
def silent_smtp(settings):
    """A server that accepts connections and says nothing; we wait half a second."""
    with smtp_server.silent() as port:
        use_port(settings, port)
        yield


@pytest.fixture
def write_mail():
    """A function that posts one mail, different from all before, and returns the row."""
    numbers = iter(range(1, 10_000))

    def write(**fields):
        number = next(numbers)
        given = {
            "key": f"test/{number}",
            "kind": "acknowledgement",
            "to": ["contact@mission.example"],
            "subject": "Your inscription",
            "body": "It was recorded.\n",
        }
        fields = given | fields
        post(**fields)
        return Message.objects.get(key=fields["key"])

    return write


def use_port(settings, port):
    settings.EMAIL_BACKEND = "outbox.delivery.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 0.5
