"""The embedded mode as a newcomer runs it: one command, all parts, a state and a port of its own."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from django.conf import settings

from tests.servers import EMBEDDED, free_port

PARTS = {"web": "gunicorn", "live": "uvicorn", "worker": "config worker", "beat": "config beat"}


class Site:
    """The whole project in `folder` as a newcomer runs it, on a state and a port of its own."""

    def __init__(self, state, folder=settings.BASE_DIR):
        self.folder = folder
        self.port, self.state, self.said = free_port(), state, state / "said"
        embedded = EMBEDDED | {"DJANGO_SETTINGS_MODULE": "config.settings", "SITE_URL": ""}
        own = {"VAR_DIR": str(state), "PORT": str(self.port)}
        self.environment = {**os.environ, **embedded, **own}
        self.environment.pop("SITE_URL")
        self.process = None

    def start(self):
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                self.command(), env=self.environment, cwd=self.folder, stdout=said, stderr=said
            )
        self.wait_for("Ctrl-C")

    def command(self):
        python = sys.executable if self.folder == settings.BASE_DIR else self.folder / ".venv/bin/python"
        return [str(python), "manage.py", "serve"]

    def wait_for(self, words):
        wait_until(lambda: words in self.said.read_text(), words)

    def parts(self):
        """The process number of each part, by name; a part that does not run is missing."""
        answer = subprocess.check_output(["ps", "-A", "-ww", "-o", "pid=,ppid=,args="], text=True)
        rows = [line.split(maxsplit=2) for line in answer.splitlines()]
        own = {int(pid): words for pid, parent, words in rows if int(parent) == self.process.pid}
        return {name: pid for name, mark in PARTS.items() for pid, words in own.items() if mark in words}

    def answers(self, path=""):
        """The status of an answer, by default of the front page; 0 if there is no server."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code
        except OSError:
            return 0

    def end(self, by=signal.SIGTERM):
        """Tell the site to end. Returns the seconds that it took."""
        begun = time.monotonic()
        self.process.send_signal(by)
        self.process.wait(20)
        return time.monotonic() - begun


def wait_until(is_so, what, seconds=180):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"waited in vain for: {what}"
        time.sleep(0.1)


def is_alive(pid):
    """Is the process running? One that has ended and waits for its parent to notice is not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state) and not state.startswith("Z")


@contextmanager
def ended(site):
    """End `site` afterwards, even if it did not come up."""
    try:
        yield site
    finally:
        if site.process and site.process.poll() is None:
            site.end()
