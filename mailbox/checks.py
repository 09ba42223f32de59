"""The mailbox shows all mail to any visitor, so it may exist only on a developer's own machine."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error

BACKEND = "mailbox.backend.EmailBackend"


def mailbox_is_absent_in_production(**_what_to_check: Any) -> list[CheckMessage]:
    """An `Error` if the mailbox is installed, or mail goes into it, outside the embedded mode."""
    if settings.EMBEDDED or not (apps.is_installed("mailbox") or settings.EMAIL_BACKEND == BACKEND):
        return []
    return [
        Error(
            "The mailbox is on outside the embedded mode: mail would be shown to any visitor and never sent.",
            hint="Take mailbox out of INSTALLED_APPS and set EMAIL_URL=smtp+tls://USER:PASSWORD@HOST:587.",
            id="mailbox.E001",
        )
    ]
