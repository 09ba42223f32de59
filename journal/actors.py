"""Who acts: a name, which is personal data, and a role, which is not.  R-58"""

from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop


@dataclass(frozen=True)
class Actor:
    """A person or a part of the system that acts. `role` is one of the constants below, or another short noun."""

    name: str
    role: str


FOCAL_POINT = gettext_noop("focal point")
UNVERIFIED_PERSON = gettext_noop("unverified person")
STAFF = gettext_noop("staff")
SYSTEM = Actor("system", gettext_noop("system"))


def role_in_words(role: str) -> str:
    """A `role` as the journal has it, in the language of the reader."""
    return gettext(role)
