"""`manage.py export_metrics`: tell Prometheus what this machine counted and what the database says."""

from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from prometheus_client import start_http_server

from config.monitoring import exporting


class Command(BaseCommand):
    help = "Serves the metrics of this machine for Prometheus at METRICS_HOST and METRICS_PORT, until it is ended."

    def handle(self, **_options: Any) -> None:
        if not settings.METRICS_PORT:
            raise CommandError("METRICS_PORT is missing. Write METRICS_PORT=9101 (see .env.example).")
        start_http_server(settings.METRICS_PORT, settings.METRICS_HOST, exporting.registry())
        Event().wait()
