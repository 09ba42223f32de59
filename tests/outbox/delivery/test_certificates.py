"""The certificate of the mail server has expired: mail waits, nothing goes out in plain, and staff read why.  R-10"""

import ipaddress
import ssl
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from outbox.delivery import sending
from outbox.models import Message, State
from tests.outbox import smtp_server
from tests.outbox.conftest import use_port

pytestmark = pytest.mark.django_db
DAY, NAME = timedelta(days=1), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
EXPIRED, RENEWED = -DAY, 30 * DAY


def certificate(folder, ends_in, host=None):
    """A file with a key and its own certificate, which ends in so long from now (it has ended if negative).

    It is one of this machine, or of the `host` with that name.
    """
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    known_by = x509.DNSName(host) if host else x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    names = x509.SubjectAlternativeName([known_by])
    made = x509.CertificateBuilder().subject_name(NAME).issuer_name(NAME).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).add_extension(names, critical=False)
    made = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    made = made.not_valid_before(now - 60 * DAY).not_valid_after(now + ends_in).sign(key, hashes.SHA256())
    path = folder / "certificate.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + made.public_bytes(Encoding.PEM))
    return path


@pytest.fixture
def serve(settings, tmp_path, monkeypatch):
    """A context manager: a mail server with a certificate that we trust and that ends in so long, or with none."""

    @contextmanager
    def served(ends_in):
        server, more = smtp_server.Server(), {}
        if ends_in is not None:
            path = certificate(tmp_path, ends_in)
            monkeypatch.setenv("SSL_CERT_FILE", str(path))
            more["tls_context"] = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            more["tls_context"].load_cert_chain(path)
        with smtp_server.running(server, **more) as port:
            use_port(settings, port)
            settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = True, 10
            yield server

    return served


def deliver_again(message):
    Message.objects.filter(pk=message.pk).update(next_attempt_at=message.created_at)
    sending.deliver(message.pk)
    message.refresh_from_db()
    return message


def test_with_an_expired_certificate_mail_waits_and_goes_out_once_it_is_renewed(serve, write_mail, caplog):
    message = write_mail()

    with serve(EXPIRED) as server:
        deliver_again(message)
    waiting = message.state, message.last_error
    with serve(RENEWED) as renewed:
        deliver_again(message)

    assert server.accepted == []
    assert waiting == (
        State.QUEUED,
        "The certificate of the mail server is not valid: certificate has expired. Nothing was sent.",
    )
    assert message.state == State.SENT
    assert [to for to, _content in renewed.accepted] == [["contact@mission.example"]]
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("outbox")]
    assert [line.partition(": ")[2] for line in ours] == ["SSLCertVerificationError; outcome: retry."]


def test_to_a_server_that_no_longer_encrypts_nothing_goes_out_in_plain(serve, write_mail):
    message = write_mail()

    with serve(None) as server:
        deliver_again(message)

    assert server.accepted == []
    assert message.state == State.QUEUED
    assert message.last_error == "The mail server no longer offers encryption (STARTTLS). Nothing was sent."


def test_without_the_demand_for_encryption_it_would_go_out_in_plain(serve, write_mail, settings):
    message = write_mail()

    with serve(EXPIRED) as server:
        settings.EMAIL_USE_TLS = False
        deliver_again(message)

    assert len(server.accepted) == 1
