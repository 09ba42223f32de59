"""A person who reads the site in one language, and finds its words as the site does: through the catalogue."""

import re

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import translation
from playwright.sync_api import expect

from tests.browser.visitor import NARROW
from tests.languages import reading

PASSWORD = "a long word of staff"
RIGHT_TO_LEFT = {"ar"}


class Reader:
    """A `visitor` on a narrow screen whose browser keeps the choice of `language`. Texts are named in English.

    What is wrong with a page that was read is added to `faults`, after its address.
    """

    def __init__(self, visit, language, faults):
        self.visitor, self.faults = visit(viewport=NARROW), faults
        self.page, self.site, self.language = self.visitor.page, self.visitor.site, language
        kept = {"name": settings.LANGUAGE_COOKIE_NAME, "value": language, "url": self.site}
        self.visitor.context.add_cookies([kept])

    def said(self, text):
        """What the catalogue of the language has for the `text`."""
        with translation.override(self.language):
            found = translation.gettext(text)
        assert found != text, f"{text} is not translated"
        return found

    def words(self, text):
        """What the catalogue of the language has for the `text`, as a pattern, wherever it stands in a label."""
        return re.compile(re.escape(self.said(text)))

    def open(self, address):
        self.page.goto(f"{self.site}{address}")
        self.reads_it()

    def field(self, label, within=None):
        """The first field whose label begins with this one; more may follow, such as that it may be left empty."""
        name = re.compile(rf"^\s*{re.escape(self.said(label))}")
        return (within or self.page).get_by_label(name).first

    def press(self, label, within=None):
        """Press the button with this `label` and no more in it than the key that does the same."""
        name = re.compile(rf"^\s*{re.escape(self.said(label))}(\s*[A-Z])?\s*$")
        (within or self.page.get_by_role("main")).get_by_role("button", name=name).first.click()

    def follow(self, label):
        self.page.get_by_role("link", name=self.words(label)).first.click()

    def sees(self, text, within="main"):
        expect(self.page.locator(within)).to_contain_text(self.words(text))
        self.reads_it()

    def signs_in_as_staff(self, *, to):
        """Sign in to the secretariat as a new superuser, on the page that asks for the password."""
        name = f"officer-{User.objects.count()}"
        User.objects.create_superuser(name, password=PASSWORD)
        self.page.goto(f"{self.site}secretariat/login/?next={to}")
        self.field("Username").fill(name)
        self.field("Password").fill(PASSWORD)
        self.reads_it()
        self.page.locator("input[type=submit], button[type=submit].btn, .submit-row *").last.click()

    def reads_it(self):
        """Note what is wrong with this page: its language, its direction, English on it, text that overflows it."""
        page = self.page
        page.locator("h1").first.wait_for(state="attached")
        direction = "rtl" if self.language in RIGHT_TO_LEFT else "ltr"
        said, shown = page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found = [(said, shown), wide, *self.visitor.wrong, *self.english_on(page.content())]
        if found != [(self.language, direction), 0]:
            self.faults.append((page.url, found))
        self.visitor.wrong.clear()

    def english_on(self, page):
        """The texts of the `page` (HTML) that have words in English which no one typed."""
        data = reading.data(self.language)
        return sorted(text for text in reading.texts(page, self.language) if reading.english(text, data, self.language))
