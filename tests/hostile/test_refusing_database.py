"""On each page that records, whatever the database says: NOT recorded, the form again, and a number.  R-09"""

import re

import pytest
from django.db import InternalError, connection

from tests.hostile import addresses, surface
from tests.hostile.visitors import PUBLIC, Browser
from tests.scenes import undone

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"give the number [0-9a-f]{8}:")


def refuse(execute, sql, params, many, context):
    """Answer like a standby: what is read is there, and nothing is taken."""
    if re.match(r"INSERT|UPDATE|DELETE|SELECT .* FOR (NO KEY )?UPDATE", sql):
        raise InternalError("cannot execute this in a read-only transaction")
    return execute(sql, params, many, context)


def forms(browser):
    """Every form that the browser's visitor is shown, filled in, with its path; each kind once."""
    found = {}
    for address in addresses.every():
        if not (address.is_of_staff and browser.is_public):
            for path, form in surface.forms_on(surface.page_at(address, browser), address):
                if form.method == "POST":
                    found.setdefault((surface.pattern_of(path), *sorted(form.filled)), (path, form.filled))
    return found.values()


@pytest.mark.parametrize(("visitor", "at_least"), [("superuser", 35), *((name, 5) for name in PUBLIC)])
def test_every_page_says_not_recorded_with_the_form_and_a_number(scene, visitor, at_least):
    browser, answers = Browser(visitor), []
    browser.raise_request_exception = False

    for path, filled in forms(browser):
        with undone(), connection.execute_wrapper(refuse):
            answers.append((path, browser.post(path, filled)))
        browser.as_before()

    failed = [(path, answer) for path, answer in answers if answer.status_code >= 500]
    silent = [
        path
        for path, answer in failed
        if not (
            answer.status_code == 503 and "NOT recorded" in (page := answer.content.decode()) and NUMBER.search(page)
        )
    ]
    assert silent == []
    assert len(failed) >= at_least
