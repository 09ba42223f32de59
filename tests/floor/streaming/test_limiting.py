"""A network holds and opens so many streams at most, and is refused before anything is read.  R-60"""

import asyncio
import http.client
import threading
from contextlib import closing, contextmanager

import pytest
import uvicorn

from dialogue.networks import network_at
from floor.streaming.application import Application
from floor.streaming.hub import Hub
from floor.streaming.limiting import Networks
from tests.faults.processes import wait_until
from tests.servers import free_port

BUILDING, HOME = "192.0.2.1", "198.51.100.7"


def admitted(networks, times, *, at, name=BUILDING):
    return sum(networks.admit(name, at) for _ in range(times))


def test_three_thousand_screens_of_a_building_come_at_the_same_instant_by_default(settings):
    assert admitted(Application().networks, 3000, at=100.0) == 3000


def test_a_network_holds_so_many_streams_and_each_that_ends_makes_room():
    networks = Networks(most=5, per_second=1000)

    assert admitted(networks, 9, at=100.0) == 5
    networks.leave(BUILDING)
    assert admitted(networks, 9, at=101.0) == 1


def test_a_network_that_opens_and_closes_gets_so_many_new_streams_in_a_second():
    networks = Networks(most=5, per_second=2)
    for _ in range(5):
        assert networks.admit(BUILDING, 100.0)
        networks.leave(BUILDING)

    assert not networks.admit(BUILDING, 100.4)
    assert admitted(networks, 9, at=101.0) == 2


def test_what_is_refused_costs_a_network_nothing():
    networks = Networks(most=5, per_second=1)
    admitted(networks, 50, at=100.0)
    for _ in range(5):
        networks.leave(BUILDING)

    assert admitted(networks, 9, at=103.0) == 3


def test_another_network_is_not_concerned():
    networks = Networks(most=5, per_second=1)

    assert admitted(networks, 9, at=100.0) == 5
    assert admitted(networks, 9, at=100.0, name=HOME) == 5


def test_a_network_that_has_gone_is_forgotten_and_one_that_has_not_is_not():
    networks = Networks(most=5, per_second=1)
    for number in range(100):
        networks.admit(f"2001:db8:0:{number:x}::/64", 100.0)
        networks.leave(f"2001:db8:0:{number:x}::/64")
    networks.admit(HOME, 100.0)

    networks.admit(BUILDING, 102.0)

    assert set(networks.known) == {HOME, BUILDING}


def test_without_its_allowance_a_network_is_not_forgotten():
    networks = Networks(most=5, per_second=1)
    for _ in range(5):
        networks.admit(BUILDING, 100.0)
        networks.leave(BUILDING)

    networks.admit(HOME, 101.5)

    assert networks.known[BUILDING].allowance == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "network"),
    [
        (0, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (1, "127.0.0.1", "203.0.113.5, 198.51.100.7", "198.51.100.7"),
        (1, "127.0.0.1", "", "127.0.0.1"),
        (2, "127.0.0.1", "203.0.113.5, 198.51.100.7", "203.0.113.5"),
        (0, "2001:db8::7", "", "2001:db8::/64"),
        (0, "::ffff:192.0.2.1", "", "192.0.2.1"),
        (0, "", "", ""),
    ],
)
def test_a_stream_comes_from_the_network_that_pages_count(settings, proxies, peer, forwarded, network):
    settings.TRUSTED_PROXIES = proxies

    assert network_at(peer, forwarded=forwarded) == network


class Read:
    """Reads a state as the database would, and notes what it was asked for."""

    def __init__(self):
        self.asked = []

    def __call__(self, name):
        self.asked.append(name)
        return {"version": 1, "now": "2016-09-06T14:00:00+00:00"} if name == "dialogue" else None


@contextmanager
def live(read):
    """uvicorn with an application that reads by `read`, in a thread. Yields its port and the application."""
    application, port = Application(read), free_port()
    application.hub = Hub(read)
    server = uvicorn.Server(uvicorn.Config(application, port=port, lifespan="off", log_level="critical", ws="none"))
    server.config.timeout_graceful_shutdown = 1
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()), daemon=True)
    thread.start()
    try:
        wait_until(lambda: server.started, "uvicorn to start")
        yield port, application
    finally:
        server.should_exit = True
        thread.join(10)
        application.hub.reader.shutdown()


class Stream:
    """One connection to a live process, from `network` as the proxy says."""

    def __init__(self, port, network, path="/live/dialogue/"):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        self.connection.request("GET", path, headers={"X-Forwarded-For": network})
        self.response = self.connection.getresponse()
        self.status = self.response.status

    def close(self):
        self.response.close()
        self.connection.close()


@pytest.fixture
def small(settings):
    """Behind one proxy; two streams of a network at most, and as many new ones as it likes."""
    settings.TRUSTED_PROXIES = 1
    settings.LIVE_STREAMS_PER_NETWORK, settings.LIVE_NEW_STREAMS_PER_SECOND = 2, 10**6


def test_one_stream_more_than_a_network_may_hold_is_refused_and_one_that_closes_makes_room(small):
    with live(Read()) as (port, application):
        first, second = Stream(port, BUILDING), Stream(port, BUILDING)
        third, elsewhere = Stream(port, BUILDING), Stream(port, HOME)
        said = third.response.read()

        assert (first.status, second.status, third.status, elsewhere.status) == (200, 200, 429, 200)
        assert third.response.headers["Retry-After"] == "10"
        assert b"request the state instead" in said

        first.close()
        wait_until(lambda: application.networks.known[BUILDING].held == 1, "the place to be free")
        again = Stream(port, BUILDING)
        assert again.status == 200
        for stream in (second, third, elsewhere, again):
            stream.close()


def test_without_the_limit_the_third_stream_is_held(small, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(Networks, "admit", lambda networks, name, at: True)
    monkeypatch.setattr(Networks, "leave", lambda networks, name: None)

    with live(Read()) as (port, _application):
        streams = [Stream(port, BUILDING) for _ in range(3)]

        assert [stream.status for stream in streams] == [200] * 3
        for stream in streams:
            stream.close()


def test_what_is_refused_has_read_nothing_even_for_meetings_that_do_not_exist(settings):
    settings.TRUSTED_PROXIES, settings.LIVE_STREAMS_PER_NETWORK, settings.LIVE_NEW_STREAMS_PER_SECOND = 1, 3, 0
    read = Read()

    with live(read) as (port, _application):
        statuses = []
        for number in range(6):
            with closing(Stream(port, HOME, f"/live/nothing-{number}/")) as stream:
                statuses.append(stream.status)

    assert statuses == [404] * 3 + [429] * 3
    assert read.asked == ["nothing-0", "nothing-1", "nothing-2"]
