"""`script/bench`: every row of the table in docs/performance.md, measured on servers of its own."""

import argparse
import sys
import time

from tests.bench import streams, table
from tests.bench.bench import FULL, QUICK, Bench, Size
from tests.bench.ground import Ground
from tests.bench.measures import MEASURES


def main(arguments: list[str]) -> int:
    """Measure, print the table and each row that falls short. Returns 0 if none does."""
    options = _options(arguments)
    streams.allow_files()
    parts = measure(options.measures or list(MEASURES), QUICK if options.quick else FULL)
    text = table.markdown(parts, " ".join(["script/bench", *arguments]))
    _say(f"\n{text}")
    if options.write:
        table.write(text)
    short = table.falling_short(parts)
    _say("\n".join(f"Falls short: {sentence}" for sentence in short) or "All is as wanted.")
    return 1 if short else 0


def measure(names: list[str], size: Size) -> list[table.Part]:
    """Run the measures of these names. Returns their rows, each part with its title."""
    parts = []
    with Ground.begun() as ground:
        bench = Bench(ground, size)
        for name in (name for name in MEASURES if name in names):
            title, rows = MEASURES[name]
            begun = time.monotonic()
            parts.append((title, list(rows(bench))))
            _say(f"{title}: {time.monotonic() - begun:.0f} s")
    return parts


def _options(arguments):
    parser = argparse.ArgumentParser(prog="script/bench", description="Measures the project beside a bare Django one.")
    parser.add_argument("--quick", action="store_true", help="within two minutes; its figures are rough")
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    parser.add_argument("measures", nargs="*", choices=[[], *MEASURES], help="only these")
    return parser.parse_args(arguments)


def _say(words):
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
