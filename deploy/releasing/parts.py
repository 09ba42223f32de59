"""The parts of others in a release: what it installs from Python's index, and what it brings of npm's packages."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.markers import Marker

NAME, VERSION, MARKER, HASHES = r"[\w.-]+", r"[^\s;\\]+", r"[^\\]+", r"(?: \\\n +--hash=\S+)+"
PINNED = re.compile(f"^(?P<name>{NAME})==(?P<version>{VERSION})(?: ; (?P<marker>{MARKER}))?(?P<hashes>{HASHES})", re.M)
TEXT = re.compile(r"licen[cs]e|copying|notice|authors|ofl", re.IGNORECASE)
NOT_A_TEXT = {".py", ".pyc", ".json", ".js"}


@dataclass(frozen=True)
class Part:
    """One package: its `kind` as in a package URL, what it says its licence is, the texts, and hashes of its files."""

    kind: str
    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    hashes: tuple[tuple[str, str], ...]


def of_release(root: Path, assets: set[str]) -> list[Part]:
    """Every part of a release of the project in `root`, whose pages use the npm packages `assets`."""
    return sorted([*of_python(root), *of_npm(root, assets)], key=lambda part: (part.kind, part.name))


def of_python(root: Path) -> Iterator[Part]:
    """The packages that `requirements.txt` pins for this system. They have to be installed, as it pins them.

    Raises `ValueError` for one that is installed in another version.
    """
    for found in PINNED.finditer((root / "requirements.txt").read_text()):
        if found["marker"] and not Marker(found["marker"]).evaluate():
            continue
        package = metadata.distribution(found["name"])
        if package.version != found["version"]:
            raise ValueError(
                f"{found['name']} {package.version} is installed, not {found['version']}: script/bootstrap"
            )
        hashes = tuple(("SHA-256", digest) for digest in re.findall(r"sha256:(\w+)", found["hashes"]))
        yield Part("pypi", found["name"], package.version, _licence(package), tuple(_texts(package)), hashes)


def of_npm(root: Path, assets: set[str]) -> Iterator[Part]:
    """The npm packages `assets`, as `package-lock.json` pins them and `node_modules` holds them."""
    locked = json.loads((root / "package-lock.json").read_text())["packages"]
    for name in assets:
        facts, folder = locked[f"node_modules/{name}"], root / "node_modules" / name
        digest = base64.b64decode(facts["integrity"].removeprefix("sha512-")).hex()
        texts = [path.read_text() for path in sorted(folder.iterdir()) if _is_text(path)]
        yield Part("npm", name, facts["version"], facts["license"], tuple(texts), (("SHA-512", digest),))


def _licence(package):
    """What the package says its licence is: an SPDX expression, else its classifiers, else its own words."""
    about = package.metadata
    classifiers = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier", []) if each.startswith("License")]
    words = [about["License-Expression"], " / ".join(classifiers), (about["License"] or "").strip().partition("\n")[0]]
    return next(filter(None, words), "")


def _texts(package):
    for path in sorted(package.files or []):
        if any(part.endswith(".dist-info") for part in path.parts) and _is_text(path):
            yield Path(str(path.locate())).read_text(errors="replace")


def _is_text(path):
    return bool(TEXT.search(path.name)) and path.suffix not in NOT_A_TEXT
