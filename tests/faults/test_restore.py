"""A drill: a backup that is taken under load is restored into an empty cluster, by the scripts that an operator runs.

Nothing is mailed a second time, no number is given a second time, and all is whole. R-76
"""

import os
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from tests import servers
from tests.faults.clients import Visitor
from tests.faults.database import PostgreSQL
from tests.faults.mail_server import MailServer
from tests.faults.processes import wait_until
from tests.faults.scenery import focal_point

pytestmark = pytest.mark.faults

VISITORS = 7
# Where the examples of archiving keep the log.
ARCHIVE = "/var/lib/postgresql/archive"


def script(ground, name, *arguments, check=True, **environment):
    """Run `script/name`. Returns the `CompletedProcess`."""
    path = f"{servers.postgresql_programs()}:{os.environ['PATH']}"
    done = subprocess.run(
        [settings.BASE_DIR / "script" / name, *map(str, arguments)],
        env={**ground.environment, "PATH": path, **environment},
        cwd="/",
        check=False,
        capture_output=True,
        text=True,
    )
    assert not check or done.returncode == 0, done.stdout + done.stderr
    return done


def last_receipt(database):
    return database.one("SELECT last_receipt_no FROM speakers_speakerslist")


@pytest.fixture
def empty_cluster():
    """A cluster that has no role and no database of ours. Yields the address of its maintenance database."""
    with servers.postgresql_server("nothing") as server:
        yield server.address.replace("/nothing", "/postgres")


def test_a_backup_taken_under_load_is_restored_and_nothing_is_mailed_or_numbered_again(
    ground, empty_cluster, tmp_path, figures
):
    mails, web = MailServer(ground), ground.web()
    visitors = ground.signed_in(web, [focal_point(number) for number in range(1, VISITORS + 1)])
    *during, after, later = [(visitor, visitor.form()) for visitor in visitors]

    # Inscriptions go on while the backup is taken; then another one, and all mail goes out.
    ready = threading.Event()

    def inscribe_all():
        for visitor, form in during:
            assert visitor.inscribe(form).is_recorded
            ready.set()
            time.sleep(0.4)

    load = threading.Thread(target=inscribe_all)
    load.start()
    ready.wait()
    dump = script(ground, "backup", tmp_path).stdout.strip()
    load.join()
    assert after[0].inscribe(after[1]).is_recorded
    ground.manage("drain_outbox")
    given, sent = last_receipt(ground.database), len(mails.taken())
    web.end()

    # On Sunday, by these notes.
    begun = time.monotonic()
    owner, app = (empty_cluster.replace("postgres@", f"{role}@") for role in ("speakers_owner", "speakers_app"))
    new = {"OWNER_DATABASE_URL": owner.replace("/postgres", "/speakers")}
    new |= {"DATABASE_URL": app.replace("/postgres", "/speakers"), "ADMIN_DATABASE_URL": empty_cluster}
    restored = script(ground, "restore", dump, **new)
    seconds = time.monotonic() - begun
    again = script(ground, "restore", dump, check=False, **new)

    ground.environment |= new
    database = PostgreSQL(new["DATABASE_URL"])
    in_the_backup = database.one("SELECT count(*) FROM speakers_inscription")
    ground.manage("drain_outbox")
    assert sent > VISITORS
    assert len(mails.taken()) == sent
    assert "All is whole." in restored.stdout
    assert "owns nothing" in restored.stdout
    assert again.returncode == 1
    assert "not empty" in again.stderr
    assert [oct(path.stat().st_mode)[-3:] for path in Path(dump).parent.iterdir()] == ["600", "600"]

    # A new act is numbered above, and mailed.
    web = ground.web()
    visitor, _form = later
    visitor = Visitor(web.port, visitor.address)
    visitor.sign_in_from(database)()
    assert visitor.inscribe(visitor.form()).is_recorded
    ground.manage("drain_outbox")
    number = database.one("SELECT max(receipt_no) FROM speakers_inscription")
    # The margin is above what the mark that was left after the dump knew: perhaps some that the dump has not.
    assert given < number
    assert in_the_backup + 201 <= number <= given + 201
    assert visitor.address in {to for mail in mails.taken()[sent:] for to in mail.recipients}
    figures.add("a backup taken under load is restored", f"{in_the_backup} of {given} entries in it", seconds=seconds)
    print(f"restored in {seconds:.1f} seconds")  # noqa: T201


