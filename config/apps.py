"""The root app: system checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    name = "config"
    label = "project"
    default = True

    def ready(self):
        from config import checks  # noqa: F401  registers the system checks
