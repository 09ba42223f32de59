"""The figures of a run: collected by the tests, printed as one table at the end, even if all is well."""

import json
import math

HEADINGS = ["Fault", "What happened", "p50", "p99", "longest", "seconds"]


def percentile(values, share):
    """The value that `share` of `values` do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


class Figures:
    """The figures of one test, kept with its report."""

    def __init__(self, record):
        self._record = record

    def add(self, fault, what, *, delays=(), seconds=None):
        """One row: what was done, what happened, how long requests took (in seconds), how long it all took."""
        row = [fault, what, *(_times(delays) if delays else ["", "", ""]), "" if seconds is None else f"{seconds:.1f}"]
        self._record("figures", json.dumps(row, ensure_ascii=False))


def _times(delays):
    return [f"{value:.3f}" for value in (percentile(delays, 0.5), percentile(delays, 0.99), max(delays))]


def rows(reports):
    """The rows that the tests of `reports` have added, in their order."""
    return [
        json.loads(value)
        for report in reports
        for name, value in getattr(report, "user_properties", [])
        if name == "figures"
    ]


def table(rows):
    """The rows as the lines of a table in Markdown."""
    lines = [HEADINGS, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    ruled = [HEADINGS, ["-" * width for width in widths], *rows]
    return [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in ruled
    ]
