"""Sentences that the site stores in English are read in the language of the reader; another server's are marked."""

import smtplib
import ssl

import pytest
from django.utils import translation

from outbox.delivery import failures
from webhooks import addresses, sending, telling

TRANSLATED = ["ar", "zh-hans", "fr", "ru", "es"]


def not_valid():
    error = ssl.SSLCertVerificationError("x")
    error.verify_message = "self-signed certificate"
    return error


def stored_by_mail():
    yield failures.judge(not_valid()).detail
    yield failures.judge(smtplib.SMTPNotSupportedError("STARTTLS extension not supported by server.")).detail
    yield from (failures.poison(number) for number in (1, 5))


def stored_by_webhooks():
    yield from (sending.in_words(each) for each in (not_valid(), TimeoutError(), ConnectionResetError()))
    yield sending.STATUS % {"status": 503}
    yield telling.POISON % {"number": 8}
    yield telling.NOT_TOLD % "ZeroDivisionError"
    yield addresses.objection("https://127.0.0.1/")
    yield addresses.objection("ftp://example.org/")


@pytest.mark.parametrize("language", TRANSLATED)
@pytest.mark.parametrize(
    ("said", "stored"),
    [*((failures.SAID, each) for each in stored_by_mail()), *((telling.SAID, each) for each in stored_by_webhooks())],
)
def test_what_the_site_says_of_a_failure_is_read_in_the_language_of_the_reader(said, stored, language):
    assert said.read(stored) == stored
    with translation.override(language):
        assert said.read(stored) not in {"", stored}
        assert "lang=" not in said.shown(stored)
