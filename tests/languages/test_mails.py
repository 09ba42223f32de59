"""Mail is in the language chosen under the address it goes to, whatever language the person reads who caused it."""

import gettext

import pytest
from django.utils import translation
from django.utils.translation import trans_real

import clock
from languages import remembering
from outbox import posting
from outbox.models import Message
from speakers.entries import withdrawing
from tests.factories import OPEN, STAFF, make_inscription, make_meeting, written

pytestmark = pytest.mark.django_db
CONTACT = "contact@missions.example"


class Marked(gettext.NullTranslations):
    """A catalogue in which every text is translated: it stands between the marks of its language."""

    def __init__(self, code):
        super().__init__()
        self.code = code

    def gettext(self, message):
        return f"⟦{self.code} {message}⟧"

    def ngettext(self, one, many, number):
        return self.gettext(one if number == 1 else many)

    def pgettext(self, _context, message):
        return self.gettext(message)

    def npgettext(self, _context, one, many, number):
        return self.ngettext(one, many, number)

    def to_language(self):
        return self.code


@pytest.fixture(autouse=True)
def _marked(settings, monkeypatch):
    settings.SITE_LANGUAGES = ["ar", "zh-hans", "en", "fr", "ru", "es"]
    for code in ("fr", "ru", "es"):
        monkeypatch.setitem(trans_real._translations, code, Marked(code))  # noqa: SLF001  Django has no other way
    with clock.stopped(OPEN):
        yield


def mails_of(act, entry):
    """The mails about the `act`, by their kind, after someone who reads Spanish did it."""
    with translation.override("es"):
        act(entry, by=STAFF, at=OPEN)
    return {mail.kind: written(mail) if mail.facts else mail for mail in Message.objects.all()}


def test_each_reads_the_language_chosen_under_its_address():
    entry = make_inscription(make_meeting(), contact_email=CONTACT)
    officer = entry.meeting.contacts.get(role="inscription")
    remembering.remember("fr", [CONTACT])
    remembering.remember("ru", [officer.email])

    mails = mails_of(lambda *args, **more: withdrawing.withdraw(*args, reason="", **more), entry)

    own, notice = mails["speakers.withdrawn"], mails["speakers.notice_withdrawn"]
    assert (own.language, notice.language) == ("fr", "ru")
    assert "⟦fr " in own.body
    assert "⟦ru " in notice.body
    assert not {"⟦ru", "⟦es"} & {own.body[i : i + 3] for i in range(len(own.body))}
    assert not {"⟦fr", "⟦es"} & {notice.body[i : i + 3] for i in range(len(notice.body))}


def test_without_a_choice_the_delegation_and_english_decide():
    entry = make_inscription(make_meeting(), contact_email=CONTACT)
    entry.delegation.mail_language = "ru"
    entry.delegation.save()

    mails = mails_of(lambda *args, **more: withdrawing.withdraw(*args, reason="", **more), entry)

    assert mails["speakers.withdrawn"].language == "ru"
    assert mails["speakers.notice_withdrawn"].language == "en"
    assert "⟦" not in mails["speakers.notice_withdrawn"].body


def test_choices_are_read_once_for_mail_to_many(django_assert_num_queries):
    remembering.remember("fr", [CONTACT])

    with django_assert_num_queries(1), posting.together():
        found = [remembering.language_of(address) for address in (CONTACT, "no-one@missions.example", CONTACT)]

    assert found == ["fr", "", "fr"]
