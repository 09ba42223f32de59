"""A meeting made of another one, or of a template, moved to other days: what its file would say, under another name.

So whatever a file can say comes along; what an app keeps beside it is offered by `also_copy`.  R-31 R-58
"""

from collections.abc import Callable, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from acts import foreseeing
from acts.foreseeing import InWords
from acts.locking import locked
from acts.refusals import Refusal
from dialogue import moments
from dialogue.models import MailText, Meeting
from journal.actors import Actor
from journal.recording import record
from speakers.loading import enclosures, rows, shifting
from speakers.loading.objections import objections
from speakers.loading.storing import facts_from, store
from speakers.loading.toml_lines import BadFile, Source, read
from spelling.listing import in_sentences

SATURDAY = 5
Dated = tuple[str, datetime]
"""What a moment of a meeting is, in words, and the moment."""


class CopyRefused(Refusal):
    """The meeting cannot be made like that; or its days are still to be looked at."""


@dataclass(frozen=True, kw_only=True)
class Along:
    """What another app copies with a meeting.

    `copy(meeting, made, by_days=…, by=…, at=…)` stores it for the meeting that was `made`, days later; `dates(made)`
    are its moments; `days_off(first, last)` are the days between two dates on which no one works, each with its name.
    """

    copy: Callable[..., None]
    dates: Callable[[Meeting], Iterable[Dated]]
    days_off: Callable[[date, date], dict[date, str]]


ALONG: list[Along] = []


def also_copy(along: Along) -> None:
    """Copy this with every meeting from now on; an app calls it once, where its pages register."""
    ALONG.append(along)


@dataclass(frozen=True, kw_only=True)
class New:
    """What is asked for a meeting that is made of another: its title in languages, its short name, its first day."""

    title: dict[str, str]
    slug: str
    starts_on: date
    is_rehearsal: bool = False


def copy(meeting: Meeting, new: New, *, by: Actor, at: datetime, seen: str | None = None) -> Meeting:
    """Make a draft like `meeting` on other days, with the texts of its mail and nothing of its entries.  R-31 R-58

    All hours on the clock and all distances of days stay. What is fixed when a list opens is not copied (R-61), nor are
    addresses of persons of the programme (R-57). `at` is the real moment. Journals on the chain of the new meeting.
    Raises `CopyRefused`, also until the days were `seen`.
    """
    with locked(meeting) as meeting:
        facts = rows.on_the_wall(rows.facts_of(meeting), meeting.zone) | {"mail_texts": _mail_texts(meeting)}
        facts, by_days = _moved(facts, new)
        source = Source(new.slug, {}, {})
        source.files = enclosures.kept(meeting)
        with _refusing():
            made = _made(source, facts, new, act="copied", origin=meeting.slug, by=by, at=at)
        for along in ALONG:
            along.copy(meeting, made, by_days=by_days, by=by, at=at)
        foreseeing.require_seen(preview(made, at), seen, CopyRefused)
    return made


def make_from(template: Path, new: New, *, by: Actor, at: datetime, seen: str | None = None) -> Meeting:
    """Make a draft of the meeting's file `template` on other days; see `copy`. Raises `CopyRefused`."""
    with transaction.atomic():
        source = read(template)
        facts, _by_days = _moved(facts_from(source, at=at) | {"mail_texts": []}, new)
        with _refusing():
            made = _made(source, facts, new, act="made from a template", origin=template.stem, by=by, at=at)
        foreseeing.require_seen(preview(made, at), seen, CopyRefused)
    return made


def preview(made: Meeting, at: datetime) -> InWords:
    """The days of the meeting `made`, each with its weekday, and with what speaks against it at the moment `at`."""
    dated = [*_dates(made), *(each for along in ALONG for each in along.dates(made))]
    days = [moment.astimezone(made.zone).date() for _name, moment in dated]
    off: dict[date, str] = {}
    for along in ALONG:
        off |= along.days_off(min(days), max(days))
    return InWords([_sentence(name, moment, made, off, at) for name, moment in dated])


def _dates(made):
    for number, sitting in enumerate(made.sittings.all(), start=1):
        yield _("Sitting %(number)d") % {"number": number}, sitting.starts_at
    for each in made.lists.all():
        named = f"{each.title}: " if each.slug else ""
        yield named + _("Inscription opens"), each.opens_at
        yield named + _("Inscription closes"), each.closes_at


def _sentence(name, moment, made, off, at):
    day = moment.astimezone(made.zone).date()
    notes = [_("the weekend")] if day.weekday() >= SATURDAY else []
    notes += [off[day]] if day in off else []
    notes += [_("already past")] if moment <= at else []
    words = _("%(what)s: %(moment)s") % {"what": name, "moment": moments.in_words(moment, made)}
    return " – ".join([words, *notes])


def _mail_texts(meeting):
    """The texts in use, each by its language, so that the days in them move along."""
    texts = sorted(meeting.own_mail_texts.items())
    return [
        {"kind": kind, "subject": {language: own.subject}, "body": {language: own.body}}
        for (kind, language), own in texts
    ]


def _moved(facts, new) -> tuple[dict[str, Any], timedelta]:
    """The `facts` on the days of `new`, and by how many days they have moved."""
    by_days = timedelta(days=(new.starts_on - shifting.first_start(facts).date()).days)
    try:
        facts = shifting.moved(facts, by_days)
    except OverflowError:
        raise CopyRefused(_("On that day, the meeting would be outside the calendar."), "starts_on") from None
    own = {"title": new.title, "slug": new.slug, "is_published": False}
    return facts | {"meeting": facts["meeting"] | own}, by_days


def _made(source, facts, new, *, act, origin, by, at):
    if Meeting.objects.filter(slug=new.slug).exists():
        raise CopyRefused(_("Another meeting has this short name in its addresses."), "slug")
    if faults := objections(facts):
        raise source.refusal(faults)
    made = store(source, facts, is_rehearsal=new.is_rehearsal, at=at)
    for text in facts["mail_texts"]:
        ((language, subject),) = text["subject"].items()
        body = text["body"][language]
        MailText.objects.create(meeting=made, kind=text["kind"], language=language, subject=subject, body=body)
    after = {"name": origin, "is_rehearsal": made.is_rehearsal, "facts": rows.in_utc(facts, made.zone)}
    record(act, stream=made.journal_stream, subject="meeting", by=by, at=at, after=after)
    return made


@contextmanager
def _refusing():
    """Turn what is wrong with the facts into a refusal at the day that was typed: on another, they may be right."""
    try:
        yield
    except BadFile as bad:
        raise CopyRefused(in_sentences(fault.reason for fault in bad.faults), "starts_on") from bad
