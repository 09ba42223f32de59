"""The mails from the room whose words staff may replace, and the placeholders in them.  R-40 R-45 R-60"""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from speakers.mail import editable_mails, placeholders
from speakers.mail.editable_mails import EditableMail
from speakers.mail.placeholders import Placeholder

COMMON = ("meeting", "delegation", "receipt_number", "speaker")
MAILS = [
    EditableMail(
        "alert",
        _("Soon to be called"),
        (*COMMON, "speakers_before", "about", "room_link"),
        ("speakers_before", "room_link"),
        app="floor",
    ),
    EditableMail(
        "in_lieu",
        _("A written statement may be posted in lieu"),
        (*COMMON, "hand_in_link"),
        ("hand_in_link",),
        app="floor",
    ),
]


def _before(context):
    """How many are still to speak before the recipient, in words."""
    if not context["before"]:
        return gettext("you are next")
    words = ngettext("%(count)d speaker before you", "%(count)d speakers before you", context["before"])
    return words % {"count": context["before"]}


def _room(context):
    return settings.SITE_URL + reverse("floor:now", args=[context["meeting"].slug])


def _hand_in(context):
    entry = context["inscription"]
    return settings.SITE_URL + reverse("floor:hand_in", args=[context["meeting"].slug, entry.public_id])


def add() -> None:
    """Let staff replace the words of these mails too; called once, when the site starts."""
    placeholders.add(
        Placeholder("speakers_before", _("how many speak before the delegation, or that it is next"), _before),
        Placeholder("about", _("when the turn is likely to come"), lambda context: context["about"] or "–"),
        Placeholder("room_link", _("link to the live page of the room"), _room),
        Placeholder("hand_in_link", _("link to hand in the text of the statement"), _hand_in),
    )
    editable_mails.add(*MAILS)