def test_a_backup_taken_on_hold_is_held_once_more_on_a_machine_that_has_no_marks(ground, empty_cluster, tmp_path):
    mails = MailServer(ground)
    ground.manage("after_restore", "--force")
    web = ground.web()
    [first, second] = ground.signed_in(web, [focal_point(number) for number in (1, 2)])
    assert first.inscribe(first.form()).is_recorded
    dump = script(ground, "backup", tmp_path).stdout.strip()
    assert second.inscribe(second.form()).is_recorded
    ground.manage("drain_outbox")
    given, sent = last_receipt(ground.database), len(mails.taken())
    web.end()

    owner, app = (empty_cluster.replace("postgres@", f"{role}@") for role in ("speakers_owner", "speakers_app"))
    new = {"OWNER_DATABASE_URL": owner.replace("/postgres", "/speakers"), "VAR_DIR": str(tmp_path / "var")}
    new |= {"DATABASE_URL": app.replace("/postgres", "/speakers"), "ADMIN_DATABASE_URL": empty_cluster}
    with servers.redis() as empty:
        ground.environment |= new | {"REDIS_URL": empty}
        restored = script(ground, "restore", dump)
        ground.manage("drain_outbox")

    assert sent
    assert len(mails.taken()) == sent
    assert given < last_receipt(PostgreSQL(new["DATABASE_URL"]))
    assert "It was on hold already, since" in restored.stdout
    assert "All is whole." in restored.stdout


def test_without_the_hold_mail_goes_out_twice(ground, tmp_path):
    """The negative control: the dump alone is restored, and no mark is left that would tell."""
    mails, web = MailServer(ground), ground.web()
    [visitor] = ground.signed_in(web, [focal_point(1)])
    assert visitor.inscribe(visitor.form()).is_recorded
    dump = script(ground, "backup", tmp_path).stdout.strip()
    ground.manage("drain_outbox")
    web.end()

    copy = ground.database.empty("restored_alone")
    programs = servers.postgresql_programs()
    subprocess.run([programs / "pg_restore", "--no-owner", f"--dbname={copy.address}", dump], check=True)
    for mark in ground.folder.glob("marks/*"):
        mark.unlink()
    with servers.redis() as empty:
        ground.environment |= {"DATABASE_URL": copy.address, "REDIS_URL": empty}
        ground.manage("drain_outbox")

    times = Counter(mail.message_id for mail in mails.taken())
    assert set(times.values()) == {2}
    copy.drop()


def archiving_to(archive):
    """The lines of `deploy/postgresql/archiving.conf` as options of a server, with the folder `archive`."""
    return _options("archiving.conf", archive)


def recovering_from(archive, moment):
    """The lines of `deploy/postgresql/recovery.conf`, with the folder `archive` and the `moment`, as a text."""
    options = _options("recovery.conf", archive) | {"recovery_target_time": moment.isoformat()}
    return "".join(f"{name} = '{value}'\n" for name, value in options.items())


def _options(name, archive):
    lines = (settings.BASE_DIR / "deploy/postgresql" / name).read_text().replace(ARCHIVE, str(archive)).splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line and not line.startswith("#"))
    return {option.strip(): value.strip().strip("'") for option, _sign, value in pairs}


def test_a_moment_is_recovered_from_a_base_backup_and_the_log_and_is_recognized(ground):
    """The two files of examples do what they say; the database that they recover is put on hold by itself."""
    programs = servers.postgresql_programs()
    with (
        servers.folder_of_postgresql() as archive,
        servers.postgresql_server("archived", **archiving_to(archive)) as server,
    ):
        database = PostgreSQL(server.address)
        dump = subprocess.run([programs / "pg_dump", ground.database.address], check=True, capture_output=True)
        subprocess.run(
            [programs / "psql", "--quiet", "--output=/dev/null", server.address], input=dump.stdout, check=True
        )
        ground.environment["DATABASE_URL"] = server.address
        ground.manage("leave_mark")

        def recovered(account, folder):
            backup = [programs / "pg_basebackup", "--dbname", server.address, "--checkpoint=fast", "--pgdata", folder]
            subprocess.run([*account, *backup], check=True, cwd="/")
            database.ask("INSERT INTO speakers_wrongcodes (began_at, number) VALUES (now(), 1)")
            moment = database.one("SELECT clock_timestamp()")
            database.ask("INSERT INTO speakers_wrongcodes (began_at, number) VALUES (now(), 2)")
            ground.manage("leave_mark")
            segment = database.one("SELECT pg_walfile_name(pg_switch_wal())")
            wait_until((archive / segment).exists, "the log to be archived", seconds=30)
            with (folder / "postgresql.auto.conf").open("a") as conf:
                conf.write(recovering_from(archive, moment))
            (folder / "recovery.signal").touch()

        with servers.postgresql_server("archived", data=recovered) as server:
            found = PostgreSQL(server.address)
            ground.environment["DATABASE_URL"] = server.address
            ground.manage("drain_outbox")
            assert found.ask("SELECT number FROM speakers_wrongcodes") == [(1,)]
            assert found.ask("SELECT was_recognized, let_go_at FROM secretariat_restoration") == [(True, None)]
