"""The measures: each yields rows of the table, with what is wanted."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from time import perf_counter

from speakers.forecast import plan, turns
from tests.bench import streams
from tests.bench.bench import Bench, Side
from tests.bench.rounds import Comparison, compare, load
from tests.bench.rush import rush
from tests.bench.sites import PLAIN
from tests.bench.starting import started_in
from tests.bench.statements import holds
from tests.bench.table import Row, in_words

MISSIONS, CROWD, MINUTE = 193, 400, 5.0
# What is wanted to be no slower may be slower by this, as no two runs are alike.
NOISE = 0.05
# Milliseconds of the database by which a page may cost more with a full outbox.
FLAT = 1.0
# How many times as long as with one meeting the front page may take with a hundred.
AS_LONG = 3


def last_minute(bench: Bench) -> Iterator[Row]:
    """193 missions begin within five seconds, then 400 at one moment, while the worker sends what they cause."""
    with bench.both("walks") as (ours, bare), bench.mailing(ours) as mailing:
        for side in (ours, bare):
            load(side.site, side.walk, 8, bench.size.load.warming)
        rushes = []
        for number in range(bench.size.rushes):
            mailing.finish()
            rushes.append(_missions(ours, number))
        theirs = _missions(bare, 0)
        crowd = rush(ours.site, ours.crowd, visitors=CROWD, within=0)

    errors = [words for each in rushes for words in each.errors]
    yield Row(
        what="193 within five seconds: errors",
        value=len(errors),
        more=_first(errors),
        at_most=0,
        bare=len(theirs.errors),
    )
    yield Row(
        what="193 within five seconds: last receipt after",
        value=median(each.seconds for each in rushes),
        unit="s",
        at_most=6,
        bare=theirs.seconds,
    )
    for percent, most in ((50, None), (99, 3)):
        yield Row(
            what=f"193 within five seconds: form to receipt, p{percent}",
            value=median(each.percentile(percent) for each in rushes),
            unit="s",
            at_most=most,
            bare=theirs.percentile(percent),
        )
    errors = crowd.errors
    yield Row(what="400 at once: refused or “not recorded”", value=len(errors), more=_first(errors), at_most=0)
    yield Row(what="400 at once: last receipt after", value=crowd.seconds, unit="s")


def walk(bench: Bench) -> Iterator[Row]:
    """From the form to the receipt: throughput, processor, statements, and how long the list is locked."""
    with bench.both("walks") as (ours, bare):
        for clients in (8, 32):
            found = bench.beside(clients, (ours, ours.walk), (bare, bare.walk))
            yield share(f"{clients} clients", found, at_least=0.3)
            one, other = (1000 * each.processor_seconds for each in (found.one, found.other))
            yield Row(what=f"{clients} clients: processor for each", value=one, unit="ms", bare=other)
        before = bench.ground.processor_seconds()
        done = load(ours.site, ours.walk, 8, bench.size.load.seconds)
        each = 1000 * (bench.ground.processor_seconds() - before) / len(done.turns)
        yield Row(what="8 clients: processor of PostgreSQL for each", value=each, unit="ms")
        costs = zip(ours.walk.requests, bench.costs(ours, ours.walk), bench.costs(bare, bare.walk), strict=True)
        for name, our, their in costs:
            yield Row(
                what=f"{name}: statements",
                value=our.statements,
                more=f"{our.keys} for foreign keys" if our.keys else "",
                at_most=12 if name == "POST" else None,
                bare=their.statements,
            )
        for clients in (1, 8):
            with bench.ground.logged() as log:
                load(ours.site, ours.walk, clients, 2.0)
                held = holds(log(), ours.filled.database)
            who = f"{clients} clients" if clients > 1 else "1 client"
            yield Row(what=f"{who}: the list is locked for", value=median(held), unit="ms", at_most=8)


def mail(bench: Bench) -> Iterator[Row]:
    """The walk while the worker sends the mail of the walks, beside the walk while it rests."""
    sent = []
    with bench.ours("walks") as ours, bench.mailing(ours) as mailing:

        def at_rest(seconds):
            with mailing.at_rest():
                return load(ours.site, ours.walk, 8, seconds)

        def at_work(seconds):
            before = mailing.sent()
            done = load(ours.site, ours.walk, 8, seconds)
            sent.append((mailing.sent() - before) / done.seconds)
            return done

        found = compare(8, at_work, at_rest, bench.size.load)
    more = f"{in_words(found.one.per_second)} a second, beside {in_words(median(sent))} mails"
    yield Row(what="8 clients: throughput, of that while none is sent", value=found.share, more=more, at_least=0.75)


def processes(bench: Bench) -> Iterator[Row]:
    """The web server as it is configured, beside two plain processes of the same project."""
    with bench.ours("walks") as ours, ours.filled.served(PLAIN) as two:
        plain = Side(ours.filled, two)
        for clients in (8, 32):
            found = compare(clients, ours.load(ours.walk, clients), plain.load(ours.walk, clients), bench.size.load)
            own, other = (in_words(each.per_second) for each in (found.one, found.other))
            more = f"{own} a second, not {other}"
            yield Row(
                what=f"{clients} clients: throughput, of two plain ones",
                value=found.share,
                more=more,
                at_least=1 - NOISE,
            )
            yield no_slower(f"{clients} clients: p99", found.one.percentile(99), found.other.percentile(99))
        taken: tuple[list[float], list[float]] = ([], [])
        for number in range(2 * bench.size.rushes):
            kept, side = [(taken[0], ours), (taken[1], plain)][number % 2]
            kept.append(_missions(side, number).seconds)
        yield no_slower("193 within five seconds: last receipt after", median(taken[0]), median(taken[1]))


def room(bench: Bench) -> Iterator[Row]:
    """What screens and telephones ask for while 193 are on the list, beside a bare page with one statement."""
    asked = (("now_json", "`now.json`", 1.0), ("display", "`display/`", 1.0), ("own", "a delegation’s own turn", 0.25))
    with bench.both("room") as (ours, bare):
        for name, what, least in asked:
            yield share(what, bench.beside(8, (ours, ours.page(name)), (bare, bare.page("glance"))), at_least=least)


def live(bench: Bench) -> Iterator[Row]:
    """All screens open at once on a process that has just begun; then acts, until each screen shows them."""
    watch = partial(streams.watch, screens=bench.size.screens, acts=bench.size.acts)
    folder = bench.ground.folder
    with bench.ours("room") as ours:
        environment, facts = ours.filled.environment, ours.filled.facts["streams"]
        with streams.streaming("config.asgi:application", environment, folder / "streams.log") as streaming:
            seen = watch(streaming, facts["path"], ours.site.port, streams.act_of_the_project(facts))
        with streams.streaming("tests.bench.bare.streams:application", environment, folder / "bare.log") as streaming:
            bare = watch(streaming, "/", streaming[0], streams.act_of_the_bare_one)
    number = in_words(bench.size.screens)
    yield Row(
        what=f"{number} screens: opened after a restart", value=seen.opened, unit="s", at_most=2, bare=bare.opened
    )
    for what, most, one, other in (
        ("an act until the first shows it", 150, seen.first, bare.first),
        ("an act until the last shows it", 250, seen.last, bare.last),
        ("the slowest act until the last shows it", None, seen.slowest, bare.slowest),
    ):
        yield Row(what=what, value=1000 * one, unit="ms", at_most=most, bare=1000 * other)
    yield Row(what="memory of the process", value=seen.memory, unit="MiB", bare=bare.memory)


def pages(bench: Bench) -> Iterator[Row]:
    """Lists of staff and pages of the public, each made and not served from a cache, beside bare ones."""
    with bench.both("pages") as (ours, bare):
        board, listed = ours.page("board"), bare.page("list")
        for what, page, measure, least in (
            ("staff’s list of 200", ours.page("list"), listed, 0.35),
            ("board of 200", board, listed, 0.35),
            ("page of a meeting", ours.page("page"), bare.page("page"), 0.5),
            ("public list of 193", ours.page("public"), bare.page("public"), 0.8),
        ):
            yield share(what, bench.beside(8, (ours, page), (bare, measure)), at_least=least)
        yield Row(what="board of 200: size", value=board.bytes / 1000, unit="KB", at_most=80, bare=listed.bytes / 1000)


def languages(bench: Bench) -> Iterator[Row]:
    """Pages of the public in other languages, each made and not served from a cache, beside those in English."""
    with bench.ours("languages") as ours:
        for name, what in (("page", "page of a meeting"), ("public", "public list of 193")):
            english = ours.load(ours.page(f"{name} en"), 8)
            for code, language in (("ar", "Arabic"), ("zh-hans", "Chinese")):
                found = compare(8, ours.load(ours.page(f"{name} {code}"), 8), english, bench.size.load)
                own, other = (in_words(each.per_second) for each in (found.one, found.other))
                what_of = f"{what} in {language}: throughput, of that in English"
                yield Row(what=what_of, value=found.share, more=f"{own} a second, not {other}", at_least=0.9)


def front(bench: Bench) -> Iterator[Row]:
    """The secretariat's front page and /healthz: with an outbox empty and full, with one meeting and with a hundred."""
    with bench.ours("front") as ours:
        asked = {"front page": ours.page("front"), "`/healthz`": ours.page("healthz")}

        def costs():
            return {what: bench.costs(ours, page)[0] for what, page in asked.items()}

        def milliseconds():
            return 1000 * median(load(ours.site, asked["front page"], 1, bench.size.load.seconds).turns)

        alone, time_alone = costs(), milliseconds()
        bench.fill(ours, "more_mail")
        mailed = costs()
        bench.fill(ours, "more_meetings")
        (many,) = bench.costs(ours, asked["front page"])
        time_of_many = milliseconds()
    one = alone["front page"].statements
    yield Row(what="1 meeting: statements", value=one, at_most=10)
    yield Row(what="100 meetings: statements", value=many.statements, at_most=min(10, one))
    yield Row(what="1 meeting: time", value=time_alone, unit="ms")
    yield Row(what="100 meetings: time", value=time_of_many, unit="ms", at_most=AS_LONG * time_alone)
    for what, empty in alone.items():
        yield Row(
            what=f"{what} with 100,000 sent mails: database",
            value=mailed[what].milliseconds,
            unit="ms",
            more=f"{in_words(empty.milliseconds)} with none",
            at_most=empty.milliseconds + FLAT,
        )


