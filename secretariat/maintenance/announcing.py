"""What was announced on this machine: that every page says NOT recorded, until when, and whom to call.  R-09

It is a file in `VAR_DIR`, so that it holds while the database is down; each machine has its own. Beside it lies the
page as a file, which a proxy can serve while no web server runs.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import Error
from django.template.loader import render_to_string
from django.utils import translation

from dialogue import moments
from dialogue.models import Contact
from languages import offered
from speakers.views import outage

TEMPLATE = "speakers/maintenance.html"
# The page as a file, whose reader no one can ask for a language.
FILE = "speakers/maintenance_file.html"
# Seconds after which one may ask again at the earliest.
ASK_AGAIN_AFTER = 60


@dataclass(frozen=True)
class Maintenance:
    """What was announced: until when (aware, None if unknown), in which time zone that is shown, and whom to call."""

    until: datetime | None
    time_zone: str = "UTC"
    officers: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each published meeting, by its slug: name, email and telephone."""

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def in_words(self, now: datetime) -> str:
        """Until when, in words; empty if that is unknown or past."""
        return moments.in_words(self.until, self) if self.until and self.until > now else ""

    def seconds_left(self, now: datetime) -> int:
        """After how many seconds one may ask again."""
        return max(ASK_AGAIN_AFTER, int((self.until - now).total_seconds()) if self.until else 0)


def announced() -> Maintenance | None:
    """The maintenance of this machine; None if there is none."""
    try:
        facts = json.loads(_facts().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    until = facts.pop("until")
    return Maintenance(until=until and datetime.fromisoformat(until), **facts)


def begin(until: datetime | None, time_zone: str) -> Maintenance:
    """Announce it on this machine, in place of what was announced before. Every page shows it from now on."""
    found = Maintenance(until, time_zone, _officers())
    facts = asdict(found) | {"until": until and until.isoformat()}
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    more = {"readings": _readings(found), "whom_to_call": outage.unique(found.officers)}
    _write(page(), render_to_string(FILE, context(found) | more))
    _write(_facts(), json.dumps(facts, indent=1, ensure_ascii=False))
    return found


def end() -> None:
    """The pages are served again. Nothing happens if there was no maintenance."""
    _facts().unlink(missing_ok=True)
    page().unlink(missing_ok=True)


def page() -> Path:
    """The page as a file, for a proxy, in all languages of the site."""
    return Path(settings.VAR_DIR / "maintenance.html")


def context(maintenance: Maintenance) -> dict[str, Any]:
    """What the page says beside whom to call at the meeting."""
    return {"until": maintenance.in_words(now()), "secretariat_contact": settings.SECRETARIAT_CONTACT}


def now() -> datetime:
    """The time of this machine: the one clock is that of the database, which may be down."""
    return datetime.now(UTC)


def _readings(maintenance):
    """Each language of the site, in the order in which the file has them, with the time in its words."""
    found = []
    for each in offered.in_order():
        with translation.override(each["code"]):
            found.append(each | {"until": maintenance.in_words(now())})
    return found


def _officers():
    """Whom to call about each published meeting; empty if the database is down."""
    contacts = Contact.objects.filter(role=Contact.Role.INSCRIPTION, meeting__is_published=True)
    try:
        return {each.meeting.slug: outage.as_officer(each) for each in contacts.select_related("meeting")}
    except Error:
        return {}


def _facts():
    return Path(settings.VAR_DIR / "maintenance.json")


def _write(path, text):
    """Write the file as a whole: no process ever reads half of it. The web server and the proxy may read it."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.chmod(0o644)
    unfinished.replace(path)
