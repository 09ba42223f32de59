from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from mailbox.checks import mailbox_is_absent_in_production


class MailboxConfig(AppConfig):
    name = "mailbox"
    verbose_name = _("Mailbox")

    def ready(self) -> None:
        checks.register(mailbox_is_absent_in_production)
