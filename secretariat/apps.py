"""The desk of the secretariat, and Django's admin under its own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class SecretariatConfig(AppConfig):
    name = "secretariat"
    default = True


class SecretariatAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "secretariat.site.SecretariatSite"
