"""The benchmark itself works: its client, its arithmetic, and the whole of it at a tiny size."""

import asyncio
from contextlib import asynccontextmanager, closing

import pytest

from tests.bench import __main__ as whole
from tests.bench import client, report
from tests.bench.rounds import Comparison, Round, Rounds
from tests.bench.scenarios import Reading, Unexpected, hidden_fields


@asynccontextmanager
async def server(*pieces):
    """The port of a server that answers every request with these pieces, one after another."""

    async def answer(reader, writer):
        with closing(writer):
            while await reader.readline():
                while (await reader.readline()).strip():
                    pass
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
                    await asyncio.sleep(0.001)

    running = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with running:
        yield running.sockets[0].getsockname()[1]


def ask(pieces, times=1):
    """The answers of that server to so many requests over one connection."""

    async def asking():
        async with server(*pieces) as port:
            connection = await client.Connection.to(port)
            answers = [await connection.get("/") for _ in range(times)]
            connection.close()
            return answers

    return asyncio.run(asking())


def rounds(*per_second):
    return Rounds([Round(turns=[0.01] * number, seconds=1.0, processor_seconds=number / 1000) for number in per_second])


def measured(**changes):
    facts = {
        "comparisons": [],
        "statements": {"page": {"GET": 4}},
        "bare_statements": {"page": {"GET": 4}},
        "memory": (100.0, 80.0),
        "bare_memory": (70.0, 50.0),
    }
    return report.Measured(**facts | changes)


def test_the_client_reads_answers_in_pieces_and_asks_again_over_the_same_connection():
    pieces = [b"HTTP/1.1 302 Found\r\nLoca", b"tion: /a\r\ncontent-length: 4\r", b"\n\r\nwo", b"rd"]

    answers = ask(pieces, times=2)

    assert [(answer.status, answer.location, answer.body) for answer in answers] == [(302, "/a", b"word")] * 2


def test_an_unexpected_answer_stops_the_measurement():
    [answer] = ask([b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nword"])

    class Answering:
        async def get(self, path, cookie):
            return answer

    asyncio.run(Reading(path="/", words="word").once(Answering()))
    with pytest.raises(Unexpected):
        asyncio.run(Reading(path="/", words="other").once(Answering()))


def test_hidden_fields_of_a_form_are_sent_along():
    csrf = b'<input type="hidden" name="csrfmiddlewaretoken" value="a">'
    key = b'<input type="hidden" name="key" value="b" id="key">'

    assert hidden_fields(csrf + key) == {"csrfmiddlewaretoken": "a", "key": "b"}


def test_the_ratio_is_the_median_of_the_pairs():
    comparison = Comparison("page", 8, project=rounds(50, 10, 60), bare=rounds(100, 100, 100))

    assert comparison.ratio == 0.5


def test_percentiles_are_taken_over_all_turns():
    both = Rounds([Round([1.0] * 98, 1, 1), Round([2.0, 3.0], 1, 1)])

    assert [both.percentile(percent) for percent in (50, 95, 98, 99)] == [1.0, 1.0, 2.0, 3.0]


def test_a_missed_target_is_reported():
    slow = Comparison("page", 8, project=rounds(40), bare=rounds(100))

    found = report.missed(measured(comparisons=[slow], statements={"walk": {"POST": 21}}, memory=(111.0, 80.0)))

    assert found == [
        "A worker: 111 MiB, not 110",
        "Form to receipt, POST: 21 statements, not 20",
        "Page of the meeting, 8 clients: 0.40 of the bare one, not 0.5",
    ]
    assert report.missed(measured()) == []


def test_the_figures_have_their_place_in_the_documentation():
    assert report.BETWEEN.search(report.PAGE.read_text())


@pytest.mark.servers
def test_the_whole_benchmark_works_at_a_tiny_size():
    size = whole.Size(clients=(2,), rounds=1, seconds=0.1, warming=0.1)

    with whole.both_sides() as (project, bare):
        found = whole.measure(project, bare, size)

    assert [each.scenario for each in found.comparisons] == ["page", "uncached", "list", "walk"]
    assert all(each.ratio > 0 for each in found.comparisons)
    assert report.markdown(found, "script/bench").count("| Form to receipt |") == 5
