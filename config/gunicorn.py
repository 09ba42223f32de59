"""The web server, for `script/server` and for production: gunicorn with threads.

No access log: it would hold the one-time links (R-59), and the proxy in front keeps one if it is wanted.
Only Django reads the headers of a proxy, as far as `TRUSTED_PROXIES` says.
"""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
_memory = Path("/dev/shm")  # noqa: S108  where the kernel keeps files in memory
# More threads than processors only wait for each other; one for each would stand still while the database works.
PROCESSES, THREADS = max(2, os.cpu_count() or 1), 2

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", PROCESSES))
threads = int(os.environ.get("WEB_THREADS", THREADS))
preload_app = True
timeout = 30
graceful_timeout = int(os.environ.get("WEB_GRACEFUL_TIMEOUT", "3"))
keepalive = 5
worker_tmp_dir = str(_memory) if _memory.is_dir() and os.access(_memory, os.W_OK) else None
forwarded_allow_ips = ""
control_socket_disable = True
accesslog = None
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
# Its own lines go where those of the pages go, through the same filters: it would log the address of a request.
_own = {"level": loglevel.upper(), "handlers": [], "propagate": True}
logconfig_dict = {**settings.LOGGING, "loggers": {"gunicorn.error": _own}}


def when_ready(_server: Any) -> None:
    """Load the URL configuration before the fork; otherwise each worker would load its own with its first request."""
    import_module(settings.ROOT_URLCONF)
