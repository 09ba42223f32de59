"""Texts that were kept as files beside the database are taken into it; one whose file is gone is a missing text."""

import hashlib
import json
import sqlite3

import psycopg2
import pytest

from tests.upgrade import site
from tests.upgrade.rewording import NAME

TEXT = b"PK\x03\x04 the bytes of a text" * 20_000
ASK = """
import django, json
django.setup()
from django.contrib.auth.models import User
from django.test import Client
from floor.models import Statement
client = Client(HTTP_HOST="localhost")
client.force_login(User.objects.create_superuser("reader"))
pages = [f"/meetings/r2p-2016/statements/{each.public_id}/" for each in Statement.objects.order_by("pk")]
answers = [client.get(page) for page in pages]
print(json.dumps([(answer.status_code, answer.getvalue().decode("latin-1")) for answer in answers]))
"""


@pytest.fixture(params=["postgresql", "sqlite"])
def before(request, make_database, tmp_path):
    """A site with a database of the version before, not yet migrated, and a connection to that database."""
    if request.param == "sqlite":
        site.load_into_sqlite(NAME, tmp_path)
        connection, environment = sqlite3.connect(tmp_path / "database.sqlite3"), site.on_sqlite(tmp_path)
    else:
        address = make_database("with_texts")
        site.load_into_postgresql(NAME, address)
        connection, environment = psycopg2.connect(address), site.on_postgresql(address, tmp_path)
    yield environment, connection
    connection.close()


def test_a_text_is_taken_into_the_database_and_one_without_its_file_is_missing_in_words(before, tmp_path):
    environment, connection = before
    cursor = connection.cursor()
    cursor.execute("SELECT file FROM floor_statement ORDER BY id")
    (kept,), (lost,) = cursor.fetchall()
    sha256 = hashlib.sha256(TEXT).hexdigest()
    cursor.execute(f"UPDATE floor_statement SET sha256 = '{sha256}', size = {len(TEXT)} WHERE file = '{kept}'")  # noqa: S608
    connection.commit()
    file = tmp_path / "statements" / kept
    file.parent.mkdir(parents=True)
    file.write_bytes(TEXT)
    (tmp_path / "statements" / lost).write_bytes(b"something else")

    words = site.run(environment, "manage.py", "migrate")

    (status, read), (status_of_lost, page) = json.loads(site.run(environment, "-c", ASK))
    assert (status, read.encode("latin-1")) == (200, TEXT)
    assert status_of_lost == 410
    assert "its file is no longer kept here" in page
    assert f"The text {lost} is missing" in words
    assert not file.exists()
