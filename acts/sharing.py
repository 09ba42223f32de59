"""What is the same for everyone is worked out once, by the first who asks, and handed to all others.

Each process has its own; nothing here is the truth. A value is kept as long as its stamp, which names what it follows
from, stays the same; it is thrown away after some seconds all the same, in case something changed that no stamp names.
"""

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any


class Value:
    """A value that one thread works out while the others wait for it."""

    def __init__(self, stamp: Any, until: float):
        self.stamp, self.until = stamp, until
        self.is_made, self.content = False, None
        self.lock = threading.Lock()

    def made_by(self, make: Callable[[], Any]) -> Any:
        """Return the value, made by the function `make` if it was not made yet."""
        with self.lock:
            if not self.is_made:
                self.content, self.is_made = make(), True
        return self.content


class Shared:
    """The newest value of each key, kept for so many `seconds`."""

    def __init__(self, *, seconds: float):
        self.seconds = seconds
        self.values: dict[Hashable, Value] = {}
        self.lock = threading.Lock()

    def __contains__(self, key: Hashable) -> bool:
        value = self.values.get(key)
        return value is not None and value.is_made and time.monotonic() < value.until

    def get(self, key: Hashable, make: Callable[[], Any], *, stamp: Any = None) -> Any:
        """The value of `key` with this `stamp`; what `make()` returns if there is none. No one may change it."""
        now = time.monotonic()
        with self.lock:
            value = self.values.get(key)
            if value is None or value.stamp != stamp or value.until <= now:
                self.values = {each: kept for each, kept in self.values.items() if kept.until > now}
                value = self.values[key] = Value(stamp, now + self.seconds)
        return value.made_by(make)

    def forget(self) -> None:
        """Forget everything, as a process that has just begun."""
        self.values.clear()
