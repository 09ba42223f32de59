"""The register of pictures. A shot is a function that takes a camera and goes to the page to be shown."""

from collections.abc import Callable
from dataclasses import dataclass

SHOTS: dict[str, "Shot"] = {}


@dataclass(frozen=True)
class Shot:
    """One picture. `go(camera)` may return a locator, to take only that part of the page."""

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
