"""Who acts: a name, which is personal data, and a role, which is not.  R-58"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person or a part of the system that acts. `role` is one of the constants below, or another short noun."""

    name: str
    role: str


FOCAL_POINT = "focal point"
UNVERIFIED_PERSON = "unverified person"
STAFF = "staff"
SYSTEM = Actor("system", "system")
