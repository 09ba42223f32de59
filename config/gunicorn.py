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
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
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
YOUNGER_BEFORE_OLDEST = 5
"""How often the middle generation is looked through before the oldest is; Python has ten.

A rendered page is a circle (`RequestContext` holds itself), and so are the rows in it: a list of 200 leaves almost two
MiB until the oldest generation is looked through, and eight threads make such lists at once. With five a worker that
does so stays eight MiB smaller, for no processor time that could be measured, since what is frozen is not looked at;
with three it is twelve, for one or two per cent of the list's time. Looking a third as often costs forty MiB more.
"""


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
    gc.set_threshold(*gc.get_threshold()[:2], YOUNGER_BEFORE_OLDEST)


def post_fork(server, worker):
    """Let a thread that comes back from the database wait one millisecond at most for one that computes, not five.

    An inscription asks a dozen times under the lock of its list, on which all others wait; each time it may have to
    wait for pages that are made beside it.
    """
    sys.setswitchinterval(0.001)
