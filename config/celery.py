"""Celery: carries out what the database says is due. It never decides; the clock does.  R-06"""

import os

from celery import Celery

from config.stand_in import StandIn

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("speakers-list")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["worker"].add(StandIn)
