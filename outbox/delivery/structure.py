"""The structure of a plain text, so that a mail is written once and can be read as HTML too.  R-10

A text is what its reader sees: paragraphs, with an empty line between them; lines that begin with a dash or a number,
which are a list; lines such as “Speaker: …”, of which several are a table of facts, with the line above as its heading.
An address of this site is a link, and the words before its colon, or the title above it, say where to. Pure; no text is
markup.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from spelling import own_links

COLON = ":："
FACT = re.compile(rf"([^{COLON}]{{1,60}}[{COLON}])(?:(?<=：)|\s)\s*(?=\S)")
POINT, NUMBER = re.compile(r"- (?=\S)"), re.compile(r"(\d{1,4})\. (?=\S)")
SENTENCE_END = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？])")
CLOSING = ".!?؟。！？,،;؛" + COLON


class Piece(NamedTuple):
    """Words, and the address they lead to; empty if they are no link."""

    words: str
    address: str = ""


@dataclass(frozen=True)
class Row:
    """One line, in pieces; in a table of facts, what it tells is its `label`."""

    pieces: list[Piece]
    label: str = ""


@dataclass(frozen=True)
class Block:
    """A `kind` (“heading”, “paragraph”, “points”, “numbers” or “facts”) and its rows; numbers begin with `first`."""

    kind: str
    rows: list[Row]
    first: int = 1


def blocks(text: str) -> list[Block]:
    """The `text` as blocks, in its order; every word of it stands in one of them."""
    found = [block for lines in _paragraphs(text) for block in _blocks_of(lines)]
    return [_as_heading(block, after) for block, after in zip(found, [*found[1:], None], strict=False)]


def _paragraphs(text):
    """The lines of each paragraph; an address stays in one line with the words above that say where it leads."""
    whole: list[list[str]] = []
    for paragraph in re.split(r"\n\s*\n", text.strip()):
        whole.append([])
        for line in (line.strip() for line in paragraph.split("\n")):
            before = next((each for each in reversed(whole) if each), None)
            if before and _is_address(line) and _announces(before[-1], is_above=before is whole[-1]):
                before[-1] += f"\n{line}"
            elif line:
                whole[-1].append(line)
    return [lines for lines in whole if lines]


def _announces(line, *, is_above):
    """Does the `line` say where the next address leads: with its colon, or, directly above it, with no full stop?"""
    return line[-1] in COLON or (is_above and line[-1] not in CLOSING and not own_links.split(line)[1:])


def _blocks_of(lines: list[str]) -> Iterator[Block]:
    kinds = [_kind(line) for line in lines]
    for number, kind in enumerate(kinds):
        if kind == "facts" and "facts" not in kinds[max(0, number - 1) : number] + kinds[number + 1 : number + 2]:
            kinds[number] = "paragraph"
    for kind, group in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        yield _block(kind, [line for _kind, line in group])


def _kind(line):
    if POINT.match(line):
        return "points"
    if NUMBER.match(line):
        return "numbers"
    fact = FACT.match(line)
    return "facts" if fact and not _is_address(line[fact.end() :]) else "paragraph"


def _block(kind: str, lines: list[str]) -> Block:
    if kind == "facts":
        cut = [(line, FACT.match(line)) for line in lines]
        return Block(kind, [Row(_pieces(line[it.end() :]), it[1]) for line, it in cut if it])
    if kind == "points":
        return Block(kind, [Row(_pieces(POINT.sub("", line, count=1))) for line in lines])
    if kind == "numbers" and (first := _first_in_sequence(lines)):
        return Block(kind, [Row(_pieces(NUMBER.sub("", line, count=1))) for line in lines], first)
    return Block("paragraph", [Row(_pieces(line)) for line in lines])


def _first_in_sequence(lines: Iterable[str]) -> int:
    """The number of the first of these numbered `lines`, if each counts one on; else 0."""
    numbers = [int(found[1]) for line in lines if (found := NUMBER.match(line))]
    return numbers[0] if numbers == [*range(numbers[0], numbers[0] + len(numbers))] else 0


def _pieces(line):
    """The `line` in pieces. An address takes the sentence that announces it; another one says itself."""
    pieces = own_links.split(line)
    if len(pieces) == 3 and not pieces[2] and pieces[0].rstrip(" ")[-1:] in {*COLON, "\n"}:
        words, address = pieces[0].strip(), pieces[1]
        start = max((found.end() for found in SENTENCE_END.finditer(words)), default=0)
        return [*_plain(words[:start]), Piece(words[start:].rstrip(COLON + " \u00a0\u202f"), address)]
    return [Piece(piece, piece if index % 2 else "") for index, piece in enumerate(pieces) if piece]


def _plain(words):
    return [Piece(words)] if words else []


def _is_address(text):
    return own_links.split(text)[::2] == ["", ""]


def _as_heading(block, after):
    """A line without a full stop above a table of facts is its heading."""
    is_above = after is not None and after.kind == "facts" and block.kind == "paragraph" and len(block.rows) == 1
    return Block("heading", block.rows) if is_above and block.rows[0].pieces[-1].words[-1] not in CLOSING else block