def process(bench: Bench) -> Iterator[Row]:
    """A web process: the memory of a worker after pages and walks, and how soon a server answers after its start."""
    with bench.both("pages") as (ours, bare):
        for side in (ours, bare):
            for name in side.filled.facts:
                load(side.site, side.scenario(name), 8, bench.size.load.seconds)
        one, other = ours.site.memory(), bare.site.memory()
        yield Row(what="memory of a worker after pages and walks", value=one, unit="MiB", at_most=100, bare=other)
        one, other = (median(started_in(each) for _ in range(bench.size.starts)) for each in (ours, bare))
        yield Row(what="start until the first page is answered", value=one, unit="s", at_most=1, bare=other)


def share(what: str, found: Comparison, *, at_least: float) -> Row:
    """The row of a throughput as a share of the bare one's."""
    return Row(
        what=f"{what}: throughput, of the bare one",
        value=found.share,
        more=f"{in_words(found.one.per_second)} a second",
        at_least=at_least,
        bare=found.other.per_second,
        bare_unit="a second",
    )


def no_slower(what: str, one: float, other: float) -> Row:
    """The row of seconds that may be no more than those of two plain processes."""
    return Row(what=what, value=one, unit="s", more=f"theirs {in_words(other, 's')}", at_most=other * (1 + NOISE))


