"""The operator's drill as `docs/operations/drill.md` has it: its commands, each block with the answers it promises."""

import os
import re
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests import tree
from tests.servers import tied

DOCUMENT = settings.BASE_DIR / "docs/operations/drill.md"
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
END = "── end of block"
# A long wait passes at once: the last sign of life of the worker moves into the past. Shorter ones are waited.
PASS_TIME = r"""
trap 'trap "" TERM; kill 0' EXIT TERM  # with the test, however it ends, all that was started here ends
sleep() {
    if [ "$1" -lt 60 ]; then command sleep "$1"; return; fi
    psql --quiet "$DRILL_DATABASE" --command \
        "UPDATE outbox_heartbeat SET at = at - interval '$1 seconds' WHERE part = 'worker'"
}
"""


@dataclass(frozen=True)
class Step:
    """One block of commands, and the lines that its output must hold in this order; `…` stands for anything."""

    commands: str
    expected: list


def steps(text):
    """The `Step`s of the document `text`. Fails if an answer stands before any command."""
    found = []
    for kind, content in BLOCK.findall(text):
        if kind == "sh":
            found.append(Step(content, []))
        else:
            found[-1].expected.extend(content.splitlines())
    return found


def missing(expected, said):
    """The first line of `expected` that the text `said` does not hold after those before it; empty if it holds all."""
    position = 0
    for line in expected:
        pattern = re.compile(".*?".join(map(re.escape, line.split("…"))))
        if (match := pattern.search(said, position)) is None:
            return line
        position = match.start() + 1
    return ""


class Shell:
    """One bash for the whole drill, in the `folder` of a fresh clone."""

    def __init__(self, folder, environment):
        self.said = folder / "said"
        self.said.touch()
        command = [*tied("TERM"), "bash", "--noprofile", "--norc", "-o", "errexit", "-o", "nounset", "-o", "pipefail"]
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
                cwd=folder,
                env=environment,
                text=True,
                start_new_session=True,
            )
        self._send(PASS_TIME)

    def run(self, step, wait_until):
        """Type the commands of `step`. Returns what they said; fails if the shell ended at one of them."""
        before = self.said.stat().st_size
        self._send(f"{step.commands}\necho '{END}'\n")
        wait_until(lambda: END in self._since(before) or self.process.poll() is not None, step.commands, 120)
        words = self._since(before)
        assert END in words, f"the drill ended at:\n{step.commands}\n{words}"
        return words

    def end(self):
        """Kill the shell and all that it started."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.stdin.close()
        self.process.wait()

    def _send(self, text):
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def _since(self, position):
        return self.said.read_bytes()[position:].decode(errors="replace")


def clone(folder):
    """A fresh clone of the project as it is now in the new `folder`, after `script/bootstrap`."""
    wanted = [name for name in tree.names() if not name.startswith(("tests/", "docs/"))]
    compiled = [
        path.relative_to(settings.BASE_DIR) for path in settings.BASE_DIR.glob("locale/*/LC_MESSAGES/django.mo")
    ]
    for name in [*wanted, *compiled]:
        source, target = settings.BASE_DIR / name, folder / name
        if source.is_file() and not source.is_symlink():
            target.parent.mkdir(parents=True, exist_ok=True)
            os.link(source, target) if source.stat().st_dev == folder.stat().st_dev else target.write_bytes(
                source.read_bytes()
            )
    for name in (".venv", "node_modules"):
        (folder / name).symlink_to(Path(settings.BASE_DIR / name).resolve())
