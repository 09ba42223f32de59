"""Where a person goes after signing in: the page of the meeting that they were on the way to, or home.  R-59"""

import re
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from dialogue.models import Meeting

PATH = re.compile(r"[-\w/]{1,200}", re.ASCII)


@dataclass(frozen=True)
class Destination:
    """The `receipt` (a public id) or the path `back` that was asked for; neither if the request names none we know."""

    receipt: uuid.UUID | None = None
    back: str = ""

    @classmethod
    def of(cls, given: QueryDict | dict[str, Any], meeting: Meeting) -> "Destination":
        """The destination in `given`, a query string or form data; only a path of `meeting` counts."""
        back = str(given.get("back") or "")
        is_ours = back.startswith(meeting.get_absolute_url()) and PATH.fullmatch(back)
        return cls(_uuid(given.get("receipt")), back if is_ours else "")

    @property
    def query(self) -> str:
        """The destination as a query string, with its question mark; empty if there is none."""
        named = {name: value for name, value in (("receipt", self.receipt), ("back", self.back)) if value}
        return f"?{urlencode(named, safe='/')}" if named else ""

    def address(self, meeting: Meeting) -> str:
        """The path to go to; by default everything of the person's own, at all meetings."""
        if self.back:
            return self.back
        if self.receipt:
            return reverse("speakers:receipt", args=[*meeting.speakers_list.address, self.receipt])
        return reverse("speakers:home")


def _uuid(value):
    try:
        return uuid.UUID(str(value or ""))
    except ValueError:
        return None
