"""Several machines, of which one after another is cut off while all inscribe at once.  R-07 R-09 R-10 R-35

The database is PostgreSQL with a standby that confirms each commit. What is lost without that is shown, too.
"""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, wait
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
# Answers to a person who is not acknowledged: by the site, by the proxy before a host that is gone, none that is whole.
NOT_RECORDED = {503, 502, 504, 0}


@pytest.fixture
def network():
    """The hosts, and the cables between them."""
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


class Writer:
    """The conference officer, who writes the number of each cut on the screens until that is acknowledged."""

    def __init__(self, officer):
        self.officer, self.cuts, self.acknowledged = officer, [], []
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self._write_all, daemon=True)
        self.thread.start()

    def tell(self, name):
        """The host `name` was just cut off."""
        self.cuts.append((name, time.monotonic()))

    def wait(self, number):
        """Wait until that many cuts are on record, and end."""
        wait_until(lambda: len(self.acknowledged) == number, "the officer to write it all")
        self.ended.set()
        self.thread.join()

    def _write_all(self):
        while not self.ended.wait(0.05):
            number = len(self.acknowledged)
            if number < len(self.cuts):
                answer = self.officer.try_to_press("message", message=str(number + 1))
                if answer.status == 302:
                    self.acknowledged.append(time.monotonic())
                else:
                    self.ended.wait(BREATH)


@dataclass
class Outage:
    """What came of a rush in which one host after another was cut off."""

    delegates: list
    seconds: float
    cuts: list
    acknowledged: list
    pages: list
    followed: list = field(default_factory=list)

    def answered(self):
        """How often each status was answered."""
        return Counter(answer.status for delegate in self.delegates for answer in delegate.answers)

    def screens(self):
        """How long after its acknowledgement each act of the officer was on the last of the screens, in seconds."""
        acts = enumerate(self.acknowledged, 1)
        return [max(_shown(page, number) for page in self.pages) - at for number, at in acts]

    def in_words(self):
        """What happened, for the table."""
        answered = self.answered()
        away = sum(answered[status] for status in NOT_RECORDED)
        silence = max(page.longest_silence() for page in self.pages)
        return (
            f"{answered[302]} acknowledged and stored once each, {away} times “not recorded” or no answer in between; "
            f"acts on all screens {max(self.followed):.1f} s after their acknowledgement; "
            f"the longest silence of a screen was {silence:.1f} s"
        )


def _shown(page, number):
    """The moment (monotonic) at which the `page` showed the officer's message of that number, or a later one."""

    def is_there(state):
        return state["message"].isdecimal() and int(state["message"]) >= number

    return wait_until(lambda: page.first(is_there), "a screen to follow")


def rush(site, size, app):
    """So many inscribe within five seconds, while a web host, a live host, Redis and PostgreSQL are cut off in turn."""
    proxy, number = site.open(size.proxy_waits), size.states
    site.run("-c", "import django; django.setup(); from tests.faults.room import add_officer; add_officer()")
    visitors = site.signed_in(proxy, [focal_point(each) for each in range(1, number + 1)])
    delegates = [Delegate(visitor, visitor.form()) for visitor in visitors]
    site.send_mail(app)
    pages, writer = [Page(proxy, SLUG) for _each in range(4)], Writer(Officer(site, proxy))
    wait_until(lambda: all(page.states for page in pages), "the screens to show the room")

    ended, begun = threading.Event(), time.monotonic()
    threads = [
        threading.Thread(target=delegate.inscribe, args=[WITHIN * each / number, ended])
        for each, delegate in enumerate(delegates)
    ]
    for thread in threads:
        thread.start()
    for name in ("web-2", "live-2", "redis", "db-1"):
        time.sleep(1)
        site.fail_over() if name == "db-1" else site.hosts[name].cut()
        writer.tell(name)
    writer.wait(len(writer.cuts))
    for thread in threads:
        thread.join()
    seconds = time.monotonic() - begun
    outage = Outage(delegates, seconds, writer.cuts, writer.acknowledged, pages)
    outage.followed = outage.screens()
    for page in pages:
        page.end()
    return outage


