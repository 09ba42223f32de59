"""The page `docs/drawings/README.md`: each drawing, and below it the same in tables."""

from tests.drawings.source import NAMES, drawing

HEAD = """# The system in three drawings

<!-- Written by python -m tests.drawings -->
Each is made from a text beside it, `whole.dot`, `states.dot` and `deployment.dot`, by [Graphviz](https://graphviz.org/);
the tables below it say the same. After a change of the text: `python -m tests.drawings`, with `dot` installed
(`apt install graphviz`).
"""
TITLES = {
    "whole": (
        "The whole",
        "People on the left, the doors they come through, and the parts of the software behind them.",
    ),
    "states": ("The states", "Four things have states. A dashed line takes a step back."),
    "deployment": ("The deployment", "The processes, and what they talk to. One machine can hold all of them."),
}


def written():
    """The page as it should be."""
    return "\n".join([HEAD, *(part for name in NAMES for part in _section(name))])


def _section(name):
    title, words = TITLES[name]
    shown = drawing(name)
    yield f"## {title}\n\n{words}\n\n![{title}: the tables below say the same]({name}.svg)\n"
    for frame in shown.frames.values():
        if frame.nodes:
            yield _table(frame, shown)


def _table(frame, shown):
    heading = frame.label or "Outside the site"
    rows = [f"| {heading} | What it is | Leads to |", "|---|---|---|"]
    for node, (_label, meaning) in frame.nodes.items():
        rows.append(f"| {shown.label(node)} | {meaning} | {_leads_to(node, shown)} |")
    return "\n".join(rows) + "\n"


def _leads_to(node, shown):
    words = []
    for other in shown.after(node):
        label = shown.lines[node, other]
        words.append(f"{shown.label(other)} ({label})" if label else shown.label(other))
    return ", ".join(words) or "–"
