"""The servers that tests start end with the tests, however these end."""

import os
import signal
import subprocess
import sys

import pytest

from tests import servers
from tests.faults.processes import wait_until
from tests.tree import ROOT

STARTED = """
import sys, time
from tests import servers

with servers.postgresql() if sys.argv[1] == "postgresql" else servers.redis() as address:
    print(address, flush=True)
    time.sleep(600)
"""


@pytest.mark.servers
@pytest.mark.parametrize("name", ["postgresql", "redis"])
def test_a_server_ends_with_the_tests_that_were_killed(name):
    with subprocess.Popen([sys.executable, "-c", STARTED, name], cwd=ROOT, stdout=subprocess.PIPE, text=True) as tests:
        port = int(tests.stdout.readline().rpartition(":")[2].partition("/")[0])
        assert servers.answers(port)
        os.kill(tests.pid, signal.SIGKILL)

    wait_until(lambda: not servers.answers(port), "the server to end", seconds=20)
