"""Every page of the site in each language of the organization: no text of it is in English."""

import logging
from collections import defaultdict

import pytest
from django.conf import settings
from django.utils.translation import trans_real

from floor.microphones import signalling
from floor.models import RoomSystem
from outbox.delivery import failures
from outbox.models import Attempt, Message
from tests.hostile import addresses
from tests.hostile.conftest import scene  # noqa: F401  a fixture
from tests.hostile.visitors import Browser
from tests.languages import reading
from webhooks import telling
from webhooks.models import Cursor

pytestmark = pytest.mark.django_db
OTHERS = ["ar", "zh-hans", "fr", "ru", "es"]


class Noting:
    """The catalogue of a language, which notes the texts that it was asked for and does not have."""

    def __init__(self, catalogue):
        self.catalogue, self.missing = catalogue, set()

    def gettext(self, message):
        self._note(message, message)
        return self.catalogue.gettext(message)

    def ngettext(self, one, many, number):
        self._note(one, (one, 0))
        return self.catalogue.ngettext(one, many, number)

    def _note(self, message, key):
        if message and key not in self.catalogue._catalog:  # noqa: SLF001  gettext has no other way
            self.missing.add(str(message).replace("\x04", ": "))

    def __getattr__(self, name):
        return getattr(self.catalogue, name)


@pytest.fixture(params=OTHERS)
def language(request, monkeypatch):
    """One of the languages, whose catalogue notes what it lacks."""
    noting = Noting(trans_real.translation(request.param))
    monkeypatch.setitem(trans_real._translations, request.param, noting)  # noqa: SLF001  Django has no other way
    return request.param


@pytest.fixture(autouse=True)
def quiet():
    """Pages that refuse are among those that are read; nothing of it is logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def pages(language):
    """Every page as pairs (path, its HTML): as a delegation reads it or, if it may not, as staff do."""
    of_delegation, of_staff = Browser("delegation with an entry"), Browser("superuser")
    for browser in (of_delegation, of_staff):
        browser.kept[settings.LANGUAGE_COOKIE_NAME] = language
        browser.as_before()
    for each in addresses.every():
        if each.is_slow or each.route.startswith("api:") or "extension" in dict(each.arguments):
            continue
        answer = None if each.is_of_staff else of_delegation.get(each.path)
        if answer is None or answer.status_code != 200:
            answer = of_staff.get(each.path)
        if answer.get("Content-Type", "").startswith("text/html"):
            yield each.path, answer.content.decode()


def store_sentences():
    """Let what the site stores in English stand on the pages of staff: of mail, of webhooks, and of microphones."""
    Message.objects.update(last_error=failures.poison(5))
    told = {"at": addresses.AT, "outcome": Attempt.Outcome.FAILED, "detail": failures.poison(5)}
    for message in Message.objects.all():
        Attempt.objects.create(message=message, **told)
    assert Cursor.objects.update(last_error=telling.POISON % {"number": 8})
    for system in RoomSystem.objects.all():
        facts = {"place": "XXX", "is_on": True, "arrived_at": addresses.AT, "result": signalling.REFUSED}
        system.signals.create(key="stored", detail=signalling.NOT_WAITING % {"place": "XXX", "next": "YYY"}, **facts)


def test_no_page_is_partly_in_english(scene, language):  # noqa: F811
    store_sentences()
    found = defaultdict(set)
    for path, page in pages(language):
        for text in reading.texts(page, language):
            found[text].add(path)

    assert len(found) > 1000
    data = reading.data(language)
    left = {text: sorted(paths)[0] for text, paths in found.items() if reading.english(text, data, language)}
    known = {*data, *reading.stored_in_english()}
    missing = [each for each in trans_real.translation(language).missing if each not in known]
    assert not left, "\n".join(f"{path}: {text[:200]}" for text, path in sorted(left.items()))
    assert missing == []
