"""The web server, for `script/server` and for production: gunicorn with threads.

No access log: it would hold the one-time links (R-59), and the proxy in front keeps one if it is wanted.
Only Django reads the headers of a proxy, as far as `TRUSTED_PROXIES` says.
"""

import os
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings

from config import settings as own
from config.checks import the_settings_come_from_one_place

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

_memory = Path("/dev/shm")  # noqa: S108  where the kernel keeps files in memory

bind = f"{own.HOST}:{own.PORT}"
worker_class = "gthread"
workers, threads = own.WEB_CONCURRENCY, own.WEB_THREADS
preload_app = True
timeout = 30
graceful_timeout = own.WEB_GRACEFUL_TIMEOUT
keepalive = 5
worker_tmp_dir = str(_memory) if _memory.is_dir() and os.access(_memory, os.W_OK) else None
forwarded_allow_ips = ""
control_socket_disable = True
accesslog = None
loglevel = os.environ.get("WEB_LOG_LEVEL", "warning")
# Its own lines go where those of the pages go, through the same filters: it would log the address of a request.
_own = {"level": loglevel.upper(), "handlers": [], "propagate": True}
logconfig_dict = {**settings.LOGGING, "loggers": {"gunicorn.error": _own}}


def when_ready(server: Any) -> None:
    """Load the URL configuration before the fork; otherwise each worker would load its own with its first request.

    What the environment says otherwise than the file of the settings is logged, for no check runs here; and before any
    page is served, it looks whether the database was restored (R-76).
    """
    for warning in the_settings_come_from_one_place():
        server.log.warning("%s %s", warning.msg, warning.hint)
    import_module(settings.ROOT_URLCONF)
    import_module("secretariat.recovery.recognizing").look_at_the_start()
