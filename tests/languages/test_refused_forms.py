"""Every form, refused in each language of the organization: no word of it is English, and errors belong to a field."""

import logging
from collections import defaultdict
from urllib.parse import urljoin

import lxml.html
import pytest
from django.conf import settings
from django.utils.translation import trans_real

from floor import standings
from speakers.views import outage
from tests.hostile import addresses
from tests.hostile.conftest import scene  # noqa: F401  a fixture
from tests.hostile.forms import Forms
from tests.hostile.visitors import PUBLIC, Browser
from tests.languages import reading
from tests.languages.test_every_page import Noting
from tests.scenes import undone

pytestmark = pytest.mark.django_db
LANGUAGES = ["en", "ar", "zh-hans", "fr", "ru", "es"]
# What is sent instead of what a field asks for.
EMPTY, WRONG = "", "x?"
# Fields that say which form or row it is, and choose where the answer leads.
KEPT = ("csrfmiddlewaretoken", "next", "back", "action", "mode")
AT_LEAST = 60


@pytest.fixture(autouse=True)
def quiet():
    """Refusals are what is asked for; nothing of it is logged."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def forms(scene):  # noqa: F811
    """Each form once, by its route and fields, as (visitor, address to which it goes, its fields as shown)."""
    found, all_addresses = {}, list(addresses.every())
    for visitor in (*PUBLIC[1:], "superuser", PUBLIC[0]):
        browser = Browser(visitor)
        for each in all_addresses:
            if each.is_slow or (each.is_of_staff and visitor in PUBLIC) or each.route.startswith("api:"):
                continue
            answer = browser.get(each.path)
            if answer.status_code == 200 and answer.get("Content-Type", "").startswith("text/html"):
                for form in Forms(answer.content.decode()).found:
                    if form.method == "POST" and form.shown.keys() - {"csrfmiddlewaretoken"}:
                        key = each.route, dict(each.arguments).get("name"), frozenset(form.shown)
                        found.setdefault(key, (visitor, urljoin(each.path, form.action), form.shown))
    return list(found.values())


def refused(forms, language, value):
    """The pages that answer the `forms` with `value` in every field, as pairs (address, HTML); nothing of it stays."""
    browsers = {visitor: Browser(visitor) for visitor in (*PUBLIC, "superuser")}
    for browser in browsers.values():
        browser.kept[settings.LANGUAGE_COOKIE_NAME] = language
    for visitor, address, shown in forms:
        browser = browsers[visitor]
        browser.as_before()
        sent = {name: (old or "") if name in KEPT or name.endswith("_FORMS") else value for name, old in shown.items()}
        with undone():
            answer = browser.post(address, sent)
        standings.forget()
        outage.forget()
        if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming and answer.content:
            yield address, answer.content.decode()


def loose(page):
    """The errors of `page` that no field says to describe it, and the fields in error that name no description."""
    tree = lxml.html.document_fromstring(page)
    described = {name for each in tree.xpath("//*/@aria-describedby") for name in each.split()}
    for error in tree.xpath("//*[contains(@class, 'invalid-feedback') or contains(@class, 'errorlist')]"):
        ids = [each.get("id") for each in (error, *error.iterancestors(), *error.iter()) if each.get("id")]
        of_all = "nonfield" in error.get("class") or "nonform" in error.get("class")
        if not of_all and error.text_content().strip() and not described & set(ids):
            yield f"the error “{' '.join(error.text_content().split())}” is of no field"
    for field in tree.xpath("//*[@aria-invalid='true']"):
        names = field.get("aria-describedby", "").split()
        if not any(tree.xpath("//*[@id=$name]", name=name) for name in names):
            yield f"field {field.get('name')} is wrong and does not say why"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_is_said_in_the_language_of_the_page(forms, language, monkeypatch):
    noting = Noting(trans_real.translation(language))
    monkeypatch.setitem(trans_real._translations, language, noting)  # noqa: SLF001  Django has no other way
    texts, unbound, errors = defaultdict(set), set(), set()
    for address, page in [*refused(forms, language, EMPTY), *refused(forms, language, WRONG)]:
        unbound |= {f"{address}: {each}" for each in loose(page)}
        errors |= {address} if "aria-invalid" in page else set()
        for text in reading.texts(page, language) if language != "en" else ():
            texts[text].add(address)

    data = reading.data(language)
    left = {text: sorted(paths)[0] for text, paths in texts.items() if reading.english(text, data, language)}
    assert len(errors) >= AT_LEAST
    assert not left, "\n".join(f"{address}: {text[:200]}" for text, address in sorted(left.items()))
    assert not unbound, "\n".join(sorted(unbound))
    missing = [each for each in noting.missing if each not in data] if language != "en" else []
    assert missing == []


def test_an_error_that_is_tied_to_no_field_is_found():
    tied = "<html><input aria-invalid='true' aria-describedby='a'><p id='a' class='invalid-feedback'>No.</p></html>"

    assert list(loose(tied)) == []
    assert list(loose(tied.replace("id='a'", ""))) == [
        "the error “No.” is of no field",
        "field None is wrong and does not say why",
    ]
