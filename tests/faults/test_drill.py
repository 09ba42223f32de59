"""The operator's drill, carried out word for word: the commands in the document are the ones that run here."""

import os

import pytest

from tests import servers
from tests.faults import drilling
from tests.faults.database import PostgreSQL
from tests.faults.processes import wait_until

pytestmark = pytest.mark.faults


@pytest.fixture
def shell(private_postgresql, redis, tmp_path):
    """A shell in a fresh clone, with an empty database, a Redis and a port of its own."""
    database = PostgreSQL(private_postgresql).empty("drill")
    own = {"DRILL_DATABASE": database.address, "DRILL_REDIS": redis, "DRILL_PORT": str(servers.free_port())}
    path = f"{servers.postgresql_programs()}:{os.environ['PATH']}"
    drilling.clone(tmp_path)
    shell = drilling.Shell(tmp_path, own | {"PATH": path, "HOME": str(tmp_path), "LANG": "C.UTF-8"})
    yield shell
    shell.end()
    database.drop()


def test_each_step_of_the_drill_answers_what_the_document_says(shell):
    for step in drilling.steps(drilling.DOCUMENT.read_text()):
        words = shell.run(step, wait_until)

        assert drilling.missing(step.expected, words) == "", f"{step.commands}\n{words}"


def test_an_answer_that_does_not_come_is_noticed():
    (step,) = drilling.steps("```sh\necho one two\n```\n\n```text\none …\nthree\n```\n")

    assert drilling.missing(step.expected, "one two\n") == "three"
    assert drilling.missing(step.expected, "one two\nthree\n") == ""
