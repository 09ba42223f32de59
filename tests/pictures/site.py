"""A throwaway site in the embedded mode with a rehearsal of the dialogue and some seventy inscriptions."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.servers import free_port

PASSWORD = "only-for-the-pictures"
# How many seconds the site may take to answer.
PATIENCE = 60


@contextmanager
def running():
    """Run a site until the block ends. Yields its address. Its state is a folder that is deleted afterwards."""
    folder, port = Path(tempfile.mkdtemp(prefix="pictures-")), free_port()
    address = f"http://localhost:{port}"
    os.environ |= {"VAR_DIR": str(folder), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings"}
    try:
        _prepare()
        parts = subprocess.Popen([sys.executable, "manage.py", "serve"], stdout=subprocess.DEVNULL)
        try:
            _wait(f"{address}/healthz", parts)
            yield address
        finally:
            parts.terminate()
            parts.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _prepare():
    import django

    django.setup()
    from django.core.management import call_command

    from tests.pictures import filling

    call_command("prepare", stdout=sys.stderr)
    filling.fill(PASSWORD)


def _wait(address, parts):
    """Wait until all parts run: /healthz then answers 200."""
    end = time.monotonic() + PATIENCE
    while parts.poll() is None and time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError(f"{address} did not answer that all is well")
