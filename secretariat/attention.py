"""What needs attention now: the facts behind the secretariat's front page and /healthz.  R-10 R-11 R-14

`facts()` queries the database (three statements); `survey()` puts the result into words with links.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogue import moments
from languages import lengths
from outbox import health
from secretariat import data_attention, list_attention, ticket_attention
from speakers.forecast import advice
from speakers.forecast.list_forecast import ListForecast, forecast_lists
from speakers.forecast.plot import Plot, plot_of
from speakers.lists import choice_of
from speakers.models import SpeakersList
from uploads import scanning

# This long before a meeting, a speaker still to be confirmed becomes urgent.  R-14
DAY_OF_MEETING = timedelta(hours=24)
# So many lists, those of the nearest meetings, are shown in full with their forecast. Of further ones, a line says how
# many entries there are, one whether all can speak if the meeting is near, others what is lacking and what is urgent.
NEAREST = 3


@dataclass(frozen=True)
class Line:
    """One sentence of the front page, where it leads, and whether staff must do something."""

    words: str
    address: str = ""
    is_urgent: bool = False


@dataclass(frozen=True)
class Block:
    """A heading of the front page and its lines; for a list of speakers, also its forecast and the plot.  R-44"""

    heading: str
    lines: list[Line] = field(default_factory=list)
    address: str = ""
    ahead: ListForecast | None = None
    plot: Plot | None = None


@dataclass(frozen=True)
class Facts:
    """Everything the page needs, at one moment: counted lists of meetings to come, the mail's report, others."""

    at: datetime
    lists: list
    mail: health.Report
    others: list


def facts(at: datetime, seen: dict[str, datetime] | None = None) -> Facts:
    """The `Facts` at the real moment `at`: three statements; two with what `outbox.health` has `seen`."""
    lists = list_attention.counted(SpeakersList.objects.all(), at).order_by("meeting__starts_at", "slug")
    coming: list[SpeakersList] = []
    others: list[SpeakersList] = []
    for each in lists:
        (coming if each.meeting.ends_at > each.meeting.moment(at) else others).append(each)
    return Facts(at, coming, health.report(at, seen), others)


def survey(
    at: datetime, seen: dict[str, datetime] | None = None, *, clock_ahead: timedelta = timedelta(0)
) -> list[Block]:
    """The front page at the real moment `at`, as a list of `Block`: ten statements at most, however many lists.

    Nine with what `outbox.health` has `seen`. This machine's clock is `clock_ahead` of the one clock.
    """
    return survey_of(facts(at, seen), clock_ahead=clock_ahead)


def survey_of(found: Facts, *, clock_ahead: timedelta = timedelta(0)) -> list[Block]:
    """The front page of the `found` facts, as `survey`: six statements at most, however many lists."""
    at = found.at
    nearest, further = found.lists[:NEAREST], found.lists[NEAREST:]
    list_attention.read_ahead(found.lists)
    tickets = ticket_attention.counts_of([each.meeting for each in found.lists])
    meetings = {each.meeting_id for each in nearest}
    ahead = forecast_lists([each for each in found.lists if each.meeting_id in meetings], at)
    blocks = [_list_block(each, found, ahead[each.pk], at, tickets.get(each.meeting_id)) for each in nearest]
    if further:
        told = [(each, tickets.get(each.meeting_id), ahead.get(each.pk)) for each in further]
        lines = [line for each, *facts in told for line in _further_lines(each, found, at, *facts)]
        blocks.append(Block(_("Further lists"), lines))
    if kept := [Line(*parts) for parts in data_attention.sentences({each.meeting for each in found.others}, at)]:
        blocks.append(Block(_("Personal data"), kept))
    return [
        *blocks,
        Block(_("Mail"), _mail_lines(found.mail)),
        Block(_("Machinery"), _clock_lines(clock_ahead) + _machine_lines(found.mail, at)),
    ]


