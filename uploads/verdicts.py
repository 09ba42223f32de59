"""Why a file is not accepted, as the process that reads it says it; `refusals.py` has the words.  R-79"""

from enum import StrEnum


class Reason(StrEnum):
    UNKNOWN = "unknown"
    NO_WORKBOOK = "no workbook"
    NO_PDF = "no PDF"
    DAMAGED = "damaged"
    PROTECTED = "protected"
    EMPTY = "empty"
    TOO_MUCH = "too much"
    FOREIGN = "foreign"


class Unacceptable(Exception):
    """The file is not accepted for this `reason`; `what` names what in it is FOREIGN to such a file."""

    def __init__(self, reason: Reason, what: str = "") -> None:
        super().__init__(reason, what)
        self.reason, self.what = reason, what


def foreign(what: str) -> Unacceptable:
    """The verdict on a file that holds `what` no such file needs."""
    return Unacceptable(Reason.FOREIGN, what)


TOO_MUCH = Unacceptable(Reason.TOO_MUCH)
