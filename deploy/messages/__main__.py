"""`script/messages`: bring the catalogues up to date, check or compile them."""

import sys
from pathlib import Path

from django.conf import settings

from deploy.messages import files, source

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str]) -> int:
    """Do what `script/messages` was asked; returns its exit code."""
    settings.configure()  # templates are read for their texts alone
    if arguments == ["--compile"]:
        files.compile_all(ROOT)
    else:
        files.update(ROOT, source.messages(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
