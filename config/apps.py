"""The root app (system checks) and the admin site under its own name."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class ProjectConfig(AppConfig):
    name = "config"
    label = "project"
    default = True

    def ready(self):
        from config import checks  # noqa: F401  registers the system checks


class SecretariatAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "config.secretariat.SecretariatSite"
