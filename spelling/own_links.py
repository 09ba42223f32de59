"""Addresses of this site in a text: the only ones that become links."""

import re

from django.conf import settings

# What may follow the host: printable ASCII, so that no letter or full stop of another script is taken along.
REST = r"(?:[/?#][^\s<>\"'\x7f-\U0010ffff]*[^\s<>\"'.,;:!?)\]\x7f-\U0010ffff])?(?![\w:.@-]*\w)"


def split(text: str) -> list[str]:
    """`text` in pieces: those at odd indices are addresses of this site, and the others what stands around them."""
    return re.split(f"({re.escape(settings.SITE_URL)}{REST})", text, flags=re.ASCII)
