"""Subscribing to one's calendar: its private address, which is made again or ended by the person alone.  R-30 R-59

The address is a half by which the row is found, and a hash of it by the secret key. So it can be shown again after
signing in, and the database without the key tells no address. Decision record 0176.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from acts.keyed_hashes import keyed_hash, possible_hashes
from languages import remembering
from speakers.delegations import access
from speakers.models import Subscription
from speakers.models.subscription import new_key

# The purpose of the hashes, and how much of one is in an address: 128 bits.
CALENDAR, SHOWN = "speakers.calendar", 32
# How long entries stay in the calendar once their meeting is over.
AFTERWARDS = timedelta(days=30)


def of(address: str) -> Subscription | None:
    """The subscription of `address`, or None (one statement)."""
    return Subscription.objects.filter(address=address).first()


def subscribe(address: str, *, at: datetime) -> Subscription:
    """Give the person at `address` a calendar, since the real moment `at`; a former address of it works no more."""
    made, _is_new = Subscription.objects.update_or_create(address=address, defaults={"key": new_key(), "made_at": at})
    return made


def end(address: str) -> None:
    """Let the person at `address` have no calendar; its address works no more."""
    Subscription.objects.filter(address=address).delete()


def url_of(subscription: Subscription) -> str:
    """The private address of the calendar, built from `SITE_URL` alone."""
    token = subscription.key + keyed_hash(CALENDAR, subscription.key)[:SHOWN]
    return settings.SITE_URL + reverse("speakers:calendar", args=[token])


def find(token: str) -> Subscription | None:
    """The subscription whose address holds `token`, or None. Changes nothing.

    Addresses made by a former secret key work as long as that is among `SECRET_KEY_FALLBACKS`.
    """
    half = len(new_key())
    found = Subscription.objects.filter(key=token[:half]).first()
    proofs = [proof[:SHOWN] for proof in possible_hashes(CALENDAR, token[:half])]
    is_right = any(constant_time_compare(token[half:], proof) for proof in proofs)
    return found if is_right else None


def language_of(subscription: Subscription) -> str:
    """The language in which its person is written to; the active one if none was chosen."""
    return remembering.language_of(subscription.address) or get_language() or settings.LANGUAGE_CODE


def calendar_of(subscription: Subscription, *, at: datetime) -> bytes:
    """All entries that its person may see, of meetings that are not long over at the real moment `at`, as iCalendar."""
    from speakers.forecast import calendar  # noqa: PLC0415  icalendar: two MiB for those who fetch the file alone

    held = access.visible_to(subscription.address).filter(
        speakers_list__meeting__is_published=True,
        speakers_list__meeting__ends_at__gt=at - AFTERWARDS + F("speakers_list__meeting__clock_shift"),
    )
    entries = held.select_related("delegation", "level", "speakers_list__meeting").order_by("pk")
    return calendar.of_entries(entries, name=_("List of speakers: my mission"))
