"""Noticing commits: PostgreSQL announces them, SQLite is polled ten times a second."""

import asyncio
import logging
import os
import sqlite3
from contextlib import suppress
from typing import Any

import psycopg2
from django.db import connection

from journal.announcement import CHANNEL

logger = logging.getLogger(__name__)

# The prefix of the journal's streams of meetings, see `Meeting.journal_stream`; one of a list goes on after a slash.
PREFIX = "meeting/"
# Seconds between two attempts to reach the database.
PATIENCE = 1.0
# Seconds between two reads of SQLite's change counter, which take some microseconds.
SQLITE_PAUSE = 0.1


async def watch(hub: Any) -> None:
    """Have `hub` read again what any process commits, for as long as this process lives."""
    follow = _follow_postgresql if connection.vendor == "postgresql" else _follow_sqlite
    while True:
        try:
            await follow(hub)
        except (psycopg2.Error, sqlite3.Error, OSError) as error:
            logger.warning("The database cannot be watched (%s); trying again.", type(error).__name__)
        await asyncio.sleep(PATIENCE)


async def _follow_postgresql(hub):
    """LISTEN until the connection breaks. Earlier announcements may have been missed, so everything is read once."""
    loop, heard = asyncio.get_running_loop(), asyncio.Event()
    link = await loop.run_in_executor(hub.reader, _listening_link)
    # A number of our own: that of a link that breaks is free at once, and the next visitor's connection would get it.
    watched = os.dup(link.fileno())
    loop.add_reader(watched, heard.set)
    try:
        await hub.refresh()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(heard.wait(), PATIENCE)
            heard.clear()
            link.poll()
            slugs = {notice.payload.removeprefix(PREFIX).partition("/")[0] for notice in link.notifies}
            link.notifies.clear()
            for slug in slugs:
                await hub.refresh(slug)
    finally:
        loop.remove_reader(watched)
        os.close(watched)
        link.close()


def _listening_link():
    """A separate connection that listens to the journal; its settings detect a server that vanished silently."""
    parameters = connection.get_connection_params()
    for name in ("cursor_factory", "context", "isolation_level"):
        parameters.pop(name, None)
    link = psycopg2.connect(**parameters)
    link.autocommit = True
    with link.cursor() as cursor:
        cursor.execute(f'LISTEN "{CHANNEL}"')
    return link


async def _follow_sqlite(hub):
    """Poll the database file for commits by other connections, and read everything again after each."""
    path = connection.settings_dict["NAME"]
    link = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    seen = None
    try:
        while True:
            (version,) = link.execute("PRAGMA data_version").fetchone()
            if version != seen:
                seen = version
                await hub.refresh()
            await asyncio.sleep(SQLITE_PAUSE)
    finally:
        link.close()
