"""The benchmark itself works: its client, its arithmetic, its table, and some measures at a tiny size."""

import asyncio
from contextlib import asynccontextmanager, closing

import pytest

from tests.bench import __main__ as whole
from tests.bench import client, rush, statements, streams, table
from tests.bench.bench import Size
from tests.bench.measures import MEASURES
from tests.bench.rounds import Comparison, Load, Round, Rounds
from tests.bench.scenarios import Reading, Unexpected, Walking, hidden_fields
from tests.bench.sites import ROOT
from tests.bench.table import Row

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nword"
LAST_PAGE = PAGE.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
LOG = """\
100.000 1 speakers LOG:  duration: 0.1 ms  statement: BEGIN
100.010 1 speakers LOG:  duration: 9.0 ms  statement: SELECT 1 FROM "speakers_speakerslist" FOR NO KEY UPDATE OF "speakers_speakerslist"
100.011 2 speakers LOG:  duration: 0.1 ms  statement: BEGIN
100.012 1 speakers LOG:  duration: 0.1 ms  statement: SELECT 1 FROM "journal_head" FOR UPDATE
100.013 1 speakers LOG:  duration: 0.1 ms  statement: UPDATE "speakers_speakerslist" SET "last_receipt_no" = 1
100.018 1 speakers LOG:  duration: 2.0 ms  statement: COMMIT
100.019 2 speakers LOG:  duration: 7.0 ms  statement: SELECT 1 FROM "speakers_speakerslist" FOR NO KEY UPDATE OF "speakers_speakerslist"
\tof two lines
100.020 3 another LOG:  duration: 7.0 ms  statement: SELECT 1 FROM "speakers_speakerslist" FOR UPDATE
100.022 3 another LOG:  duration: 1.0 ms  statement: COMMIT
100.023 2 speakers LOG:  duration: 2.0 ms  statement: COMMIT
100.024 2 speakers LOG:  duration: 0.1 ms  statement: BEGIN
100.025 2 speakers LOG:  duration: 2.0 ms  statement: COMMIT
"""  # noqa: E501  as PostgreSQL writes it
TINY = Size(Load(rounds=1, seconds=0.1, warming=0.1), rushes=1, screens=20, acts=2, starts=1, counts=1)


@asynccontextmanager
async def server(*pieces):
    """A server that answers every request with these pieces, one after another; its port, and a list of connections."""
    connections = []

    async def answer(reader, writer):
        connections.append(writer)
        with closing(writer):
            while await reader.readline():
                while (await reader.readline()).strip():
                    pass
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0.001)
                if b"close" in pieces[0]:
                    return

    running = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with running:
        yield running.sockets[0].getsockname()[1], connections


def ask(pieces, times=1):
    """The answers of that server to so many requests of one client, and over how many connections it had them."""

    async def asking():
        async with server(*pieces) as (port, connections):
            connection = client.Connection(port)
            answers = [await connection.get("/") for _ in range(times)]
            connection.close()
            return answers, len(connections)

    return asyncio.run(asking())


def rounds(*per_second):
    return Rounds([Round(turns=[0.01] * number, seconds=1.0, processor_seconds=number / 1000) for number in per_second])


def test_the_client_reads_answers_in_pieces_and_asks_again_over_the_same_connection():
    pieces = [b"HTTP/1.1 302 Found\r\nLoca", b"tion: /a\r\ncontent-length: 4\r", b"\n\r\nwo", b"rd"]

    answers, connections = ask(pieces, times=2)

    assert [(answer.status, answer.location, answer.body) for answer in answers] == [(302, "/a", b"word")] * 2
    assert connections == 1


def test_the_client_connects_again_to_a_server_that_closes_each_connection():
    answers, connections = ask([LAST_PAGE], times=3)

    assert [answer.body for answer in answers] == [b"word"] * 3
    assert connections == 3


def test_an_unexpected_answer_stops_the_measurement():
    [answer], _ = ask([PAGE])

    class Answering:
        async def get(self, path, cookie):
            return answer

    asyncio.run(Reading(path="/", words="word").once(Answering()))
    with pytest.raises(Unexpected):
        asyncio.run(Reading(path="/", words="other").once(Answering()))


