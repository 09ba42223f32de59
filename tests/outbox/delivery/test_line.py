"""A mail that the server refuses on an open connection is not sent again over another one."""

import smtplib

import pytest

from outbox.delivery import failures, line

pytestmark = pytest.mark.django_db


class Refused:
    """A mail that the server answers with a refusal."""

    def send(self):
        raise smtplib.SMTPResponseException(550, b"no such box")


def test_a_refusal_on_an_open_connection_is_of_the_mail(monkeypatch):
    monkeypatch.setattr(line, "build", lambda _message, _backend: Refused())
    with line.Line() as opened:
        opened.look()
        opened.has_served = True

        with pytest.raises(smtplib.SMTPResponseException):
            opened.send(None)


def test_a_server_that_does_not_greet_fails_itself():
    assert failures.is_the_servers(smtplib.SMTPConnectError(421, b"busy"))
