"""Draws each source with Graphviz, in the colours of the site, and writes the page with the tables."""

import re
import subprocess
from pathlib import Path

from tests.drawings.page import written
from tests.drawings.source import FOLDER, NAMES, mark_of, text_of

TOKENS = Path(__file__).resolve().parents[2] / "static/css/tokens.css"
LOOK = [
    *("-Gbgcolor=white", "-Gpad=0.2", "-Granksep=0.35", "-Gnodesep=0.18", "-Gfontname=Helvetica", "-Gfontsize=13"),
    *("-Gstyle=rounded", "-Glabeljust=l"),
    *("-Nfontname=Helvetica", "-Nfontsize=12", "-Nshape=box", "-Nstyle=rounded", "-Nmargin=0.12,0.06"),
    *("-Efontname=Helvetica", "-Efontsize=10", "-Earrowsize=0.7"),
]
# The parts of a drawing and the colours of the site that they have.
RULES = """
    .graph > polygon { fill: PAPER; }
    .cluster path, .cluster polygon { fill: none; stroke: RULE-STRONG; }
    .node path, .node polygon { fill: SHEET; stroke: INK; }
    .edge path { stroke: INK-SOFT; }
    .edge polygon { fill: INK-SOFT; stroke: INK-SOFT; }
    text { font-family: "Noto Sans", Helvetica, Arial, sans-serif; fill: INK; }
    .cluster > text { fill: BLUE; font-weight: bold; }
    .edge text { fill: INK-SOFT; }
"""


def style():
    """The rules in the colours of `tokens.css`: those of light pages, and of dark ones for readers who want them."""
    tokens = re.findall(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", TOKENS.read_text())
    light = {name: colour for name, colour, _dark in tokens}
    dark = {name: colour for name, _light, colour in tokens}
    return f"<style>{_in(light)}@media (prefers-color-scheme: dark) {{{_in(dark)}}}\n</style>"


def _in(colours):
    return re.sub(r"\b[A-Z]+(?:-[A-Z]+)*\b", lambda found: colours.get(found[0].lower(), found[0]), RULES)


def draw(name):
    """The picture of the drawing `name` as SVG."""
    made = subprocess.run(["dot", "-Tsvg", *LOOK], input=text_of(name), capture_output=True, text=True, check=True)
    svg = re.sub(r"<!DOCTYPE.*?>|<!--.*?-->\s*", "", made.stdout, flags=re.S)
    svg = re.sub(r' (?:fill|stroke)="(?!none)[^"]*"', "", svg)
    return re.sub(r"(<svg[^>]*>)", rf"\1\n{mark_of(name)}\n{style()}", svg, count=1)


def main():
    for name in NAMES:
        (FOLDER / f"{name}.svg").write_text(draw(name))
    (FOLDER / "README.md").write_text(written())


if __name__ == "__main__":
    main()
