"""Every address, every kind of visitor: what is answered stands in `matrix.txt`, and nothing else is.  R-11 R-58 R-59

A GET writes nothing; a form without its token does nothing; no one sees what belongs to another.
"""

import hashlib
import logging
import re
from contextlib import contextmanager

import pytest
from django.db import connection

import printing
from floor import standings
from speakers.views import outage
from tests.hostile import matrix
from tests.hostile.matrix import APPLICANT, IDENTITIES, WITH_ENTRY, WITHOUT_ENTRY
from tests.hostile.visitors import PUBLIC, Browser
from tests.scenes import undone

pytestmark = pytest.mark.django_db
WRITES = re.compile(r"\s*(INSERT (OR IGNORE )?INTO|UPDATE|DELETE FROM)\s+\"?(?P<table>\w+)", re.IGNORECASE)
# What a visit may write: the moment of the last activity of staff.
MAY_BE_WRITTEN = {"django_session"}
# What asks the database whether it would take something, and has it take nothing.
PROBES = {"healthz"}
# Where django-allauth counts whatever is no GET as an attempt of the signed-in person, in the table of its cache.
COUNTS = "kept_for_a_while"
COUNTED = {f"secretariat/second-factor/password/: {COUNTS}"}
# Public pages set no cookie, so the language bar has no token: what other sites send is refused by what browsers say
# of it (`tests/languages/test_choosing.py`).
LANGUAGE = "language/"
# Asking where a witness stands changes nothing but the count of the network; its page sets no cookie either.
WITNESS = "verify/"
DECLARED = matrix.read()
RECEIPTS = "inscriptions/<uuid:public_id>"
# Each address is asked with one of them, with others by other visitors.
OTHER_METHODS = ["PUT", "PATCH", "DELETE", "OPTIONS"]


@pytest.fixture(scope="module")
def doors(scene):
    return matrix.doors()


@pytest.fixture(autouse=True)
def quiet(monkeypatch):
    """Refusals are expected by the thousand: none is logged. No paper is printed, which takes seconds."""
    monkeypatch.setattr(printing, "pdf", lambda page: b"%PDF-")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def browser_of(identity):
    browser = Browser(PUBLIC[0] if identity == matrix.ANONYMOUS else identity)
    browser.raise_request_exception = False
    return browser


def answer(browser, method, path):
    """The answer to one request without any field; nothing of a form stays."""
    try:
        if method in {"GET", "HEAD"}:
            return browser.generic(method, path)
        with undone():
            return browser.generic(method, path, "", "application/x-www-form-urlencoded")
    finally:
        browser.as_before()
        standings.forget()
        outage.forget()


@contextmanager
def noting_writes(into):
    """Note in the list `into` each table that the block writes to."""

    def note(execute, sql, params, many, context):
        if (found := WRITES.match(sql)) and found["table"] not in MAY_BE_WRITTEN:
            into.append(found["table"])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield


def digests():
    """Every table with a digest of its rows, whatever their order."""
    with connection.cursor() as cursor:
        return {name: _digest(cursor, name) for name in connection.introspection.table_names(cursor)}


