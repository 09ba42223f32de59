"""The root app: system checks, and the reporting of errors."""

from django.apps import AppConfig
from django.conf import settings

from config import checks, older_databases  # noqa: F401  registers the system checks
from config.monitoring import counting, reporting  # noqa: F401  counts what a worker does


class ProjectConfig(AppConfig):
    name = "config"
    label = "project"
    default = True

    def ready(self) -> None:
        reporting.begin(settings.SENTRY_DSN, release=settings.VERSION)
