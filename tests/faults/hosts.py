"""Hosts of a network of our own: network namespaces on a switch, whose cables can be drawn.

Each namespace lives as long as a process in it, so nothing is left behind, even if the test is killed.
"""

import os
import random
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass

from tests.faults.processes import wait_until
from tests.servers import tied

PROGRAMS = ("unshare", "nsenter", "ip", "nginx", "pgbouncer")


def missing():
    """What is missing on this machine for a network of our own, as words; empty if nothing is."""
    absent = [program for program in PROGRAMS if shutil.which(program) is None]
    if "unshare" not in absent and not _may_make_namespaces():
        absent.append("network namespaces, which want root")
    return ", ".join(absent)


@dataclass(frozen=True)
class Host:
    """One host: its name, its address, and its cable in the switch."""

    name: str
    address: str
    cable: str
    process: subprocess.Popen
    switch: subprocess.Popen

    @property
    def inside(self):
        """How to start a program on this host."""
        return _inside(self.process)

    def cut(self):
        """Draw the cable: whatever is sent is lost, and no one is told."""
        self._set("down")

    def mend(self):
        self._set("up")

    def _set(self, state):
        _run(*_inside(self.switch), "ip", "link", "set", self.cable, state)


class Network:
    """A switch, hosts on it by name, and a cable from it to the machine of the test, which has the first address."""

    def __init__(self, names):
        # A range for benchmarks of networks (RFC 2544), which no one else uses.
        self.net, self.switch = f"198.18.{random.randrange(1, 255)}", _namespace()
        _run(*_inside(self.switch), "ip", "link", "add", "switch", "type", "bridge")
        _run(*_inside(self.switch), "ip", "link", "set", "switch", "up")
        self.cable = f"net{self.switch.pid}"
        _run("ip", "link", "add", self.cable, "type", "veth", "peer", "name", "test", "netns", str(self.switch.pid))
        self._plug("test", [], self.cable, 1)
        self.hosts = {name: self._host(name, number) for number, name in enumerate(names, 11)}

    def end(self):
        """End the namespaces, in which nothing runs any more; their cables go with them."""
        _run("ip", "link", "delete", self.cable)
        for process in [self.switch, *(host.process for host in self.hosts.values())]:
            process.kill()
            process.wait()

    def _host(self, name, number):
        process = _namespace()
        ends = ["type", "veth", "peer", "name", "cable", "netns", str(process.pid)]
        _run("ip", "link", "add", name, "netns", str(self.switch.pid), *ends)
        self._plug(name, _inside(process), "cable", number)
        return Host(name, f"{self.net}.{number}", name, process, self.switch)

    def _plug(self, cable, inside, end, number):
        """Put `cable` into the switch; its other `end` gets the address of that number."""
        _run(*_inside(self.switch), "ip", "link", "set", cable, "master", "switch", "up")
        _run(*inside, "ip", "address", "add", f"{self.net}.{number}/24", "dev", end)
        _run(*inside, "ip", "link", "set", end, "up")
        if inside:
            _run(*inside, "ip", "link", "set", "lo", "up")


@contextmanager
def network(*names):
    """A `Network` with hosts of these names, until the block ends."""
    made = Network(names)
    try:
        yield made
    finally:
        made.end()


def _may_make_namespaces():
    return subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True).returncode == 0


def _namespace():
    """A process that does nothing, in a network namespace of its own."""
    process = subprocess.Popen([*tied("KILL"), "unshare", "--net", "sleep", "infinity"])
    own = os.readlink("/proc/self/ns/net")
    wait_until(lambda: os.readlink(f"/proc/{process.pid}/ns/net") != own, "a network namespace", pause=0.005)
    return process


def _inside(process):
    return ["nsenter", f"--net=/proc/{process.pid}/ns/net"]


def _run(*command):
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, (command, done.stderr)
