"""Several machines, of which one after another is cut off while all inscribe at once.  R-07 R-09 R-10 R-35

The database is PostgreSQL with a standby that confirms each commit. What is lost without that is shown, too.
"""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest

from tests.faults import hosts
from tests.faults.examining import problems_of_list
from tests.faults.machines import NAMES, Machines, Pair, limit_waiting
from tests.faults.mail_server import MailServer
from tests.faults.processes import wait_until
from tests.faults.scenery import SLUG, focal_point
from tests.faults.streams import Page
from tests.faults.test_room import Officer

pytestmark = [pytest.mark.faults, pytest.mark.machines]

# Seconds within which all begin to inscribe; how long each waits before it sends the same form again.
WITHIN, BREATH = 5.0, 0.5
# Seconds within which a screen shows an act that was acknowledged, and within which one page asks or hears something.
FOLLOWS = 10.0
# What a person is answered who is not acknowledged: by the site, or by the proxy before a host that is gone.
NOT_RECORDED = {503, 502, 504}


@pytest.fixture
def network():
    """The hosts, and the cables between them."""
    if missing := hosts.missing():
        pytest.skip(f"There can be no hosts here: {missing} is missing.")
    with hosts.network(*NAMES) as made:
        yield made


@pytest.fixture
def make_site(network, scene, tmp_path):
    """A function that makes the `Machines` of a site."""
    made = []

    def make(*, is_synchronous=True, **options):
        pair = Pair(scene.address, [network.hosts["db-1"], network.hosts["db-2"]], is_synchronous=is_synchronous)
        made.append(pair)
        site = Machines(network, pair, tmp_path, **options)
        made.append(site)
        return site

    yield make
    for each in reversed(made):
        each.end()


@dataclass
class Delegate:
    """One person who sends one form until it is acknowledged."""

    visitor: object
    form: dict
    answers: list = field(default_factory=list)
    seconds: float = 0.0

    @property
    def receipt(self):
        return self.answers[-1].receipt if self.answers[-1].is_recorded else None

    def inscribe(self, begins_after, ended):
        """Begin after so many seconds; go on until it is recorded, or the event `ended`."""
        time.sleep(begins_after)
        begun = time.monotonic()
        while not ended.is_set():
            self.answers.append(self.visitor.inscribe(self.form))
            if self.receipt:
                break
            ended.wait(BREATH)
        self.seconds = time.monotonic() - begun
