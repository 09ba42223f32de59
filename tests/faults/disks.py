"""A small disk of a test's own, which can be filled and emptied. It needs root, as only root mounts one."""

import os
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from tests.servers import ServerMissing

PIECE = 64 * 1024


class Disk:
    """A folder that holds so much and no more."""

    def __init__(self, folder):
        self.folder, self.filler = Path(folder), Path(folder) / "filler"

    def fill(self):
        """Write until nothing more fits, to the last byte."""
        with self.filler.open("wb", buffering=0) as filler:
            for piece in (PIECE, 1024, 1):
                try:
                    while True:
                        filler.write(bytes(piece))
                except OSError:
                    continue

    def make_room(self):
        self.filler.unlink()


@contextmanager
def mounted(megabytes):
    """A `Disk` of that size, which every account may write on, until the block ends."""
    if os.geteuid() != 0:
        raise ServerMissing("a small disk, which only root can mount,")
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=777", "none", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        folder.rmdir()
        raise ServerMissing("a small disk, which this machine does not mount,")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()
