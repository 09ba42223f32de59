"""Channels of the live streams: every connection gets the newest state, and nothing is queued."""

import asyncio

import pytest

from floor.streaming import hub as hubs
from floor.streaming.hub import Hub, event


class House:
    """The states of meetings, as a database would return them, with a count of the reads."""

    def __init__(self, **states):
        self.states, self.asked = states, 0

    def __call__(self, slug):
        self.asked += 1
        state = self.states.get(slug)
        if isinstance(state, Exception):
            raise state
        return state


def a_state(version, **changes):
    return {"version": version, "now": "2016-09-06T14:00:00+00:00", "current": None} | changes


def run(scenario):
    """Run `scenario(hub, house)` on a hub of its own; after a minute it is called hung."""

    async def main():
        house = House(dialogue=a_state(1))
        await asyncio.wait_for(scenario(Hub(house), house), 60)

    asyncio.run(main())


def test_a_new_connection_has_the_state_at_once_and_hears_of_each_change():
    async def scenario(hub, house):
        channel = await hub.join("dialogue")
        assert channel.message == event(a_state(1))

        house.states["dialogue"] = a_state(2)
        waiting = asyncio.create_task(channel.after(channel.number))
        await hub.refresh("dialogue")

        assert (await waiting)[0] == event(a_state(2))

    run(scenario)


def test_thousands_of_watchers_cost_one_reading():
    async def scenario(hub, house):
        channels = [await hub.join("dialogue") for _ in range(2000)]
        waiting = [asyncio.create_task(channel.after(channel.number)) for channel in channels]
        await asyncio.sleep(0)
        house.states["dialogue"] = a_state(2)
        await hub.refresh("dialogue")

        assert {message for message, _number in await asyncio.gather(*waiting)} == {event(a_state(2))}
        assert (house.asked, hub.watchers) == (2, 2000)

    run(scenario)


def test_those_who_come_at_once_after_a_restart_wait_for_one_reading():
    async def scenario(hub, house):
        channels = await asyncio.gather(*(hub.join("dialogue") for _ in range(3000)))

        assert {channel.message for channel in channels} == {event(a_state(1))}
        assert (house.asked, hub.watchers) == (1, 3000)

    run(scenario)


def test_those_who_come_at_once_and_cannot_be_told_anything_leave_nothing_behind():
    async def scenario(hub, house):
        house.states["dialogue"] = OSError("the database is away")
        answers = await asyncio.gather(*(hub.join("dialogue") for _ in range(20)), return_exceptions=True)
        assert {str(answer) for answer in answers} == {"the database is away"}
        assert await asyncio.gather(*(hub.join("unknown") for _ in range(20))) == [None] * 20
        assert (hub.channels, house.asked) == ({}, 2)

        house.states["dialogue"] = a_state(1)
        assert (await hub.join("dialogue")).message == event(a_state(1))

    run(scenario)


def test_an_act_is_told_to_every_page_of_its_meeting_and_to_no_other():
    async def scenario(hub, house):
        names = ["dialogue", "dialogue/display/en", "dialogue/now/fr", "dialogue-2", "dialogue-2/display/en"]
        house.states.update({name: a_state(1) for name in names})
        channels = {name: await hub.join(name) for name in names}

        house.states.update({name: a_state(2) for name in names})
        await hub.refresh("dialogue")

        assert [name for name in names if channels[name].number == 2] == names[:3]

    run(scenario)


def test_of_a_page_only_another_stamp_is_news():
    async def scenario(hub, house):
        house.states["dialogue/display/en"] = {
            "version": 1,
            "now": "14:00",
            "stamp": "a",
            "fragments": {"clock": "2:00"},
        }
        channel = await hub.join("dialogue/display/en")

        house.states["dialogue/display/en"] = {
            "version": 1,
            "now": "14:01",
            "stamp": "a",
            "fragments": {"clock": "1:00"},
        }
        await hub.refresh("dialogue")
        assert channel.number == 1

        house.states["dialogue/display/en"]["stamp"] = "b"
        await hub.refresh("dialogue")
        assert channel.number == 2

    run(scenario)


