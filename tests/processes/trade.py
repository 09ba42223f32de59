"""Work for a process of its own, as it should be and as it should not."""

import os
import time


def work(given, act):
    """Do what the `act` names with the bytes `given`."""
    if act == "use memory":
        return b" " * (1 << 29)
    while act == "work for ever":
        pass
    if act == "wait":
        time.sleep(20)
    if act == "fail":
        raise ValueError("no such page")
    return given + " ".join(os.environ).encode()
