"""The language chosen under an address, in which the site writes to it."""

from collections.abc import Iterable

import clock
import spelling
from languages.models import Choice
from languages.offered import is_offered


def language_of(address: str) -> str:
    """The language chosen under `address`; empty if none was that the site still offers (one statement)."""
    found = Choice.objects.filter(address=spelling.address(address)).values_list("language", flat=True).first()
    return found if found and is_offered(found) else ""


def remember(language: str, addresses: Iterable[str]) -> None:
    """Write in `language` to each of `addresses` from now on; empty ones are left out."""
    for address in filter(None, map(spelling.address, addresses)):
        Choice.objects.update_or_create(address=address, defaults={"language": language, "used_at": clock.now()})
