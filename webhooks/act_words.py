"""What staff do to webhooks, each act as a sentence; see `journal/act_words.py`.  R-58"""

from django.utils.translation import gettext_lazy as _

ACTS = {
    "webhook added": _("the webhook “%(entry)s” was added"),
    "webhook changed": _("the webhook “%(entry)s” was changed"),
    "webhook given a secret": _("the webhook “%(entry)s” was given a new secret"),
    "webhook tried again": _("the webhook “%(entry)s” was tried again"),
    "webhook sent again": _("events were sent again to the webhook “%(entry)s”"),
}
KINDS = {"webhooks": (_("webhooks"), ACTS)}
