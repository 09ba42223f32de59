"""ASGI: the live streams alone, by uvicorn in a process of its own. Pages are served by `config.wsgi`.

uvicorn config.asgi:application --port 8001 --timeout-graceful-shutdown 3
"""

import logging
import os

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
if settings.DATABASE_POOLED:
    raise ImproperlyConfigured(
        "DATABASE_POOLED is on, and the live streams hear of acts by LISTEN, which such a pool does not pass on. "
        "Start them with DATABASE_POOLED=0 and the address of PostgreSQL itself (see .env.example)."
    )
# Lines of uvicorn itself are written as all others are.
logging.getLogger("uvicorn").handlers.clear()
logging.getLogger("uvicorn").propagate = True

from config.monitoring.probes import before_streams  # noqa: E402  needs the apps
from floor.streaming.application import Application  # noqa: E402  as above

application = before_streams(Application())
