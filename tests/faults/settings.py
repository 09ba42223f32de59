"""Production's settings for real processes under test: as they are, but static files have plain names.

Each answer also reports when its request arrived (`X-Arrived-At`), so that a refused one can be judged too.
"""

from config.settings import *  # noqa: F403

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WEBHOOK_PLAIN_HTTP = True  # to receivers of a test, on this machine
MIDDLEWARE = ["tests.faults.arrivals.telling_arrival", *MIDDLEWARE]  # noqa: F405
