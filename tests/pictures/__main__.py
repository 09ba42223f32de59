"""Taking the pictures; see `script/pictures --help`."""

import argparse
import importlib
import pkgutil
import sys
from pathlib import Path

from tests.pictures import shots
from tests.pictures.camera import cameras
from tests.pictures.registry import SHOTS
from tests.pictures.site import running

FOLDER = Path(__file__).resolve().parents[2] / "docs/pictures"
LARGEST = 150 * 1024
SIZES = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]


def main():
    options = parsed()
    chosen = [SHOTS[name] for name in options.names or SHOTS]
    with running() as address, cameras(address) as camera:
        for shot in chosen:
            if options.look:
                look(shot, camera, options.look)
            else:
                keep(shot, camera)


def parsed():
    for module in pkgutil.iter_modules(shots.__path__):
        importlib.import_module(f"{shots.__name__}.{module.name}")
    parser = argparse.ArgumentParser(prog="script/pictures")
    parser.add_argument("--look", type=Path, metavar="FOLDER")
    parser.add_argument("names", nargs="*", metavar="NAME")
    options = parser.parse_args()
    if unknown := set(options.names) - set(SHOTS):
        parser.error(f"there is no picture {', '.join(sorted(unknown))}; there are {', '.join(sorted(SHOTS))}")
    return options


def keep(shot, camera):
    """Take the picture for the documentation; one that is too large is an error."""
    with camera(shot.width, shot.height or 800) as place:
        picture = place.take(shot.go(place), whole=shot.height is None)
    if len(picture) > LARGEST:
        sys.exit(f"{shot.name}.png has {len(picture) // 1024} KiB; give it a height, or a part of the page")
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{shot.name}.png").write_bytes(picture)
    print(f"{shot.name}.png  {len(picture) // 1024} KiB")  # noqa: T201


def look(shot, camera, folder):
    """Take the whole page at both sizes, light and dark, for review."""
    folder.mkdir(parents=True, exist_ok=True)
    for width, scheme in SIZES:
        with camera(width, 844, scheme) as place:
            shot.go(place)
            path = folder / f"{shot.name}-{width}-{scheme}.png"
            path.write_bytes(place.take())
            print(path)  # noqa: T201


if __name__ == "__main__":
    main()
