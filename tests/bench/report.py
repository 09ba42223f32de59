"""The figures as Markdown tables, and whether they meet their targets."""

import os
import platform
import re
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import django

PAGE = Path(__file__).resolve().parents[2] / "docs/performance.md"
BETWEEN = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- end of figures -->)", re.DOTALL)
NAMES = {
    "page": "Page of the meeting",
    "uncached": "The page, uncached",
    "walk": "Form to receipt",
    "list": "Staff’s list of 200",
}
# The target: at least this share of the bare project's throughput.
RATIOS = {"page": 0.5, "walk": 0.25, "list": 0.5}
# The target: at most so many SQL statements in a request, including the transaction's BEGIN and COMMIT.
STATEMENTS = {("page", "GET"): 4, ("uncached", "GET"): 4, ("walk", "POST"): 20, ("list", "GET"): 12}
# The target: at most so many MiB in a worker, counting all that it maps (RSS).
MEMORY = 110


@dataclass(frozen=True)
class Measured:
    """All that one run found: comparisons, statements by scenario and request, memory as (RSS, PSS) in MiB."""

    comparisons: list
    statements: dict
    bare_statements: dict
    memory: tuple
    bare_memory: tuple


def missed(measured: Measured) -> list[str]:
    """The missed targets, as sentences; empty if all are met."""
    ratios = {
        f"{NAMES[each.scenario]}, {each.clients} clients: {each.ratio:.2f} of the bare one, not {RATIOS[each.scenario]}"
        for each in measured.comparisons
        if each.ratio < RATIOS.get(each.scenario, 0)
    }
    statements = {
        f"{NAMES[name]}, {request}: {measured.statements[name][request]} statements, not {most}"
        for (name, request), most in STATEMENTS.items()
        if name in measured.statements and measured.statements[name][request] > most
    }
    memory = {f"A worker: {measured.memory[0]:.0f} MiB, not {MEMORY}"} if measured.memory[0] > MEMORY else set()
    return sorted(ratios | statements | memory)


def markdown(measured: Measured, command: str) -> str:
    """The whole report."""
    parts = [_machine(command), _throughput(measured), _latency(measured), _statements(measured), _memory(measured)]
    return "\n\n".join(parts) + "\n"


def streams(screens: int, acts: int, seen: Any, bare: Any) -> str:
    """What was measured of the streams, as a table."""
    heads = [f"{screens} screens, {acts} acts", "project", "target", "bare"]
    pairs = [
        ["opened at once after a restart, s", f"{seen.opened:.1f}", "2.0", f"{bare.opened:.1f}"],
        ["seen on the first screen, median, s", f"{seen.first:.3f}", "0.15", f"{bare.first:.3f}"],
        ["seen on the last screen, median, s", f"{seen.last:.3f}", "0.25", f"{bare.last:.3f}"],
        ["seen on the median screen, s", f"{seen.median:.3f}", "0.1", f"{bare.median:.3f}"],
        ["seen on the slowest of all, s", f"{seen.slowest:.3f}", "0.5", f"{bare.slowest:.3f}"],
        ["the act answered, median, s", f"{median(seen.answers):.3f}", "0.2", f"{median(bare.answers):.3f}"],
        ["memory of the process, MiB", f"{seen.memory:.0f}", "–", f"{bare.memory:.0f}"],
    ]
    return _table(heads, pairs)


def write(text: str) -> None:
    """Write the report between its marks in `docs/performance.md`."""
    PAGE.write_text(BETWEEN.sub(lambda _: f"\n{text}\n", PAGE.read_text()))


def _machine(command):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"`{command}`, on {os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB of memory, {platform.system()} "
        f"{platform.release().split('-')[0]}, Python {platform.python_version()}, Django {django.__version__}."
    )


def _processor():
    """The name of the processor, as it reports it."""
    facts = Path("/proc/cpuinfo").read_text()
    found = re.search(r"^model name\s*: (.+)$", facts, re.MULTILINE)
    return found[1] if found else platform.machine()


def _throughput(measured):
    rows = [
        [
            NAMES[each.scenario],
            each.clients,
            f"{each.project.per_second:.1f}",
            f"{each.bare.per_second:.1f}",
            f"{each.ratio:.2f}",
            RATIOS.get(each.scenario, "–"),
            f"{1000 * each.project.processor_seconds:.1f}",
            f"{1000 * each.bare.processor_seconds:.1f}",
        ]
        for each in measured.comparisons
    ]
    heads = ["", "clients", "per second", "bare", "of the bare one", "target", "processor, ms", "bare"]
    return _table(heads, rows)


def _latency(measured):
    rows = [
        [
            NAMES[each.scenario],
            each.clients,
            *[f"{1000 * rounds.percentile(p):.0f}" for p in (50, 95, 99) for rounds in (each.project, each.bare)],
        ]
        for each in measured.comparisons
    ]
    heads = ["", "clients", "p50, ms", "bare", "p95, ms", "bare", "p99, ms", "bare"]
    return _table(heads, rows)


def _statements(measured):
    rows = [
        [
            NAMES[name],
            request,
            count,
            STATEMENTS.get((name, request), "–"),
            measured.bare_statements[name][request],
        ]
        for name, counts in measured.statements.items()
        for request, count in counts.items()
    ]
    return _table(["SQL statements", "request", "project", "at most", "bare"], rows)


def _memory(measured):
    rows = [
        ["all it maps (RSS)", f"{measured.memory[0]:.0f}", MEMORY, f"{measured.bare_memory[0]:.0f}"],
        ["shared pages divided (PSS)", f"{measured.memory[1]:.0f}", "–", f"{measured.bare_memory[1]:.0f}"],
    ]
    return _table(["memory of a worker after the load, MiB", "project", "at most", "bare"], rows)


def _table(heads, rows):
    lines = [heads, ["---", *["--:"] * (len(heads) - 1)], *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)
