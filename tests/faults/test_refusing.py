"""The database answers and takes nothing: a standby that only reads, a grant that is missing.  R-09

The page says NOT recorded with the officer, the form to send again and a number; the log names the cause once under
that number, without what was typed; `/healthz` says it at once.
"""

import json
import re

import pytest

from tests.config.test_application_role import grant
from tests.faults.clients import TYPED
from tests.faults.scenery import PATH, focal_point
from tests.faults.test_database import OFFICER, TELEPHONE

pytestmark = pytest.mark.faults
ROLE = "speakers_web"


def only_read(database, is_so):
    """A standby, or a disk that became read-only."""
    database.only_read(is_so)


def without_a_grant(database, is_so):
    """The application's role may no longer enter anything on a list."""
    verb, to = ("REVOKE", "FROM") if is_so else ("GRANT", "TO")
    database.ask(f"{verb} INSERT ON speakers_inscription {to} {ROLE}")


@pytest.fixture
def web(ground):
    """A web server that has the application's role, as in `docs/operations/installing.md`."""
    ground.database.ask(f"DROP ROLE IF EXISTS {ROLE}")
    ground.database.ask(f"CREATE ROLE {ROLE} LOGIN")
    grant(ground.database.address, role=ROLE)
    return ground.web(environment={"DATABASE_URL": ground.database.address.replace("postgres@", f"{ROLE}@")})


@pytest.mark.parametrize(
    ("refuse", "cause"),
    [
        (only_read, "InternalError 25006: cannot execute SELECT FOR NO KEY UPDATE in a read-only transaction"),
        (without_a_grant, "ProgrammingError 42501: permission denied for table speakers_inscription"),
    ],
)
def test_a_database_that_takes_nothing_is_named_in_the_log_under_the_number_on_the_page(ground, web, refuse, cause):
    (visitor,) = ground.signed_in(web, [focal_point(1)])
    form = visitor.form()

    refuse(ground.database, True)
    answer, health = visitor.inscribe(form), visitor.get("/healthz")
    refuse(ground.database, False)
    again = visitor.inscribe(form)

    number = re.search(r"give the number ([0-9a-f]{8}):", answer.text)[1]
    lines = [line for line in web.said().splitlines() if f"Failure {number}" in line]
    assert answer.status == 503
    assert all(words in answer.text for words in ["NOT recorded", OFFICER, TELEPHONE, "Send the same form again"])
    assert len(lines) == 1
    assert f"POST '{PATH}inscribe/': {cause}, in " in lines[0]
    assert not any(typed in web.said() for typed in (TYPED["speaker_name"], TYPED["contact_name"], focal_point(1)))
    assert (health.status, json.loads(health.text)["database"]) == (503, "refuses to write")
    assert again.is_recorded
