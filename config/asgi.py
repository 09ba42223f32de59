"""ASGI: the live streams alone, by uvicorn in a process of its own. Pages are served by `config.wsgi`.

uvicorn config.asgi:application --port 8001 --timeout-graceful-shutdown 3
"""

import logging
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
# Lines of uvicorn itself are written as all others are.
logging.getLogger("uvicorn").handlers.clear()
logging.getLogger("uvicorn").propagate = True

from config.monitoring.probes import before_streams  # noqa: E402  needs the apps
from floor.streaming.application import Application  # noqa: E402  as above

application = before_streams(Application())
