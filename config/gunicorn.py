"""The web server, for `script/server` and for production: gunicorn with threads.

No access log: it would hold the one-time links (R-59), and the proxy in front keeps one where it is wanted.
Headers of a proxy are read by Django, as far as `TRUSTED_PROXIES` says, and by nobody else.
"""

import ctypes
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path

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

ARENAS = -8
"""`M_ARENA_MAX` of glibc's `mallopt`."""
THRESHOLDS = (2000, 5, 4)
"""After how many new objects the youngest generation is looked through, and how often each before the next older one.

A rendered page is a circle (`RequestContext` holds itself), and so are the rows in it: a list of 200 leaves almost two
MiB until the oldest generation is looked through, and eight threads make such lists at once. Python has (700, 10, 10),
with which a worker that does so becomes eight MiB larger. Most of a page is gone before two thousand objects are made,
so that little of it is looked at; the oldest generation is looked at as often as with (700, 10, 6).
"""
SETTLED = 100
"""Requests after which a worker has loaded what it needs."""


def on_starting(server):
    """Have all threads share two arenas: with one each, what they give back stays with them, some thirty MiB.

    Where the C library is another than glibc there is no such switch, and no need of it.
    """
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(ARENAS, 2)


def when_ready(server):
    """Keep what was loaded before the workers fork out of the garbage collector's way, and shared with them.

    The addresses are loaded here too, else each worker would load them for itself with its first request.
    """
    from django.conf import settings

    import_module(settings.ROOT_URLCONF)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def post_fork(server, worker):
    """Let a thread that comes back from the database wait one millisecond at most for one that computes, not five.

    An inscription asks a dozen times under the lock of its list, on which all others wait; each time it may have to
    wait for pages that are made beside it.
    """
    sys.setswitchinterval(0.001)


def post_request(worker, request, environ, answer):
    """Keep what a worker has loaded for itself (templates above all) out of the collector's way, too.

    To look through the oldest generation takes a third of the time from then on.
    """
    if worker.nr == SETTLED:
        gc.collect()
        gc.freeze()
