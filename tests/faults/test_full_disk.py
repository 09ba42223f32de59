"""A disk is full, that of PostgreSQL or that of `var/`: nothing is wrongly called recorded, and all goes on.  R-09"""

import json
import tempfile
import uuid

import pytest

from tests import servers
from tests.faults.disks import mounted
from tests.faults.examining import problems_of_list
from tests.faults.ground import SETTINGS, Ground, database_of_scene
from tests.faults.mail_server import MailServer
from tests.faults.processes import wait_until
from tests.faults.scenery import focal_point
from tests.faults.test_database import OFFICER, TELEPHONE
from tests.faults.test_mail import state_counts

pytestmark = pytest.mark.faults
# What a cluster with the scenery needs, and a little.
MEGABYTES, SMALL_WAL = 192, {"min_wal_size": "32MB", "max_wal_size": "32MB", "autovacuum": "off"}
# How many inscriptions at most fit into pages that are not full.
TRIES = 200


@pytest.fixture
def disk():
    with mounted(MEGABYTES) as disk:
        yield disk


@pytest.fixture
def ground(disk, redis, tmp_path, monkeypatch):
    """The ground of a site whose PostgreSQL has a small disk."""
    monkeypatch.setattr(tempfile, "tempdir", str(disk.folder))
    with servers.postgresql_server(**SMALL_WAL) as server:
        monkeypatch.undo()
        database = database_of_scene(server.address, tmp_path)
        environment = servers.environment(database.address, redis) | {"DJANGO_SETTINGS_MODULE": SETTINGS}
        ground = Ground(database, environment, tmp_path)
        yield ground
        ground.end()


def inscribe_until_refused(visitor, form):
    """Inscribe one group after the other. Returns the recorded answers, and the form and answer of the other."""
    recorded = []
    for _try in range(TRIES):
        own = form | {"capacity": "group", "group_name": uuid.uuid4().hex, "key": str(uuid.uuid4())}
        answer = visitor.inscribe(own)
        if not answer.is_recorded:
            return recorded, own, answer
        recorded.append(answer)
    raise AssertionError("a full disk took everything")


def health_of(visitor):
    answer = visitor.get("/healthz")
    return answer.status, json.loads(answer.text)["database"]


def test_on_a_full_disk_postgresql_refuses_in_words_and_goes_on_once_there_is_room(ground, disk):
    web, blind = ground.web(processes=1), ground.web("tests.faults.without.room", processes=1)
    (visitor,) = ground.signed_in(web, [focal_point(1)])
    form = visitor.form()
    before = health_of(visitor)

    disk.fill()
    full = health_of(visitor)
    visitor.port = blind.port
    unnoticed = health_of(visitor)
    visitor.port = web.port
    recorded, refused, answer = inscribe_until_refused(visitor, form)
    disk.make_room()
    again = visitor.inscribe(refused)

    assert before[1] == "up"
    assert full == (503, "refuses to write")
    assert unnoticed[1] == "up"
    assert answer.status == 503
    assert all(words in answer.text for words in ["NOT recorded", "give the number", OFFICER, TELEPHONE])
    assert "53100" in web.said()
    assert again.is_recorded
    assert health_of(visitor)[1] == "up"
    kept = {str(public_id) for (public_id,) in ground.database.ask("SELECT public_id FROM speakers_inscription")}
    assert kept == {answer.receipt for answer in [*recorded, again]}
    assert problems_of_list(ground) == []


def test_on_a_full_disk_of_var_pages_are_served_and_mail_goes_out(make_ground, redis):
    ground = make_ground(redis)
    with mounted(1) as var:
        var.fill()
        ground.environment["VAR_DIR"] = str(var.folder)
        server = MailServer(ground)
        web = ground.web(processes=1)
        ground.worker(app="tests.faults.hurried")
        ground.beat(app="tests.faults.hurried", folder=var.folder)
        (visitor,) = ground.signed_in(web, [focal_point(1)])
        answer = visitor.inscribe(visitor.form())
        wait_until(lambda: state_counts(ground)["sent"] >= 2, "the acknowledgement and the notice to be sent", 60)
        ground.end()

    assert answer.is_recorded
    assert len(server.taken()) >= 2
