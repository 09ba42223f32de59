"""A virus scanner is asked where there is one; if it does not answer, files are refused and staff are told.  R-79"""

import socket
from contextlib import closing
from datetime import timedelta
from threading import Thread

import pytest

from secretariat import attention, health
from tests.factories import OPEN
from tests.floor.statements.files import docx
from uploads import receiving, scanning
from uploads.models import ScannerFailure
from uploads.refusals import FileRefused

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


class Scanner:
    """A clamd that gives each of its `answers` once, and keeps what it was sent."""

    def __init__(self, listening, answers):
        self.listening, self.answers, self.sent = listening, answers, []
        Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        for answer in self.answers:
            connection, _address = self.listening.accept()
            with connection, connection.makefile("rb") as stream:
                command = stream.read(10)
                content = b""
                while length := int.from_bytes(stream.read(4), "big"):
                    content += stream.read(length)
                self.sent.append((command, content))
                connection.sendall(answer)


@pytest.fixture(params=["tcp", "unix"])
def scanner(request, settings, tmp_path):
    """A function that starts a scanner which gives these answers, and returns it."""
    if request.param == "tcp":
        listening = socket.create_server(("127.0.0.1", 0))
        settings.CLAMD_URL = f"tcp://127.0.0.1:{listening.getsockname()[1]}"
    else:
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(str(tmp_path / "clamd"))
        listening.listen()
        settings.CLAMD_URL = f"unix://{tmp_path / 'clamd'}"
    with closing(listening):
        yield lambda *answers: Scanner(listening, answers)


@pytest.fixture
def no_scanner(settings):
    """The address of a scanner that does not run."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        settings.CLAMD_URL = f"tcp://127.0.0.1:{listening.getsockname()[1]}"


def receive(content, at=OPEN):
    return receiving.receive_statement(content, sender="focal@missions.example", at=at)


def lines(at):
    return [line.words for block in attention.survey(at) for line in block.lines if "virus scanner" in line.words]


def test_a_file_goes_to_the_scanner_whole_and_is_kept_if_it_is_clean(scanner, monkeypatch):
    monkeypatch.setattr(scanning, "CHUNK", 100)
    content = docx()
    asked = scanner(b"stream: OK\0")

    receive(content)

    assert asked.sent == [(b"zINSTREAM\0", content)]


def test_a_file_in_which_something_is_found_is_refused_by_its_name(scanner):
    scanner(b"stream: Eicar-Signature FOUND\0")

    with pytest.raises(FileRefused, match="found something in this file: Eicar-Signature"):
        receive(docx())


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"OKAY\0" * 2000])
def test_a_file_is_refused_if_the_answer_is_none(scanner, answer):
    scanner(answer)

    with pytest.raises(FileRefused, match="could not be checked for viruses and was not kept"):
        receive(docx())


def test_staff_and_monitoring_are_told_until_it_answers_again(no_scanner, settings, caplog):
    with pytest.raises(FileRefused, match="The secretariat is told"):
        receive(docx())

    at = OPEN + 3 * MINUTE
    assert lines(at) == [
        "The virus scanner did not answer when a file was sent 3 minutes ago: files are refused until it does."
    ]
    assert health.report(at)["scanner_failed_seconds_ago"] == 180
    assert health.report(at)["is_well"] is False
    assert "did not answer" in caplog.text
    assert lines(OPEN + timedelta(hours=2)) == []


def test_an_answer_ends_what_staff_are_told(scanner):
    scanner(b"", b"stream: OK\0")
    with pytest.raises(FileRefused):
        receive(docx())
    assert str(ScannerFailure.objects.get()) == str(OPEN)

    receive(docx(), at=OPEN + MINUTE)

    assert lines(OPEN + 2 * MINUTE) == []


def test_without_a_scanner_none_is_asked_and_nothing_is_said(no_scanner, settings, django_assert_num_queries):
    settings.CLAMD_URL = ""

    receive(docx())

    with django_assert_num_queries(0):
        assert scanning.failed_at(OPEN) is None


def test_a_scanner_that_keeps_silent_is_not_waited_for(scanner, settings, monkeypatch):
    monkeypatch.setattr(scanning, "PATIENCE", 0.2)

    with pytest.raises(FileRefused, match="could not be checked"):
        receive(docx())
