"""What every measure uses: both projects filled and served, pages and walks on them, and the worker beside them."""

import itertools
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from tests.bench import sites
from tests.bench.ground import BARE, OURS, Filled, Ground
from tests.bench.rounds import Comparison, Load, compare, load
from tests.bench.scenarios import Reading, Walking
from tests.bench.statements import Cost, costs
from tests.servers import answers, free_port


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    load: Load
    rushes: int = 3
    screens: int = 3000
    acts: int = 20
    starts: int = 7
    counts: int = 5


FULL = Size(load=Load(rounds=6, seconds=2.0, warming=1.0))
QUICK = Size(load=Load(rounds=2, seconds=0.5, warming=0.3), rushes=1, screens=300, acts=5, starts=3, counts=3)


@dataclass
class Side:
    """A project filled and served."""

    filled: Filled
    site: sites.Site

    @cached_property
    def walk(self) -> Walking:
        """The walk from form to receipt, each time as another visitor, on one list after another."""
        return self._walks_on(self.filled.facts["walk"]["paths"])

    def walk_of_list(self, number: int) -> Walking:
        """The walks of all visitors on the last list, or the last but so many, where no other walk ends."""
        return self._walks_on([self.filled.facts["walk"]["paths"][-1 - number]])

    def _walks_on(self, paths):
        facts = self.filled.facts["walk"]
        return Walking(forms=itertools.product(paths, facts["cookies"], [facts["typed"]]), words=facts["words"])

    @property
    def crowd(self) -> Walking:
        """The walks of the crowd, all on one list."""
        return Walking(**self.filled.facts["crowd"])

    def page(self, name: str) -> Reading:
        return Reading(**self.filled.facts[name])

    def scenario(self, name: str) -> Walking | Reading:
        """The walk, or the page of that name."""
        return self.walk if name == "walk" else self.page(name)

    def load(self, scenario: Any, clients: int) -> Callable[[float], Any]:
        """A function that runs one round of so many seconds."""
        return partial(load, self.site, scenario, clients)


@dataclass(frozen=True)
class Mailing:
    """The worker and the scheduler, which send to a mail server of their own."""

    worker: sites.Program
    mails: Any
    ground: Ground
    database: str

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Let the worker stand still."""
        self.worker.send(signal.SIGSTOP)
        try:
            yield
        finally:
            self.worker.send(signal.SIGCONT)

    def sent(self) -> int:
        """How many mails the mail server has taken."""
        return self.mails.read_text().count("\n")

    def finish(self) -> None:
        """Wait until no mail waits to be sent."""
        waiting = "SELECT count(*) FROM outbox_message WHERE state IN ('queued', 'sending')"
        self.worker.wait(lambda: self.ground.ask(waiting, self.database) == "0", seconds=300)


class Bench:
    """Everything that a measure may ask for."""

    def __init__(self, ground: Ground, size: Size):
        self.ground, self.size = ground, size

    @contextmanager
    def ours(self, stage: str) -> Iterator[Side]:
        """The project, filled for this stage and served."""
        with self.ground.filled(OURS, stage) as filled, filled.served() as site:
            yield Side(filled, site)

    @contextmanager
    def both(self, stage: str) -> Iterator[tuple[Side, Side]]:
        """The project and the bare one, filled for this stage and served."""
        with self.ours(stage) as ours, self.ground.filled(BARE, stage) as filled, filled.served() as site:
            yield ours, Side(filled, site)

    @contextmanager
    def mailing(self, side: Side) -> Iterator[Mailing]:
        """Run a mail server, the worker and the scheduler for this side, all ready."""
        folder, port = self.ground.folder, free_port()
        mails, schedule = folder / "mails.jsonl", folder / f"schedule-{side.filled.database}"
        mails.write_text("")
        environment = {**side.filled.environment, "EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        sink = ["tests.faults.mail_server", str(port), str(mails)]
        with ExitStack() as stack:

            def started(name, module):
                return stack.enter_context(sites.running(module, environment, folder / f"{name}.log"))

            started("sink", sink).wait(lambda: answers(port))
            worker, beat = started("worker", sites.WORKER), started("beat", [*sites.BEAT, str(schedule)])
            alive = "SELECT count(*) FROM outbox_heartbeat"
            beat.wait(lambda: self.ground.ask(alive, side.filled.database) == "2")
            yield Mailing(worker, mails, self.ground, side.filled.database)

    def fill(self, side: Side, stage: str) -> None:
        """Fill the database of this side for another stage, too."""
        side.filled.fill(stage)
        self.ground.settle(side.filled.database)

    def beside(self, clients: int, ours: tuple[Side, Any], bare: tuple[Side, Any]) -> Comparison:
        """Load both sides in turns, each a side and its scenario."""
        one, other = (side.load(scenario, clients) for side, scenario in (ours, bare))
        return compare(clients, one, other, self.size.load)

    def costs(self, side: Side, scenario: Any) -> list[Cost]:
        """What each request of the scenario costs the database, once each process has served it."""
        load(side.site, scenario, 8, self.size.load.warming)
        return costs(self.ground, side.filled.database, side.site, scenario, times=self.size.counts)
