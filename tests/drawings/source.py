"""What a drawing says, read from its source: the frames with their nodes, and the lines between them."""

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs/drawings"
NAMES = ["whole", "states", "deployment"]
FRAME = re.compile(r"subgraph cluster_(\w+)")
LABEL = re.compile(r'^label="([^"]*)"')
NODE = re.compile(r'^(\w+) \[label="([^"]*)".*tooltip="([^"]*)"\]')
LINE = re.compile(r'(\w+) -> (\w+)(?: \[(?:label="([^"]*)")?[^\]]*\])?')


@dataclass
class Frame:
    """A frame of a drawing: what stands above it, and its nodes by name, each with its label and what it means."""

    label: str = ""
    nodes: dict[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Drawing:
    """A drawing: its frames by name, those inside another too, and its lines with what stands beside them."""

    frames: dict[str, Frame]
    lines: dict[tuple[str, str], str]

    def label(self, node):
        """The label of `node`, on one line."""
        label = next(frame.nodes[node][0] for frame in self.frames.values() if node in frame.nodes)
        return label.replace("\\n", " ")

    def after(self, node):
        """The nodes to which lines lead from `node`."""
        return [other for one, other in self.lines if one == node]


def text_of(name):
    """The source of the drawing `name`."""
    return (FOLDER / f"{name}.dot").read_text()


def mark_of(name):
    """What the picture of `name` says of the source it was made from."""
    return f"<!-- {name}.dot {hashlib.sha256(text_of(name).encode()).hexdigest()} -->"


def drawing(name):
    """The `Drawing` called `name`."""
    frames, open_frames, lines = {"": Frame()}, [""], {}
    for text in map(str.strip, text_of(name).splitlines()):
        if found := FRAME.match(text):
            open_frames.append(found[1])
            frames[found[1]] = Frame()
        elif text == "}":
            open_frames.pop()
        elif found := LABEL.match(text):
            frames[open_frames[-1]].label = found[1]
        elif found := NODE.match(text):
            frames[open_frames[-1]].nodes[found[1]] = (found[2], found[3])
        else:
            lines |= {(one, other): label for one, other, label in LINE.findall(text)}
    return Drawing(frames, lines)
