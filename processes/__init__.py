"""Work in a process of its own, with limits of time and memory: what goes wrong there ends that process alone.

Not here: the work itself, such as typesetting a page (`printing/press.py`).
"""

from processes.workshop import Busy, Failed, Workshop

__all__ = ["Busy", "Failed", "Workshop"]
