"""A process of its own has limits of time and memory, and knows no secret."""

import pytest

from processes import Busy, Failed, Workshop


def shop(**limits):
    own = {"memory": 1 << 28, "seconds": 5, "patience": 20, "at_once": 1, "wait": 0.01}
    return Workshop("tests.processes.trade", **own | limits)


@pytest.mark.parametrize(
    ("act", "limits", "words"),
    [
        ("use memory", {}, "MemoryError"),
        ("work for ever", {"seconds": 1}, "status -"),
        ("wait", {"patience": 0.5}, "timed out"),
        ("fail", {}, "no such page"),
    ],
)
def test_too_much_of_anything_ends_that_process_alone(act, limits, words):
    with pytest.raises(Failed, match=words):
        shop(**limits).do(b"", act)


def test_what_it_makes_is_returned_and_no_secret_is_in_its_environment(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://")

    given, *known = shop().do(b"given ", "work").decode().split()

    assert given == "given"
    assert "PATH" in known
    assert not {"SECRET_KEY", "DATABASE_URL"} & set(known)


def test_work_that_finds_no_turn_is_refused_and_the_next_is_done():
    opened = shop()

    with opened.turns, pytest.raises(Busy):
        opened.do(b"", "work")

    assert opened.do(b"now", "work").startswith(b"now")