def test_a_slow_connection_skips_to_the_newest_state_and_misses_none_for_good():
    async def scenario(hub, house):
        channel = await hub.join("dialogue")
        seen = channel.number
        for version in (2, 3, 4):
            house.states["dialogue"] = a_state(version)
            await hub.refresh("dialogue")

        message, number = await channel.after(seen)

        assert (message, number) == (event(a_state(4)), channel.number)

    run(scenario)


def test_what_the_clock_alone_changes_is_not_sent_but_every_act_is():
    async def scenario(hub, house):
        current = {"name": "Rwanda", "elapsed_seconds": 1.0, "left_seconds": 179.0, "colour": "green"}
        house.states["dialogue"] = a_state(1, current=current)
        channel = await hub.join("dialogue")
        said = channel.number

        later = current | {"elapsed_seconds": 151.0, "left_seconds": 29.0, "colour": "amber"}
        house.states["dialogue"] = a_state(1, now="2016-09-06T14:02:30+00:00", current=later)
        await hub.refresh()
        assert channel.number == said

        house.states["dialogue"] = a_state(1, current=later | {"name": "Kenya"})
        await hub.refresh()
        assert channel.number == said + 1

    run(scenario)


def test_a_beat_is_sent_even_if_nothing_changed_and_makes_up_for_a_lost_announcement(monkeypatch):
    monkeypatch.setattr(hubs, "BEAT", 0.01)

    async def scenario(hub, house):
        channel = await hub.join("dialogue")
        beating = asyncio.create_task(hub.beat_for_ever())
        await channel.after(channel.number)

        house.states["dialogue"] = a_state(2)
        _message, number = await channel.after(channel.number)  # may have been read before
        message, _number = await channel.after(number)

        assert message == event(a_state(2))
        beating.cancel()

    run(scenario)


class Clock:
    """A clock that goes when it is told to, with a count of how often it was looked at."""

    def __init__(self):
        self.now, self.looks = 0.0, 0

    def monotonic(self):
        self.looks += 1
        return self.now

    async def is_looked_at(self):
        """Wait until the beat has asked what time it is."""
        before = self.looks
        while self.looks < before + 2:
            await asyncio.sleep(0.001)


def test_a_channel_that_has_just_spoken_is_left_alone_by_the_beat(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(hubs, "BEAT", 0.01)
    monkeypatch.setattr(hubs, "time", clock)

    async def scenario(hub, house):
        channel = await hub.join("dialogue")
        beating = asyncio.create_task(hub.beat_for_ever())
        for version in range(2, 8):
            clock.now += 0.006
            await clock.is_looked_at()
            house.states["dialogue"] = a_state(version)
            await hub.refresh("dialogue")
        assert channel.number == 7

        clock.now += 0.011
        assert (await channel.after(7))[1] == 8
        beating.cancel()

    run(scenario)


def test_a_meeting_that_is_not_public_has_no_channel_and_one_that_cannot_be_read_says_so():
    async def scenario(hub, house):
        assert await hub.join("unknown") is None

        house.states["dialogue"] = OSError("the database is away")
        with pytest.raises(OSError, match="away"):
            await hub.join("dialogue")
        assert hub.watchers == 0

    run(scenario)


def test_a_database_that_goes_away_leaves_the_last_state_until_it_is_back():
    async def scenario(hub, house):
        channel = await hub.join("dialogue")
        house.states["dialogue"] = OSError("the database is away")
        await hub.refresh("dialogue")
        assert channel.message == event(a_state(1))

        house.states["dialogue"] = a_state(2)
        await hub.refresh("dialogue")
        assert channel.message == event(a_state(2))

    run(scenario)


def test_the_last_watcher_to_leave_ends_the_reading():
    async def scenario(hub, house):
        await hub.join("dialogue")
        await hub.join("dialogue")
        hub.leave("dialogue")
        await hub.refresh()
        hub.leave("dialogue")
        await hub.refresh()

        assert (hub.watchers, house.asked) == (0, 2)

    run(scenario)
