"""Signing in with a one-time code or link, mailed to an address.  R-11 R-59 R-60

Any address may sign in: this proves that the person reads its mail, and nothing else. Only hashes of codes and link
tokens are kept. A code works in the browser that asked for it; a link works anywhere. See
docs/decisions/0003-our-own-one-time-sign-in.md.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Sum
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

import spelling
from acts.keyed_hashes import is_hash_of, keyed_hash, possible_hashes
from outbox import posting
from speakers.delegations import code_limit
from speakers.models import FocalPoint, SignIn
from speakers.models.signin import LIFETIME

# Mails to one address within a lifetime. A person at the limit still holds a link that works: no lock-out.
MAILS_PER_ADDRESS = 6
# Mails to addresses not on record that one network may cause within a lifetime. Missions share networks.
STRANGERS_PER_NETWORK = 60
# Digits of a code; how many wrong ones all addresses may enter together follows from it: see `code_limit`.
DIGITS = 8
ATTEMPTS_PER_CODE = 5
# Codes tried for one address in a day; beyond that only its links work, which cannot be guessed.
ATTEMPTS_PER_DAY = 50
KEPT_FOR = timedelta(days=1)
# The purposes of the hashes that are kept.
CODE, TOKEN = "speakers.signing_in.code", "speakers.signing_in.token"


def request_sign_in(
    email: str, *, address: tuple[str, ...], network: str, at: datetime, query: str = "", about: str = ""
) -> SignIn | None:
    """Mail a code and a link for the address `email`, and return the `SignIn`, or None if a limit is reached.  R-59

    `address` is that of the list to come back to (`SpeakersList.address`), and `query` says to which of its pages
    (`views/coming_back.py`); `about` is how the mail names it. `at` is the moment of the one clock. The page's answer
    must not depend on what this returns. Effects: one row, one mail in the outbox, and sign-ins older than a day are
    deleted.
    """
    email = spelling.address(email)
    code, token = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}", secrets.token_urlsafe(24)
    token_hash = keyed_hash(TOKEN, token)
    with transaction.atomic():
        SignIn.objects.filter(created_at__lt=at - KEPT_FOR).delete()
        if _is_too_much(email, network, at):
            return None
        sign_in = SignIn.objects.create(
            email=email,
            token_hash=token_hash,
            code_hash=keyed_hash(CODE, f"{token_hash}:{code}"),
            network=network,
            created_at=at,
        )
        _mail(email, code, _link(address, token, query), about=about, occasion=token_hash[:32], at=at)
    return sign_in


def use_code(code: str, *, asked: list[int], at: datetime) -> str | None:
    """The address that the `code` proves among the sign-ins `asked` for (their ids) by this browser, or None.  R-59

    Each attempt is counted before it is compared, so that simultaneous attempts count too. Single use. Raises
    `code_limit.CodesRefused`, whatever the code, while too many wrong codes have been entered at all addresses.
    """
    code_limit.refuse_if_passed(at)
    code = "".join(code.split())
    for sign_in in SignIn.objects.usable(at).filter(pk__in=asked).order_by("-created_at"):
        if not _may_try(sign_in, at):
            continue
        counted = code_limit.count_code(at)
        if is_hash_of(sign_in.code_hash, CODE, f"{sign_in.token_hash}:{code}"):
            code_limit.take_back(counted)
            if _spend(sign_in, at):
                return sign_in.email
    return None


def find_link(token: str, *, at: datetime) -> SignIn | None:
    """The `SignIn` whose link holds `token`, neither used nor expired at the moment `at`, or None. Changes nothing.

    Wrong codes do not invalidate a link, so that no one can invalidate another person's.
    """
    return SignIn.objects.filter(
        token_hash__in=possible_hashes(TOKEN, token), used_at=None, created_at__gt=at - LIFETIME
    ).first()


def use_link(token: str, *, at: datetime) -> str | None:
    """The address that the link with `token` proves, or None. Single use.  R-59"""
    sign_in = find_link(token, at=at)
    return sign_in.email if sign_in and _spend(sign_in, at) else None


def _spend(sign_in, at):
    """Mark `sign_in` as used. Returns whether this was the first time."""
    return SignIn.objects.filter(pk=sign_in.pk, used_at=None).update(used_at=at) == 1


def _may_try(sign_in, at):
    """Count one attempt at the code of `sign_in`. Returns whether it is within the limits of code and address."""
    tried = SignIn.objects.filter(email=sign_in.email, created_at__gt=at - KEPT_FOR).aggregate(n=Sum("failed_attempts"))
    if (tried["n"] or 0) >= ATTEMPTS_PER_DAY:
        return False
    waiting = SignIn.objects.filter(pk=sign_in.pk, failed_attempts__lt=ATTEMPTS_PER_CODE)
    return waiting.update(failed_attempts=F("failed_attempts") + 1) == 1


def _is_too_much(address, network, at):
    """Has this address, or have strangers on this network, reached the limit of mails within the last lifetime?

    Counts in the same way for any address, so that its timing reveals nothing.
    """
    recent = SignIn.objects.filter(created_at__gt=at - LIFETIME)
    to_address = recent.filter(email=address).count()
    on_record = FocalPoint.objects.filter(is_active=True).values("normalised_email")
    strangers = recent.filter(network=network).exclude(email__in=on_record).count()
    is_on_record = FocalPoint.objects.filter(is_active=True, normalised_email=address).exists()
    return to_address >= MAILS_PER_ADDRESS or (not is_on_record and strangers >= STRANGERS_PER_NETWORK)


def _link(address, token, query):
    """The address of the page with the button, built from `SITE_URL` alone."""
    path = reverse("speakers:sign_in_link", args=[*address, token])
    return f"{settings.SITE_URL}{path}{query}"


def _mail(address, code, link, *, about, occasion, at):
    """Post the mail; its text is erased from the outbox once sent, because it holds the code.  R-60"""
    context = {"code": code, "link": link, "about": about, "minutes": int(LIFETIME.total_seconds() // 60)}
    subject, _, body = render_to_string("speakers/mail/sign_in.txt", context).lstrip().partition("\n")
    posting.post(
        key=f"speakers/sign-in/{occasion}",
        kind="sign-in",
        to=[address],
        subject=subject.strip(),
        body=body.strip() + "\n",
        language=get_language() or settings.LANGUAGE_CODE,
        is_secret=True,
        at=at,
    )