def _missions(side, number):
    """The rush of all missions on the last list, or the last but so many."""
    return rush(side.site, side.walk_of_list(number), visitors=MISSIONS, within=MINUTE)


def _first(errors):
    """The first of these errors, in one line."""
    return " ".join(errors[0].split())[:80] if errors else ""


def planned(_bench: Bench) -> Iterator[Row]:
    """The plan by sitting of 193 entries on six sittings, each tenth fixed to one, with every turn worked out."""
    entries = [turns.Waiting(number, timedelta(minutes=3)) for number in range(MISSIONS)]
    begin = datetime(2016, 9, 6, 14, tzinfo=UTC)
    hours = [turns.Stretch(begin + n * timedelta(hours=5), begin + timedelta(hours=5 * n + 3)) for n in range(6)]
    fixed: dict[object, int] = {number: number % 6 for number in range(0, MISSIONS, 10)}
    taken = []
    for _time in range(50):
        start = perf_counter()
        order = plan.in_calling_order(entries, fixed, [each.length for each in hours])
        made = turns.forecast(order, hours, limit=timedelta(minutes=3)).turns
        taken.append((perf_counter() - start) * 1000)
    assert len(made) == MISSIONS
    yield Row(what="The plan by sitting: 193 on six sittings", value=median(taken), unit="ms", at_most=50)


MEASURES: dict[str, tuple[str, Callable[[Bench], Iterator[Row]]]] = {
    "minute": ("The last minute, while the worker sends", last_minute),
    "walk": ("From the form to the receipt", walk),
    "mail": ("The walk while the worker sends", mail),
    "processes": ("The default of processes and threads", processes),
    "room": ("In the room, 193 on the list", room),
    "streams": ("Live streams, 193 on the list", live),
    "pages": ("Pages, each time made new", pages),
    "languages": ("Pages in other languages, each time made new", languages),
    "plan": ("The plan by sitting", planned),
    "front": ("The secretariat’s front page", front),
    "process": ("A process", process),
}
