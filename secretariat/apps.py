"""The desk of the secretariat, and Django's admin under its own site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class SecretariatConfig(AppConfig):
    name = "secretariat"
    verbose_name = _("Secretariat")


class SecretariatAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "secretariat.site.SecretariatSite"
