"""What is the same for everyone is worked out once, by the first who asks, and handed to all others.

Each process has its own; nothing here is the truth. A key names all that a value follows from, so a value is never out
of date; it is thrown away after some seconds all the same, in case something changed that no key names.
"""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any


class Value:
    """A value that one thread works out while the others wait for it."""

    def __init__(self, until: float):
        self.until, self.is_made, self.content = until, False, None
        self.lock = threading.Lock()

    def made_by(self, make: Callable[[], Any]) -> Any:
        """Return the value, made by the function `make` if it was not made yet."""
        with self.lock:
            if not self.is_made:
                self.content, self.is_made = make(), True
        return self.content


class Shared:
    """The newest values by their keys: at most `most` of them, each for at most so many `seconds`."""

    def __init__(self, *, seconds: float, most: int = 32):
        self.seconds, self.most = seconds, most
        self.values: dict[Hashable, Value] = {}
        self.lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The value of `key`; what `make()` returns if there is none. No one may change it: others have it too."""
        now = time.monotonic()
        with self.lock:
            value = self.values.get(key)
            if value is None or value.until <= now:
                self.values.pop(key, None)
                value = self.values[key] = Value(now + self.seconds)
                if len(self.values) > self.most:
                    del self.values[next(iter(self.values))]
        return value.made_by(make)

    def forget(self) -> None:
        """Forget everything, as a process that has just begun."""
        self.values.clear()
