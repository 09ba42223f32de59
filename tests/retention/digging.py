"""Searching everything that is stored: all tables, and all files, even packed ones."""

import io
import zipfile

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection


def everything():
    """Every line of the database and of the files under `VAR_DIR`, readable, lower case."""
    return [line.lower() for line in [*_database(), *_files(), *_sessions()]]


def found(mark):
    """The lines that hold `mark`, shortened: what should have been erased."""
    return [line[:200] for line in everything() if mark.lower() in line]


def _database():
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  the database's own names
            for row in cursor.fetchall():
                yield f"{table}: " + " | ".join(readable(value) for value in row)
    if connection.vendor == "sqlite":
        yield from connection.connection.iterdump()


def _files():
    for path in sorted(settings.VAR_DIR.rglob("*")):
        if path.is_file():
            yield f"{path}: {readable(path.read_bytes())}"


def _sessions():
    for session in Session.objects.all():
        yield f"session: {session.get_decoded()}"


def readable(value):
    """`value` as text; of a packed file (a workbook, a document) the text of its content."""
    if not isinstance(value, bytes | memoryview):
        return str(value)
    content = bytes(value)
    if not content.startswith(b"PK"):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        return " ".join(pack.read(name).decode("utf-8", "replace") for name in pack.namelist())
