"""The web server, for `script/server` and for production: gunicorn with threads.

No access log: it would hold the one-time links (R-59), and the proxy in front keeps one if it is wanted.
Only Django reads the headers of a proxy, as far as `TRUSTED_PROXIES` says.
"""

import ctypes
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest

_memory = Path("/dev/shm")  # noqa: S108  where the kernel keeps files in memory

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "4"))
threads = int(os.environ.get("WEB_THREADS", "8"))
preload_app = True
timeout = 30
graceful_timeout = int(os.environ.get("WEB_GRACEFUL_TIMEOUT", "3"))
keepalive = 5
worker_tmp_dir = str(_memory) if _memory.is_dir() and os.access(_memory, os.W_OK) else None
forwarded_allow_ips = ""
control_socket_disable = True
accesslog = None
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")

# `M_ARENA_MAX` of glibc's `mallopt`.
ARENAS = -8
# The thresholds of the garbage collector, generation by generation (Python's own are 700, 10, 10).
#
# A rendered page is a reference cycle (`RequestContext` holds itself), and so are the rows in it: a list of 200 leaves
# almost two MiB behind until the oldest generation is collected, and eight threads render such lists at once. With
# Python's own thresholds a worker that does so grows by eight MiB. Most of a page is gone before two thousand objects
# exist, so little of it is examined; the oldest generation is collected as often as with (700, 10, 6).
THRESHOLDS = (2000, 5, 4)
# After this many requests a worker has loaded what it needs.
SETTLED = 100


def on_starting(_server: Any) -> None:
    """Make all threads share two arenas: with one each, they keep the memory that they free, some thirty MiB.

    A C library other than glibc has no such switch, and no need of one.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(ARENAS, 2)


def when_ready(_server: Any) -> None:
    """Keep what was loaded before the fork out of the garbage collector's way, and shared with the workers.

    The URL configuration is loaded here too; otherwise each worker would load its own with its first request.
    """
    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def post_fork(_server: Any, _worker: Any) -> None:
    """Let a thread that returns from the database wait at most one millisecond for a busy one, not five.

    An inscription queries the database a dozen times under the lock of its list, on which all others wait; each
    time it may have to wait for pages that other threads render.
    """
    sys.setswitchinterval(0.001)


def post_request(worker: Any, _request: HttpRequest, _environ: Any, _answer: Any) -> None:
    """Keep what a worker has loaded for itself (templates above all) out of the collector's way too.

    From then on, collecting the oldest generation takes a third of the time.
    """
    if worker.nr == SETTLED:
        gc.collect()
        gc.freeze()