def test_a_page_that_a_cache_may_keep_is_read_at_another_address_each_time():
    asked = []

    class Answering:
        async def get(self, path, cookie):
            asked.append((path, cookie))
            return client.Answer(200, b"", b"word")

    page = Reading(path="/a", words="word", cookies=["one", "two"], another_address=True)
    for _ in range(3):
        asyncio.run(page.once(Answering()))

    assert asked == [("/a?0", "one"), ("/a?1", "two"), ("/a?2", "one")]


def test_hidden_fields_of_a_form_are_sent_along():
    csrf = b'<input type="hidden" name="csrfmiddlewaretoken" value="a">'
    key = b'<input type="hidden" name="key" value="b" id="key">'

    assert hidden_fields(csrf + key) == {"csrfmiddlewaretoken": "a", "key": "b"}


def test_each_visitor_of_a_rush_who_has_no_receipt_is_an_error():
    async def rushing():
        async with server(PAGE) as (port, _):
            return await rush.gathered(port, Walking(forms=[("/", "", {})] * 3, words="word"), 3, 0.0)

    found = asyncio.run(rushing())

    assert (found.walks, len(found.errors)) == ([], 3)
    assert found.errors[0].startswith("Unexpected: 200 instead of 200 b'csrfmiddlewaretoken'")


def test_the_share_is_the_median_of_the_pairs():
    comparison = Comparison(8, one=rounds(50, 10, 60), other=rounds(100, 100, 100))

    assert comparison.share == 0.5


def test_percentiles_are_taken_over_all_turns():
    both = Rounds([Round([1.0] * 98, 1, 1), Round([2.0, 3.0], 1, 1)])

    assert [both.percentile(percent) for percent in (50, 95, 98, 99)] == [1.0, 1.0, 2.0, 3.0]


def test_a_list_is_locked_from_the_lock_until_the_commit_is_done():
    assert statements.holds(LOG, "speakers") == pytest.approx([8, 4], abs=0.01)


def test_a_screen_is_open_when_its_first_message_is_whole():
    screens = streams.Screens()
    screen = streams.Screen(screens, "/")

    counts = []
    for piece in [b"HTTP/1.1 200 OK\r\n\r\n", b"retry: 1\n\ndata: a", b"\n\n", b"data: b\n\n"]:
        screen.data_received(piece)
        counts.append(screens.open)

    assert counts == [0, 0, 1, 1]


@pytest.mark.parametrize(
    ("limit", "falls_short"),
    [({}, False), ({"at_most": 3}, False), ({"at_most": 2.9}, True), ({"at_least": 3}, False), ({"at_least": 4}, True)],
)
def test_a_row_falls_short_beyond_its_limit(limit, falls_short):
    assert Row(what="walk", value=3, **limit).falls_short is falls_short


def test_the_table_has_a_heading_for_each_part_and_marks_what_falls_short():
    rows = [
        Row(what="walk", value=0.123, more="9.87 a second", at_least=0.3, bare=80.23, bare_unit="a second"),
        Row(what="lock", value=7.996, unit="ms", at_most=8),
        Row(what="memory", value=1234.5, unit="MiB", bare=60),
    ]

    assert table.markdown([("Inscribing", rows)], "script/bench").splitlines()[-4:] == [
        "| **Inscribing** |  |  |  |",
        "| walk ✗ | 0.12 (9.87 a second) | ≥ 0.30 | 80.2 a second |",
        "| lock | 8.00 ms | ≤ 8 ms |  |",
        "| memory | 1,234 MiB |  | 60 MiB |",
    ]
    assert table.falling_short([("Inscribing", rows)]) == ["Inscribing: walk: 0.12 (9.87 a second), wanted ≥ 0.30"]


def test_the_figures_have_their_place_in_the_documentation():
    assert table.BETWEEN.search(table.PAGE.read_text())


def test_the_help_of_the_script_names_every_measure():
    words = (ROOT / "script/bench").read_text()

    assert [name for name in MEASURES if f"\n  {name} " not in words] == []


@pytest.mark.servers
def test_measures_work_at_a_tiny_size():
    parts = whole.measure(["walk", "streams"], TINY)

    rows = [row for _, found in parts for row in found]
    assert [len(found) for _, found in parts] == [10, 5]
    assert all(row.value > 0 for row in rows)
    assert all(row.bare for row in rows if row.bare_unit)
