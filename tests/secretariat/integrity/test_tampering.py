"""By what each kind of tampering is found, as `docs/operations/tampering.md` says it.  R-58 R-77"""

import os
import re
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from secretariat.integrity.findings import PROTECTIONS, findings
from tests.factories import OPEN
from tests.secretariat.integrity import scene as scenes
from tests.secretariat.integrity.tampering import KINDS

pytestmark = pytest.mark.django_db
ROLE = f"application_{os.getpid()}"
PAGE = settings.BASE_DIR / "docs/operations/tampering.md"
# What the database says when it refuses: the role lacks the right, or a trigger speaks.
REFUSED = re.compile(r"permission denied|append-only|is never changed|is frozen by an act")


@pytest.fixture
def scene(tmp_path):
    return scenes.enact(tmp_path)


def run(*statements):
    with connection.cursor() as cursor:
        for each in statements:
            cursor.execute(each)


def grant():
    """Make the application's role, as config/application-role.sql does."""
    script = (settings.BASE_DIR / "config/application-role.sql").read_text()
    grants = re.sub(r"(?m)^(--|SELECT format).*\n", "", script).replace(':"role"', ROLE)
    run(f"CREATE ROLE {ROLE}", grants)


@contextmanager
def as_application():
    """What the application may do; on SQLite, which knows no roles, with the triggers in place."""
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE", f"SET LOCAL ROLE {ROLE}")
    yield
    if connection.vendor == "postgresql":
        run("RESET ROLE")


@contextmanager
def as_owner():
    """What the owner of the database may do: the triggers are switched off, and on again."""
    if connection.vendor == "postgresql":
        run("SET LOCAL session_replication_role = replica")
        yield
        run("SET LOCAL session_replication_role = origin")
        return
    for each in PROTECTIONS:
        each.unprotect(connection)
    yield
    for each in PROTECTIONS:
        each.protect(connection)


def found_by(tamper, scene, who):
    """By what it is found if `who` carries out `tamper`: the first of the database and the command, or all the others.

    The record is as before afterwards.
    """
    with transaction.atomic():
        means = _means(tamper, scene, who)
        transaction.set_rollback(True)
    return means


def _means(tamper, scene, who):
    try:
        with transaction.atomic(), who():
            tamper(scene)
    except DatabaseError as error:
        return "the database" if REFUSED.search(str(error)) else str(error)
    if findings(at=OPEN):
        return "the command"
    others = {
        "a kept file": findings([*scene.files, scene.revision], at=OPEN),
        "a receipt": findings(witnesses=scene.witnesses, at=OPEN),
    }
    return ", ".join(name for name, found in others.items() if found) or "no one"


def rows():
    """The table of the page: what is done, and by what it is found."""
    lines = [line.strip("|").split("|") for line in PAGE.read_text().splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line) for line in lines[2:]]


def test_the_record_of_the_scene_is_whole(scene):
    assert findings([*scene.files, scene.revision], scene.witnesses, at=OPEN) == []


def test_each_kind_of_tampering_is_found_by_what_the_page_says(scene):
    if connection.vendor == "postgresql":
        grant()

    real = [
        (name, *(found_by(tamper, scene, who) for who in (as_application, as_owner))) for name, tamper in KINDS.items()
    ]

    assert len(real) >= 24
    assert real == rows()
    assert findings([*scene.files, scene.revision], scene.witnesses, at=OPEN) == []
