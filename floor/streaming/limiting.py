"""How many streams a network may hold and open: counted in this live process, before anything is read.  R-60

A conference building may be one network, all of whose screens come back in the same second after a restart. So a
network may open as many streams at once as it may hold, and beyond that so many in a second.
"""

from dataclasses import dataclass

# Seconds between two looks for networks of which nothing is left to count.
SWEPT_EVERY = 1.0


@dataclass
class Network:
    """The streams that a network holds, and how many more it may open now, as counted at the moment `at` (seconds)."""

    allowance: float
    at: float
    held: int = 0


class Networks:
    """Every network that holds a stream or opened one a moment ago: `most` streams each, `per_second` new ones."""

    def __init__(self, *, most: int, per_second: int):
        self.most, self.per_second = most, per_second
        self.known: dict[str, Network] = {}
        self.swept_at = 0.0

    def admit(self, name: str, at: float) -> bool:
        """Count one stream more of the network `name` at the moment `at` of a clock that never goes back.

        Returns False, counting nothing, if it holds as many as it may or has just opened as many as it may.
        """
        self._sweep(at)
        network = self.known.setdefault(name, Network(self.most, at))
        self._refill(network, at)
        if network.held >= self.most or network.allowance < 1:
            return False
        network.held += 1
        network.allowance -= 1
        return True

    def leave(self, name: str) -> None:
        """Count one stream fewer of the network `name`."""
        self.known[name].held -= 1

    def _refill(self, network, at):
        network.allowance = min(self.most, network.allowance + (at - network.at) * self.per_second)
        network.at = at

    def _sweep(self, at):
        """Forget the networks that hold nothing and may open as many as ever: there are as many as anyone likes."""
        if at - self.swept_at < SWEPT_EVERY:
            return
        self.swept_at = at
        for name, network in list(self.known.items()):
            self._refill(network, at)
            if not network.held and network.allowance >= self.most:
                del self.known[name]