def _digest(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  a name from the database itself
    rows = sorted(repr([bytes(each) if isinstance(each, memoryview) else each for each in row]) for row in cursor)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def lines_of(doors):
    """The lines of the table as the site answers now."""
    got, posted = dict.fromkeys(doors, ""), dict.fromkeys(doors, "")
    for identity in IDENTITIES if doors else []:
        browser = browser_of(identity)
        for door in doors:
            got[door] += matrix.mark_of(answer(browser, "GET", door.path_for(identity)))
            posted[door] += matrix.mark_of(answer(browser, "POST", door.path_for(identity)))
    return [matrix.line(door.name, got[door], posted[door]) for door in doors]


def test_every_address_is_in_the_table_and_no_other(doors):
    missing = lines_of([door for door in doors if door.name not in DECLARED])

    assert missing == [], "Add to matrix.txt, if that is right:\n" + "\n".join(missing)
    assert set(DECLARED) - {door.name for door in doors} == set()


@pytest.mark.parametrize("identity", IDENTITIES)
def test_each_visitor_gets_what_the_table_says_and_a_visit_writes_nothing(doors, identity):
    browser, marks, written = browser_of(identity), {}, []
    before = digests()

    for door in doors:
        with noting_writes(tables := []):
            marks[door.name] = matrix.mark_of(answer(browser, "GET", door.path_for(identity)))
        written += [f"{door.name}: {table}" for table in tables if door.name not in PROBES]

    after = digests()
    assert written == []
    assert {name for name in after if after[name] != before[name]} <= MAY_BE_WRITTEN
    assert marks == {name: matrix.marks_in(line)[0][identity] for name, line in DECLARED.items()}


@pytest.mark.parametrize("identity", [APPLICANT, WITH_ENTRY, "Secretariat lead"])
def test_what_asks_for_the_head_of_a_page_is_answered_like_a_visit_and_writes_nothing(doors, identity):
    browser, others, written = browser_of(identity), [], set()

    for door in [each for each in doors if each.name not in PROBES and not each.address.is_of_staff]:
        declared = matrix.marks_in(DECLARED[door.name])[0][identity]
        with noting_writes(tables := []):
            mark = matrix.mark_of(answer(browser, "HEAD", door.path_for(identity)))
        if mark not in {declared, "-"}:
            others.append(f"{door.name}: {mark}, not {declared}")
        written |= {f"{door.name}: {table}" for table in tables}

    assert (others, written - COUNTED) == ([], set())


@pytest.mark.parametrize("identity", IDENTITIES)
def test_a_method_that_no_page_uses_opens_no_more_than_a_visit_and_writes_nothing(doors, identity):
    browser, others, written = browser_of(identity), [], []

    for number, door in enumerate(each for each in doors if each.name not in PROBES):
        method = OTHER_METHODS[(number + IDENTITIES.index(identity)) % len(OTHER_METHODS)]
        declared = {marks[identity] for marks in matrix.marks_in(DECLARED[door.name])}
        with noting_writes(tables := []):
            answered = answer(browser, method, door.path_for(identity))
        mark, tells_methods = matrix.mark_of(answered), method == "OPTIONS" and not answered.getvalue()
        if mark not in {*declared, "-"} and not tells_methods:
            others.append(f"{method} {door.name}: {mark}, not {declared}")
        written += [f"{method} {door.name}: {table}" for table in tables if table != COUNTS]

    assert (others, written) == ([], [])


@pytest.mark.parametrize("identity", IDENTITIES)
def test_each_visitor_who_sends_a_form_is_answered_what_the_table_says(doors, identity):
    browser = browser_of(identity)

    marks = {door.name: matrix.mark_of(answer(browser, "POST", door.path_for(identity))) for door in doors}

    assert marks == {name: matrix.marks_in(line)[1][identity] for name, line in DECLARED.items()}


@pytest.mark.parametrize("identity", IDENTITIES)
def test_a_form_without_its_token_is_refused_to_everyone_everywhere(doors, identity):
    browser = browser_of(identity)
    del browser.defaults["HTTP_X_CSRFTOKEN"]
    methods, passed, written = ["POST"], [], []
    if identity == "superuser":
        methods += ["PUT", "DELETE"]

    for door in [each for each in doors if each.name not in {LANGUAGE, WITNESS}]:
        for method in methods:
            with noting_writes(written):
                status = answer(browser, method, door.path_for(identity)).status_code
            if status not in {401, 403, 405}:  # 401: no cookie counts, only a key; 405: it takes nothing at all
                passed.append(f"{method} {door.name}: {status}")

    assert (passed, written) == ([], [])


def test_with_its_token_a_form_is_taken_and_what_it_writes_is_noticed(doors):
    """The negative control: the token alone is missing above, and what a form writes is noted and changes its table."""
    browser = browser_of(matrix.ANONYMOUS)
    sign_in = next(door for door in doors if door.name == "meetings/<slug:slug>/speakers/sign-in/")
    before = digests()

    with undone(), noting_writes(written := []):
        taken = browser.post(sign_in.address.path, {"email": "someone@missions.example"})
        after = digests()

    assert taken.status_code == 302
    assert {"speakers_signin", "outbox_message"} <= set(written)
    assert {"speakers_signin", "outbox_message"} <= {name for name in after if after[name] != before[name]}


@pytest.mark.parametrize("line", [line for name, line in DECLARED.items() if RECEIPTS in name])
def test_what_belongs_to_a_delegation_is_not_found_by_another_nor_by_anyone_without_a_sign_in(line):
    got, posted = matrix.marks_in(line)

    assert got[WITHOUT_ENTRY] in "0-"
    assert posted[WITHOUT_ENTRY] in "0-"
    assert {got[who] for who in IDENTITIES if who not in {WITH_ENTRY, WITHOUT_ENTRY}} <= set("s0-")


@pytest.mark.parametrize("line", [line for name, line in DECLARED.items() if "<str:token>" in name])
def test_what_a_link_opens_is_closed_to_all_who_have_it_not(line):
    got, posted = matrix.marks_in(line)
    others = [who for who in IDENTITIES if who != APPLICANT]

    assert {marks[who] for marks in (got, posted) for who in others} <= set("e0-")


@pytest.mark.parametrize("line", [line for name, line in DECLARED.items() if name.startswith("secretariat/")])
def test_a_page_of_staff_opens_to_no_one_who_is_none(line):
    got, posted = matrix.marks_in(line)
    is_sign_in = "secretariat/login/" in line or line.endswith(("secretariat/logout/", "secretariat/jsi18n/"))

    assert is_sign_in or {marks[who] for marks in (got, posted) for who in IDENTITIES[: matrix.STRANGERS]} <= set(
        "s0x-"
    )
