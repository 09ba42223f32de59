"""A file is read in a process with limits, refused in words, and counted for its address.  R-60 R-79"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from tests.at_once import together
from tests.factories import OPEN
from tests.floor.statements.files import docx, pdf, pdf_without_pages
from tests.uploads import hostile
from uploads import counting, receiving
from uploads.models import Count
from uploads.refusals import FileRefused

pytestmark = pytest.mark.django_db
# Files of the size of a statement are read in far less; the machine may be busy.
SOON = 20


def receive(content, at=OPEN):
    return receiving.receive_statement(content, sender="focal@missions.example", at=at)


def test_a_statement_is_read_in_a_process_of_its_own():
    assert receive(docx("We thank you")).text == "We thank you"
    assert receive(pdf()).media_type == "application/pdf"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<html></html>", "This is neither a PDF nor a DOCX file."),
        (docx()[:-40], "This file is damaged."),
        (docx(**{"word/\u202evbaProject.bin": "x"}), r"Found: word/\?vbaProject.bin. Remove it"),
        (pdf(password="secret"), "This file is protected by a password."),
        (pdf_without_pages(), "This PDF has no pages."),
        (b"%PDF-1.7" + b"0" * receiving.LARGEST, "The file is larger than 5 MB."),
    ],
)
def test_a_file_is_refused_in_words_that_say_what_to_do(content, words):
    with pytest.raises(FileRefused, match=words) as refusal:
        receive(content)

    assert refusal.value.field == "file"


def test_a_document_that_is_too_large_is_not_looked_at():
    with pytest.raises(FileRefused, match=r"larger than 5 MB\."):
        receiving.receive_document(b"%PDF-1.7" + b"0" * receiving.LARGEST, sender="officer", at=OPEN)


@pytest.mark.parametrize("content", [*hostile.BOMBS.values(), hostile.PDF_OF_ZEROS])
def test_a_bomb_takes_bounded_time(content):
    began = time.monotonic()

    with suppress(FileRefused):
        receive(content)

    assert time.monotonic() - began < SOON


@pytest.mark.parametrize(("limit", "most"), [("patience", 0.01), ("memory", 1 << 20)])
def test_a_file_that_takes_too_much_is_refused_and_the_cause_is_logged(limit, most, monkeypatch, caplog):
    limits = {"memory": 1 << 29, "seconds": 10, "patience": 30, "at_once": 1, "wait": 1} | {limit: most}
    monkeypatch.setattr(receiving, "READER", receiving.Workshop("uploads.reading", **limits))

    with pytest.raises(FileRefused, match="takes too long to read"):
        receive(docx())

    assert "could not be read" in caplog.text


def test_while_too_many_are_read_the_next_is_asked_to_wait(monkeypatch):
    monkeypatch.setattr(receiving.READER, "wait", 0.01)

    with receiving.READER.turns, receiving.READER.turns, pytest.raises(FileRefused, match="try again in a minute"):
        receive(docx())


def test_an_address_sends_so_many_files_in_an_hour_and_no_more(monkeypatch):
    monkeypatch.setattr(counting, "AT_MOST", 2)

    receive(docx()), receive(docx())
    with pytest.raises(FileRefused, match="Too many files came from your address"):
        receive(docx())
    receiving.receive_statement(docx(), sender="another@missions.example", at=OPEN)
    receive(docx(), at=OPEN + timedelta(hours=1))

    assert [str(each) for each in Count.objects.order_by("pk")] == ["2", "1", "1"]


@pytest.mark.django_db(transaction=True)
def test_two_that_come_at_once_are_counted_one_after_the_other(monkeypatch):
    monkeypatch.setattr(counting, "AT_MOST", 10)

    def count(_number):
        try:
            counting.count("focal@missions.example", at=OPEN)
        except FileRefused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as threads:
        admitted = list(threads.map(count, range(40)))

    assert admitted.count(True) == Count.objects.get().number == 10


@pytest.mark.django_db(transaction=True)
def test_without_the_condition_of_the_update_more_would_be_admitted():
    """The negative control: both see that one more is admitted, and then both count theirs."""
    counted = Count.objects.create(address="focal@missions.example", hour=OPEN, number=counting.AT_MOST - 1)
    both_have_seen = threading.Barrier(2)

    def count():
        assert Count.objects.filter(pk=counted.pk, number__lt=counting.AT_MOST).exists()
        both_have_seen.wait(10)
        Count.objects.filter(pk=counted.pk).update(number=F("number") + 1)

    assert together(count, count) == ["done", "done"]
    assert Count.objects.get().number == counting.AT_MOST + 1