def _list_block(speakers_list, found, ahead, at, tickets):
    """The block of one list among those `found`: its state, its forecast `ahead`, the `tickets` of its meeting.  R-44

    What is of the meeting stands with its main list alone.
    """
    meeting = speakers_list.meeting_at_hand
    first, *others = advice.sentences(ahead)
    lines = [
        *(Line(*line) for line in list_attention.lacking(speakers_list, found.lists)),
        *(Line(*line) for line in list_attention.held_mail(meeting)),
        _foreseen(ahead, first),
        *(Line(words) for words in others),
    ]
    if tickets and not speakers_list.slug:
        lines += [Line(*parts) for parts in ticket_attention.sentences(meeting, tickets, meeting.moment(at))]
    about = [*list_lines(speakers_list, at), *_room(speakers_list), *lines]
    return Block(str(speakers_list), about, _whole_list(speakers_list), ahead=ahead, plot=plot_of(ahead))


def _further_lines(speakers_list, found, at, tickets, ahead):
    """The lines of a list that is not among the nearest: how many entries, what it lacks, the forecast `ahead` if there
    is one, and what is urgent.  R-31 R-44
    """
    meeting = speakers_list.meeting_at_hand
    own = [_to_verify(speakers_list)] if speakers_list.unverified else []
    own += [*_waiting(speakers_list, at), *([_to_confirm(speakers_list, at)] if speakers_list.unconfirmed else [])]
    if tickets and not speakers_list.slug:
        own += [Line(*parts) for parts in ticket_attention.sentences(meeting, tickets, meeting.moment(at))]
    facts = {"list": speakers_list, "day": moments.date_in_words(meeting.starts_at, meeting)}
    words = _("%(list)s, %(day)s: %(words)s")
    lacking = [Line(*line) for line in list_attention.lacking(speakers_list, found.lists)]
    foreseen = [_foreseen(ahead, next(iter(advice.sentences(ahead))))] if ahead else []
    lines = [*lacking, *foreseen, *(line for line in own if line.is_urgent)]
    return [replace(line, words=words % (facts | {"words": line.words})) for line in [_standing(speakers_list), *lines]]


def _foreseen(ahead, words):
    """The first sentence of the forecast `ahead`: urgent if there are too many."""
    return Line(words, is_urgent=ahead.has_hours and ahead.forecast.too_many > 0)


