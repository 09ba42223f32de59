"""Which pictures there are. A shot is a function that is given a camera and goes to what is to be seen."""

from collections.abc import Callable
from dataclasses import dataclass

SHOTS: dict[str, "Shot"] = {}


@dataclass(frozen=True)
class Shot:
    """One picture. `go(camera)` may give a locator, to take that part of the page alone."""

    name: str
    go: Callable
    width: int
    height: int | None


def shot(name, *, width=1280, height=None):
    """Register the function below as `docs/pictures/<name>.png`; without a `height`, the whole page is taken."""

    def register(go):
        SHOTS[name] = Shot(name, go, width, height)
        return go

    return register
