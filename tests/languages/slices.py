"""Sorts the characters of Chinese pages into slices: `python -m tests.languages.slices`, after many texts changed.

What stands on the same pages of the public and of delegations comes into one file, as far as that makes pages lighter.
The file is cut by `deploy/messages/slices.py`.
"""

import csv
import heapq
import logging
import os
import re
from collections import defaultdict

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402

import clock  # noqa: E402
from deploy.messages import files, slices  # noqa: E402
from tests.hostile import meetings  # noqa: E402
from tests.languages import test_every_page  # noqa: E402
from tests.scenes import undone  # noqa: E402

LANGUAGE = "zh-hans"
LIST, FORM = re.compile(".*/speakers/"), re.compile(".*/speakers/inscribe/")
# Read far more often than others, and the full list far more than these.
OFTEN = re.compile("/|/meetings/[^/]+/|.*/speakers/(inscribe/|inscriptions/[^/]+/)?")
TIMES, TIMES_OF_THE_LIST, TIMES_OF_ONE_FORM = 4, 40, 0.1
# Pages of the room and of staff.
LEFT_OUT = re.compile("secretariat|/floor/|booth|hand-over|overlay|display")
# What a file costs, and a character in it, in bytes.
OF_A_FILE, OF_A_CHARACTER = 900, 115


def characters_of(text: str, known: set[str]) -> set[str]:
    return {each for each in text if each in known}


def pages() -> dict[str, set[str]]:
    """The characters of our own texts on each page, by its path.

    Further pages are the list of all member States (“all”), and the form of each of them, under its code.
    """
    root = slices.SLICES.parents[2]
    catalogue = files.read(files.path_of(root, "zh_Hans"), "zh_Hans")
    texts = "".join(each if isinstance(each, str) else "".join(each) for each in (m.string for m in catalogue if m.id))
    own = {each for each in texts if ord(each) >= slices.FIRST}
    with (root / "speakers/delegations/data/delegations.csv").open() as file:
        names = {row["code"]: {each for each in row["zh"] if ord(each) >= slices.FIRST} for row in csv.DictReader(file)}
    found = {
        path: characters_of(re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]+>", "", page, flags=re.S), own)
        for path, page in test_every_page.pages(LANGUAGE)
        if not LEFT_OUT.search(path)
    }
    found = {path: characters for path, characters in found.items() if characters}
    of_lists, of_forms = (set().union(*_matching(found, kind)) for kind in (LIST, FORM))
    return found | {"all": of_lists.union(*names.values())} | {code: of_forms | name for code, name in names.items()}


def _matching(found, kind):
    return (characters for path, characters in found.items() if kind.fullmatch(path))


def sorted_into_slices(pages: dict[str, set[str]]) -> list[str]:
    """Begin with the characters that stand on the same pages, and join the two slices that save most, while any do."""
    weights = {path: _weight(path) for path in pages}
    alike = defaultdict(list)
    for each in sorted(set().union(*pages.values())):
        alike[frozenset(path for path, characters in pages.items() if each in characters)].append(each)
    parts = dict(enumerate(alike.items()))

    def cost(paths, number):
        return sum(weights[path] for path in paths) * (OF_A_FILE + OF_A_CHARACTER * number)

    def saved(one, other):
        apart = cost(one[0], len(one[1])) + cost(other[0], len(other[1]))
        return apart - cost(one[0] | other[0], len(one[1]) + len(other[1]))

    gains = [(-saved(parts[one], parts[two]), one, two) for one in parts for two in parts if one < two]
    heapq.heapify(gains)
    while gains:
        gain, one, two = heapq.heappop(gains)
        if gain < 0 and one in parts and two in parts:
            first, second, number = parts.pop(one), parts.pop(two), max(parts, default=0) + 1
            number = max(number, one, two) + 1
            joined = (first[0] | second[0], first[1] + second[1])
            for other, each in parts.items():
                heapq.heappush(gains, (-saved(each, joined), other, number))
            parts[number] = joined
    return sorted("".join(sorted(characters)) for _paths, characters in parts.values())


def _weight(path):
    if not path.startswith("/"):
        return TIMES_OF_THE_LIST if path == "all" else TIMES_OF_ONE_FORM
    return TIMES if OFTEN.fullmatch(path) else 1


def main() -> None:
    """Read the pages of a full meeting in a database of the moment, and write `slices.txt`."""
    logging.disable(logging.CRITICAL)
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    with clock.stopped(meetings.AT), undone():
        meetings.full()
        slices.SLICES.write_text("".join(f"{each}\n" for each in sorted_into_slices(pages())))
    teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
