"""What was measured, as rows of one table: what it is, how much, how much is wanted, and the bare project's figure."""

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import django

PAGE = Path(__file__).resolve().parents[2] / "docs/performance.md"
BETWEEN = re.compile(r"(?<=<!-- figures -->\n).*(?=<!-- end of figures -->)", re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line: a `value` in its `unit` with `more` about it, the limit that is wanted, and what the `bare` one takes.

    A row without a limit is there to be read.
    """

    what: str
    value: float
    unit: str = ""
    more: str = ""
    at_most: float | None = None
    at_least: float | None = None
    bare: float | None = None
    bare_unit: str | None = None

    @property
    def falls_short(self) -> bool:
        """Is the value beyond its limit? The value is taken as measured, not as printed."""
        return (self.at_most is not None and self.value > self.at_most) or (
            self.at_least is not None and self.value < self.at_least
        )

    @property
    def measured(self) -> str:
        return in_words(self.value, self.unit) + (f" ({self.more})" if self.more else "")

    @property
    def wanted(self) -> str:
        if self.at_most is not None:
            return f"≤ {in_words(self.at_most, self.unit)}"
        return f"≥ {in_words(self.at_least, self.unit)}" if self.at_least is not None else ""

    @property
    def cells(self) -> list[str]:
        unit = self.unit if self.bare_unit is None else self.bare_unit
        bare = "" if self.bare is None else in_words(self.bare, unit)
        what = f"{self.what} ✗" if self.falls_short else self.what
        return [what, self.measured, self.wanted, bare]


Part = tuple[str, list[Row]]


def in_words(value: float, unit: str = "") -> str:
    """A figure with three digits and its unit; whole numbers have no others."""
    rounded = float(f"{value:.3g}")
    places = 0 if value == int(value) or rounded >= 100 else 1 if rounded >= 10 else 2
    return f"{value:,.{places}f} {unit}".strip()


def falling_short(parts: Iterable[Part]) -> list[str]:
    """A sentence for each row whose value is beyond its limit."""
    rows = [(title, row) for title, found in parts for row in found if row.falls_short]
    return [f"{title}: {row.what}: {row.measured}, wanted {row.wanted}" for title, row in rows]


def markdown(parts: Iterable[Part], command: str) -> str:
    """The machine, and the table with a heading for each part."""
    lines = [["What", "Measured", "Wanted", "Bare"], ["---", "--:", "--:", "--:"]]
    for title, rows in parts:
        lines += [[f"**{title}**", "", "", ""], *(row.cells for row in rows)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return f"{_machine(command)}\n\n{table}\n"


def write(text: str) -> None:
    """Write the table between its marks in `docs/performance.md`."""
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