def problems_of_sending(site, server):
    """Each receipt was mailed, and each mail that came belongs to an entry that is stored.  R-10"""
    kind = "speakers.acknowledgement"
    rows = {row[0] for row in site.database.ask("SELECT message_id FROM outbox_message")}
    owed = {row[0] for row in site.database.ask("SELECT message_id FROM outbox_message WHERE kind = ?", kind)}
    came = {copy.message_id for copy in server.taken()}
    return [*(f"{name} never came" for name in owed - came), *(f"{name} is not stored" for name in came - rows)]


def all_is_sent(site):
    site.revive()
    return not site.database.one("SELECT count(*) FROM outbox_message WHERE state <> 'sent'")


@pytest.mark.parametrize("is_pooled", [False, True], ids=["direct", "pooled"])
def test_what_was_acknowledged_is_stored_whichever_host_is_cut_off(make_site, size, figures, is_pooled):
    site = make_site(is_pooled=is_pooled)
    server = MailServer(site, site.hosts["mail"])
    if is_pooled:
        limit_waiting(site.database)

    outage = rush(site, size, "config" if size.is_full else "tests.faults.hurried")

    stored = {str(public_id) for (public_id,) in site.database.ask("SELECT public_id FROM speakers_inscription")}
    assert stored == {delegate.receipt for delegate in outage.delegates}
    assert problems_of_list(site) == []
    assert set(outage.answered()) <= {302} | NOT_RECORDED
    assert max(outage.followed) <= FOLLOWS
    wait_until(lambda: all_is_sent(site), "the mail to be sent", seconds=300, pause=0.5)
    assert problems_of_sending(site, server) == []
    figures.add(
        f"{size.states} inscriptions in {WITHIN:.0f} s{' through PgBouncer' if is_pooled else ''}; "
        "a web host, a live host, Redis and PostgreSQL cut off",
        outage.in_words()
        + f"; {len(server.taken()) - len({copy.message_id for copy in server.taken()})} mails came twice",
        delays=[delegate.seconds for delegate in outage.delegates],
        seconds=outage.seconds,
    )


LAG = 6.0
"""Seconds in which the standby is cut off, before the first server is."""


def across_a_lag(site):
    """One inscribes, and three more while the standby is cut off; then it takes over.

    Returns the receipts that were acknowledged, and those that are stored.
    """
    web = site.web()
    visitors = site.signed_in(web, [focal_point(each) for each in range(1, 5)])
    forms = [visitor.form() for visitor in visitors]
    answers = [visitors[0].inscribe(forms[0])]
    site.hosts["db-2"].cut()
    with ThreadPoolExecutor() as pool:
        others = [pool.submit(who.inscribe, form) for who, form in zip(visitors[1:], forms[1:], strict=True)]
        wait(others, timeout=LAG)
        site.hosts["db-1"].cut()
        site.hosts["db-2"].mend()
        site.fail_over()
    answers += [other.result() for other in others]
    acknowledged = {answer.receipt for answer in answers if answer.is_recorded}
    return acknowledged, {str(each) for (each,) in site.database.ask("SELECT public_id FROM speakers_inscription")}


def test_what_the_standby_has_not_confirmed_is_not_acknowledged(make_site):
    acknowledged, stored = across_a_lag(make_site())

    assert len(acknowledged) == 1
    assert stored == acknowledged


def test_without_a_standby_that_confirms_what_was_acknowledged_is_lost(make_site, figures):
    acknowledged, stored = across_a_lag(make_site(is_synchronous=False))

    assert len(acknowledged) == 4
    assert len(stored) == 1
    figures.add(
        f"the standby is {LAG:.0f} s behind and takes over, without remote_apply",
        f"{len(acknowledged)} acknowledged, {len(acknowledged - stored)} of them lost",
    )


def is_answered_in_time(site):
    """PostgreSQL is cut off and the standby takes over: is the next page answered in time, whatever it says?"""
    web = site.web(processes=1, threads=1)
    (visitor,) = site.signed_in(web, [focal_point(1)])
    site.fail_over()
    answers = []
    asking = threading.Thread(target=lambda: answers.append(visitor.get("/healthz")), daemon=True)
    asking.start()
    asking.join(FOLLOWS)
    return bool(answers)


def test_a_postgresql_that_vanishes_holds_no_page(make_site):
    assert is_answered_in_time(make_site())


def test_without_an_end_to_silence_a_page_hangs(make_site):
    assert not is_answered_in_time(make_site(settings="tests.faults.without.end_to_silence"))
