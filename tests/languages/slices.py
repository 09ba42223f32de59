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
from itertools import count

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment, teardown_databases  # noqa: E402
from django.urls import reverse  # noqa: E402

import clock  # noqa: E402
from deploy.messages import files, slices  # noqa: E402
from tests.hostile import meetings  # noqa: E402
from tests.languages import test_every_page  # noqa: E402
from tests.languages.full_list import make_full_list  # noqa: E402
from tests.scenes import undone  # noqa: E402

LANGUAGE = "zh-hans"
FORM = re.compile(".*/speakers/inscribe/")
RECEIPT = re.compile(".*/speakers/inscriptions/[^/]+/")
# Read far more often than others, and the list of all member States far more than these.
OFTEN = re.compile("/|/meetings/[^/]+/|.*/speakers/(inscribe/|inscriptions/[^/]+/)?")
TIMES, TIMES_OF_THE_LIST, TIMES_OF_ONE_STATE = 4, 20, 0.1
# Pages of the room and of staff.
LEFT_OUT = re.compile("secretariat|/floor/|booth|hand-over|overlay|display")
# What a file, a character in it, and a page may cost, in bytes; how much more a page counts that costs more.
OF_A_FILE, OF_A_CHARACTER, OF_A_PAGE = 800, 105, 57_000
SHARPLY, ROUNDS = 3, 40


def pages() -> dict[str, set[str]]:
    """The characters of our own texts on each page, by its path.

    Further pages are the list of all member States (“all”), and the form and the receipt of each, under its code.
    """
    root = slices.SLICES.parents[2]
    catalogue = files.read(files.path_of(root, "zh_Hans"), "zh_Hans")
    texts = "".join(each if isinstance(each, str) else "".join(each) for each in (m.string for m in catalogue if m.id))
    with (root / "speakers/delegations/data/delegations.csv").open() as file:
        names = {row["code"]: set(row["zh"]) for row in csv.DictReader(file)}
    own = {each for each in set(texts).union(*names.values()) if ord(each) >= slices.FIRST}
    found = {path: _shown(page, own) for path, page in test_every_page.pages(LANGUAGE) if not LEFT_OUT.search(path)}
    found = {path: characters for path, characters in found.items() if characters}
    for name, kind in (("form", FORM), ("receipt", RECEIPT)):
        of_all = set().union(*(characters for path, characters in found.items() if kind.fullmatch(path)))
        found |= {f"{name} of {code}": of_all | (characters & own) for code, characters in names.items()}
    return found | {"all": _shown(_full_list(), own)}


def _shown(page, known):
    text = re.sub(r"<(script|style|head)\b.*?</\1>|<[^>]+>", "", page, flags=re.S)
    return {each for each in text if each in known}


def _full_list():
    address = reverse("speakers:list", args=[make_full_list(meetings.AT).slug])
    return Client(headers={"Accept-Language": LANGUAGE}).get(address).content.decode()


def sorted_into_slices(pages: dict[str, set[str]]) -> list[str]:
    """The slices of the characters of all `pages` by which the heaviest page is lightest; or light enough.

    In each round those pages count more that cost too much.
    """
    weights, best, lightest = {path: _weight(path) for path in pages}, [], 0
    for _round in range(ROUNDS):
        found = _joined(pages, weights)
        costs = {path: cost(characters, found) for path, characters in pages.items()}
        heaviest = max(costs.values())
        if not best or heaviest < lightest:
            best, lightest = found, heaviest
        if lightest <= OF_A_PAGE:
            break
        for path, bytes_loaded in costs.items():
            weights[path] *= max(1, bytes_loaded / OF_A_PAGE) ** SHARPLY
    return best


def cost(characters: set[str], slices: list[str]) -> int:
    """About how many bytes of the `slices` a page with these `characters` loads."""
    loaded = [each for each in slices if not characters.isdisjoint(each)]
    return sum(OF_A_FILE + OF_A_CHARACTER * len(each) for each in loaded)


def _joined(pages, weights):
    """Begin with the characters that stand on the same pages, and join the two slices that save most, while any do."""
    alike = defaultdict(list)
    for each in sorted(set().union(*pages.values())):
        alike[frozenset(path for path, characters in pages.items() if each in characters)].append(each)
    parts = {number: (paths, _sum(paths, weights), found) for number, (paths, found) in enumerate(alike.items())}

    def saved(one, other):
        shared = _sum(one[0] & other[0], weights)
        longer = len(other[2]) * (one[1] - shared) + len(one[2]) * (other[1] - shared)
        return OF_A_FILE * shared - OF_A_CHARACTER * longer

    gains = [(-saved(parts[one], parts[two]), one, two) for one in parts for two in parts if one < two]
    heapq.heapify(gains)
    numbers = count(len(parts))
    while gains:
        gain, one, two = heapq.heappop(gains)
        if gain < 0 and one in parts and two in parts:
            first, second, number = parts.pop(one), parts.pop(two), next(numbers)
            paths = first[0] | second[0]
            joined = (paths, _sum(paths, weights), first[2] + second[2])
            for other, each in parts.items():
                heapq.heappush(gains, (-saved(each, joined), other, number))
            parts[number] = joined
    return sorted("".join(sorted(found)) for _paths, _weight, found in parts.values())


def _sum(paths, weights):
    return sum(weights[path] for path in paths)


def _weight(path):
    if not path.startswith("/"):
        return TIMES_OF_THE_LIST if path == "all" else TIMES_OF_ONE_STATE
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
