"""One event goes to the checked address, over TLS with the name of the host, and waits for no one for long."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager

import pytest

from tests.outbox.delivery.test_certificates import RENEWED, certificate
from webhooks import addresses, sending, signing
from webhooks.models import Webhook

# The clock of the site is the database's.
pytestmark = pytest.mark.django_db

EVENT = {"id": "1", "kind": "opened"}


def webhook_to(url):
    return Webhook(url=url, secret_half=signing.new_half())


@contextmanager
def listening(talk):
    """A server on this machine that treats each connection by `talk`. Yields its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            while True:
                try:
                    line, _address = server.accept()
                except OSError:
                    return
                with line:
                    talk(line)

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]


@pytest.mark.parametrize("status", [301, 307, 400, 404, 410, 500])
def test_any_answer_but_a_success_is_a_failure_and_no_redirect_is_followed(receive, status):
    receiver = receive(lambda _event: status)

    with pytest.raises(sending.NotDelivered, match=str(status)) as failure:
        sending.send(webhook_to(receiver.url), EVENT)

    assert failure.value.name == f"status {status}"
    assert len(receiver.tries) == 1


@pytest.mark.parametrize("status", [200, 202, 204])
def test_a_success_is_one_whatever_it_is(receive, status):
    receiver = receive(lambda _event: status)

    sending.send(webhook_to(receiver.url), EVENT)

    assert receiver.events == [EVENT]


def test_a_receiver_that_says_nothing_is_left_after_a_while(receive, monkeypatch):
    monkeypatch.setattr(sending, "SILENCE", 0.2)
    receiver = receive(lambda _event: time.sleep(1) or 204)

    with pytest.raises(sending.NotDelivered, match="did not answer in time"):
        sending.send(webhook_to(receiver.url), EVENT)


def test_a_receiver_that_says_a_letter_now_and_then_is_left_too(monkeypatch):
    """Each letter comes in time, and all of them would take for ever."""
    monkeypatch.setattr(sending, "IN_ALL", 0.5)
    ended = threading.Event()

    def drip(line):
        while not ended.wait(0.1):
            try:
                line.send(b"H")
            except OSError:
                return

    began = time.monotonic()
    with listening(drip) as port, pytest.raises(sending.NotDelivered):
        sending.send(webhook_to(f"http://127.0.0.1:{port}/"), EVENT)
    ended.set()

    assert time.monotonic() - began < 3


def test_a_body_without_end_is_not_read():
    def pour(line):
        line.recv(65536)
        line.send(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
        try:
            while True:
                line.send(b"5\r\naaaaa\r\n")
        except OSError:
            return

    with listening(pour) as port:
        sending.send(webhook_to(f"http://127.0.0.1:{port}/"), EVENT)


def test_what_is_not_there_and_what_is_not_found_are_said_in_words(monkeypatch):
    with listening(lambda _line: None) as port:
        pass
    with pytest.raises(sending.NotDelivered, match="The connection failed"):
        sending.send(webhook_to(f"http://127.0.0.1:{port}/"), EVENT)

    def not_found(*_names, **_kind):
        raise socket.gaierror(-2, "not known")

    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    with pytest.raises(sending.NotDelivered, match="host is not found"):
        sending.send(webhook_to("https://events.example.org/"), EVENT)


def test_a_forbidden_address_is_not_even_asked(receive, settings):
    receiver, settings.WEBHOOK_INTERNAL_HOSTS = receive(), []

    with pytest.raises(sending.NotDelivered, match="inside a network"):
        sending.send(webhook_to(receiver.url), EVENT)

    assert receiver.tries == []


@pytest.fixture
def encrypted(tmp_path, monkeypatch):
    """A receiver with TLS and a certificate for events.example.org, which this process trusts. Yields its port."""
    path = certificate(tmp_path, RENEWED, "events.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)

    def talk(line):
        try:
            with context.wrap_socket(line, server_side=True) as secured:
                secured.recv(65536)
                secured.send(b"HTTP/1.1 204 No Content\r\n\r\n")
        except OSError:
            return

    with listening(talk) as port:
        yield port


def leads_here(monkeypatch, *names):
    """Let each of `names` lead to this machine."""

    def look_up(host, port, **_kind):
        assert host in names
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(addresses.socket, "getaddrinfo", look_up)


def test_the_certificate_is_that_of_the_host_though_the_address_is_a_number(encrypted, monkeypatch, settings):
    settings.WEBHOOK_INTERNAL_HOSTS = ["events.example.org", "other.example.org"]
    monkeypatch.setattr(sending.socket, "create_connection", to_this_machine)
    leads_here(monkeypatch, "events.example.org", "other.example.org")

    sending.send(webhook_to(f"https://events.example.org:{encrypted}/"), EVENT)
    with pytest.raises(sending.NotDelivered, match="Its certificate is not valid"):
        sending.send(webhook_to(f"https://other.example.org:{encrypted}/"), EVENT)


def to_this_machine(address, timeout):
    """The connection goes to the address that was checked, and asks for no name again."""
    host, port = address
    assert host == "127.0.0.1"
    line = socket.socket()
    line.settimeout(timeout)
    line.connect((host, port))
    return line
