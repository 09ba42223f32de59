"""The root app: system checks."""

from django.apps import AppConfig

from config import checks, older_databases  # noqa: F401  registers the system checks


class ProjectConfig(AppConfig):
    name = "config"
    label = "project"
    default = True