def hours_to_deadline(speakers_list: SpeakersList, at: datetime) -> int:
    """Whole hours from the meeting's moment `at` to the deadline of its list; negative when it has passed."""
    return int((speakers_list.closes_at - at).total_seconds() // 3600)


def _whole_list(speakers_list):
    """Where staff see the whole list: on its board."""
    return reverse("admin:speakers_inscription_board", args=speakers_list.address)


def _list_address(speakers_list, **narrowed):
    chosen = {"meeting": choice_of(speakers_list), **narrowed}
    return reverse("admin:speakers_inscription_changelist", query=chosen)


def list_lines(speakers_list: Any, at: datetime) -> list[Line]:
    """What is to be said of the entries and the requests of a counted `speakers_list` at the real moment `at`."""
    meeting = speakers_list.meeting
    return [
        Line(*list_attention.deadline(speakers_list, meeting.moment(at))),
        _standing(speakers_list),
        _to_verify(speakers_list),
        *_waiting(speakers_list, at),
        _to_confirm(speakers_list, at),
    ]


def _waiting(speakers_list, at):
    return [Line(*parts) for parts in list_attention.waiting(speakers_list, speakers_list.meeting.moment(at))]


def _standing(speakers_list):
    words = ngettext("%(count)d entry holds a place.", "%(count)d entries hold a place.", speakers_list.standing)
    return Line(words % {"count": speakers_list.standing}, _whole_list(speakers_list))


def _to_verify(speakers_list):
    count = speakers_list.unverified
    words = ngettext("%(count)d entry waits to be verified.", "%(count)d entries wait to be verified.", count)
    return Line(words % {"count": count}, _list_address(speakers_list, state="unverified"), count > 0)


def _to_confirm(speakers_list, at):
    """Of how many entries the speaker is to be confirmed: urgent on the day before the meeting.  R-14"""
    count, meeting = speakers_list.unconfirmed, speakers_list.meeting
    words = ngettext("%(count)d speaker is to be confirmed.", "%(count)d speakers are to be confirmed.", count)
    is_near = meeting.starts_at - meeting.moment(at) <= DAY_OF_MEETING
    return Line(words % {"count": count}, _list_address(speakers_list, mark="unconfirmed"), is_near and count > 0)


def _room(speakers_list):
    """A line that leads to the room, in a list of one; of none for a list that the room does not hear."""
    if not speakers_list.is_heard:
        return []
    address = reverse("floor:console", args=[speakers_list.meeting.slug])
    return [Line(_("Open the console and the record of the meeting."), address)]


def _mail_lines(report):
    failed = ngettext("%(count)d mail failed.", "%(count)d mails failed.", report.failed)
    held = ngettext("%(count)d mail is held back.", "%(count)d mails are held back.", report.held)
    page = "admin:outbox_message_changelist"
    in_rehearsal = ngettext(
        "%(count)d mail of a rehearsal is held back.",
        "%(count)d mails of rehearsals are held back.",
        report.withheld,
    )
    rehearsed = {"state__exact": "held", "is_withheld__exact": 1}
    kept = ngettext(
        "%(count)d mail is kept back after a restore: it may have been sent already.",
        "%(count)d mails are kept back after a restore: they may have been sent already.",
        report.kept,
    )
    to_decide = reverse(page, query={"state__exact": "kept"})
    age = report.oldest_unsent_age
    oldest = _("Nothing waits to be sent.") if age is None else _oldest_in_words(age)
    return [
        *(Line(words, reverse(page), is_urgent=True) for words in health.missing_receipts(report.without_receipt)),
        Line(failed % {"count": report.failed}, reverse(page, query={"state__exact": "failed"}), report.failed > 0),
        Line(
            held % {"count": report.held},
            reverse(page, query={"state__exact": "held", "is_withheld__exact": 0}),
            report.held > 0,
        ),
        *([Line(kept % {"count": report.kept}, to_decide, is_urgent=True)] if report.kept else []),
        *([Line(in_rehearsal % {"count": report.withheld}, reverse(page, query=rehearsed))] if report.withheld else []),
        Line(
            oldest,
            reverse(page, query={"state__exact": "queued"}),
            age is not None and age > health.UNSENT_FOR_TOO_LONG,
        ),
    ]


def _oldest_in_words(age):
    return _("The oldest unsent mail has been waiting for %(time)s.") % {"time": lengths.left_in_words(age)}


def _clock_lines(ahead):
    """A line that the clocks of this machine and of the database differ, in a list of none or one.  R-03"""
    if abs(ahead) <= health.CLOCKS_APART:
        return []
    words = (
        _("The clock of this machine is %(time)s ahead of the database’s, which alone decides deadlines.")
        if ahead > timedelta(0)
        else _("The clock of this machine is %(time)s behind the database’s, which alone decides deadlines.")
    )
    return [Line(words % {"time": _in_seconds(abs(ahead))}, is_urgent=True)]


def _machine_lines(report, at):
    worker, beat = report.worker_seen_at, report.beat_seen_at
    return [
        _seen_line(
            worker,
            at,
            health.WORKER_SILENT_FOR_TOO_LONG,
            _("The worker, which sends mail, was last seen %(age)s ago."),
            _("The worker, which sends mail, has never been seen."),
        ),
        _seen_line(
            beat,
            at,
            health.BEAT_SILENT_FOR_TOO_LONG,
            _("The scheduler, which closes lists on time, was last seen %(age)s ago."),
            _("The scheduler, which closes lists on time, has never been seen."),
        ),
        *_scanner_lines(at),
    ]


def _scanner_lines(at):
    """A line that the virus scanner does not answer, in a list of none or one.  R-79"""
    if (failed_at := scanning.failed_at(at)) is None:
        return []
    words = _("The virus scanner did not answer when a file was sent %(age)s ago: files are refused until it does.")
    return [Line(words % {"age": _in_seconds(at - failed_at)}, is_urgent=True)]


def _seen_line(seen_at, at, limit, words, never):
    """The line about a sign of life: urgent if there is none, or none for longer than `limit`."""
    if seen_at is None:
        return Line(never, is_urgent=True)
    return Line(words % {"age": _in_seconds(at - seen_at)}, is_urgent=at - seen_at > limit)


def _in_seconds(age):
    """A short age in words: seconds below two minutes, minutes from there on."""
    seconds = max(0, int(age.total_seconds()))
    if seconds < 120:
        return ngettext("%(count)d second", "%(count)d seconds", seconds) % {"count": seconds}
    minutes = seconds // 60
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
