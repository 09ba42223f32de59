"""How large each test is: small in the suite, as large as the promises say with `script/faults`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Numbers of things; see each test for what they mean."""

    is_full: bool
    delegations: int
    rivals: int
    doubles: int
    hammers: int
    hammered_for: float
    mails: int
    inscribed: int
    requests: int
    telephones: int
    states: int
    proxy_waits: int


SMALL = Size(
    is_full=False,
    delegations=44,
    rivals=8,
    doubles=8,
    hammers=40,
    hammered_for=3,
    mails=150,
    inscribed=4,
    requests=40,
    telephones=40,
    states=24,
    proxy_waits=8,
)
FULL = Size(
    is_full=True,
    delegations=160,
    rivals=20,
    doubles=20,
    hammers=40,
    hammered_for=20,
    mails=1000,
    inscribed=40,
    requests=200,
    telephones=200,
    states=193,
    proxy_waits=30,
)
