"""Hashes that only this installation can compute, by its secret key: kept in place of a code or of a link's token."""

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac


def keyed_hash(purpose: str, text: str) -> str:
    """The hash of `text` by the present key, in hexadecimal; that of one `purpose` is not that of another."""
    return _by(settings.SECRET_KEY, purpose, text)


def possible_hashes(purpose: str, text: str) -> list[str]:
    """The hashes of `text` by the present key and by each former one, so that a change of the key breaks no link.  R-59

    Former keys are those of `SECRET_KEY_FALLBACKS`.
    """
    return [_by(key, purpose, text) for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]]


def is_hash_of(kept: str, purpose: str, text: str) -> bool:
    """Is `kept` one of the `possible_hashes`? The time this takes reveals nothing of it."""
    return any(constant_time_compare(kept, each) for each in possible_hashes(purpose, text))


def _by(key, purpose, text):
    return salted_hmac(purpose, text, secret=key, algorithm="sha256").hexdigest()
