"""`python -m processes MODULE MEMORY SECONDS …`: standard input, worked on by `MODULE.work`, becomes standard output.

The process limits itself before it loads the module. Of the project it knows only what that module imports.
"""

import resource
import sys
from importlib import import_module


def main(module: str, memory: str, seconds: str, *arguments: str) -> None:
    """Do the work within the limits: bytes of `memory`, and `seconds` of the processor."""
    limits = {resource.RLIMIT_AS: int(memory), resource.RLIMIT_CPU: int(seconds), resource.RLIMIT_CORE: 0}
    for limit, most in limits.items():
        resource.setrlimit(limit, (most, most))
    given = sys.stdin.buffer.read()
    sys.stdout.buffer.write(import_module(module).work(given, *arguments))


if __name__ == "__main__":
    main(*sys.argv[1:])
