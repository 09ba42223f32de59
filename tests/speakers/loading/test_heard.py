"""Lists of real meetings: foreseen and printed in the sittings of their files, on their days.  R-43 R-64"""

import io
import re
import tomllib
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

import pypdf
import pytest
from django.utils import translation

from journal.actors import SYSTEM
from speakers import loading
from speakers.forecast import list_forecast
from speakers.forecast.turns import FACTOR_AT_FIRST
from speakers.models import SpeakersList
from speakers.order import precedence
from speakers.publishing import documents
from speakers.publishing.exports.formats import FORMATS
from tests.factories import make_delegation, make_inscription, make_level
from tests.speakers.loading.test_shown import AT, FILES, IDS

pytestmark = pytest.mark.django_db
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
TAKES_TIME = {"opening", "introduction", "panel", "closing"}
# How many entries fill the sittings of a file: where its own limit leaves room for more, the test has a longer one.
MOST = 40


@dataclass
class Told:
    """What a file says of its sittings, by the clocks of its meeting, and for each the minutes left for the list."""

    sittings: list
    free: list

    @property
    def used(self):
        """The indexes of the sittings that have time for the list."""
        return [index for index, minutes in enumerate(self.free) if minutes]


def told_by(path):
    facts = tomllib.loads(path.read_text(encoding="utf-8"))
    timed = [slot for slot in facts.get("slots", []) if "starts_at" in slot]
    opens_at = facts.get("floor", {}).get("opens_at") or floor_opens_in(facts)
    return Told(facts["sittings"], [free_in(each, timed, opens_at) for each in facts["sittings"]])


def floor_opens_in(facts):
    """When the first line for the list begins; without a time, when the one before it does."""
    moment = facts["sittings"][0]["starts_at"]
    for slot in facts.get("slots", []):
        moment = slot.get("starts_at", moment)
        if slot["kind"] == "floor":
            return moment
    return facts["sittings"][0]["starts_at"]


def free_in(sitting, timed, opens_at):
    """The minutes of `sitting` after the opening in which no line is in force that takes time."""
    free, moment = set(), max(sitting["starts_at"], opens_at)
    own = [slot for slot in timed if opens_at < slot["starts_at"] and sitting["starts_at"] <= slot["starts_at"]]
    while moment < sitting["ends_at"]:
        line = next((slot for slot in reversed(own) if slot["starts_at"] <= moment), None)
        is_taken = line and line["kind"] in TAKES_TIME and moment < line.get("ends_at", sitting["ends_at"])
        free |= set() if is_taken else {moment}
        moment += MINUTE
    return free


def loaded_and_filled(path, told):
    """The list of the file, as if now inscription were open, with as many entries as there is time for."""
    make_level()
    make_delegation("AUL")
    meeting = loading.load(path, by=SYSTEM, at=AT).meeting
    minutes = sum(map(len, told.free))
    limit = max(meeting.speakers_list.national_limit, minutes * MINUTE / FACTOR_AT_FIRST / MOST // SECOND * SECOND)
    SpeakersList.objects.filter(meeting=meeting).update(national_limit=limit)
    meeting.refresh_from_db()
    for number in range(1, int(minutes * MINUTE / (limit * FACTOR_AT_FIRST)) + 1):
        make_inscription(meeting, make_delegation(f"D{number:02}"), at=meeting.speakers_list.opens_at)
    return SpeakersList.objects.get(meeting=meeting)


def sittings_foreseen(speakers_list, told):
    """For each entry in the order of the list its name, and the index of the sitting in whose free time it speaks."""
    zone, places = speakers_list.meeting.zone, precedence.speaking_order(speakers_list)
    ahead = list_forecast.forecast_list(speakers_list, places, at=speakers_list.opens_at)
    names = {place.inscription.pk: str(place.inscription.delegation) for place in places}
    found = []
    for turn in ahead.forecast.turns:
        begins = turn.at.astimezone(zone).replace(tzinfo=None)
        spoken = {minute_of(begins), minute_of(begins + speakers_list.national_limit - SECOND)}
        assert turn.fits
        found.append((names[turn.key], next(index for index in told.used if spoken <= told.free[index])))
    assert all(first.at < second.at for first, second in pairwise(ahead.forecast.turns))
    return found


def minute_of(moment):
    return moment.replace(second=0, microsecond=0)


def names_of(told):
    """What each sitting of the file is called: its number, its day, and its part of the day."""
    days = {each["starts_at"].date() for each in told.sittings}
    comes_twice = len({day.weekday() for day in days}) < len(days)
    for number, each in enumerate(told.sittings, start=1):
        day = f"{each['starts_at']:%A}, {each['starts_at'].day} {each['starts_at']:%B}," if comes_twice else ""
        words = f"{day or format(each['starts_at'], '%A')} {each['part']}" if len(days) > 1 else each["part"]
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number, "th")
        is_numbered = len(told.sittings) > (1 if len(days) > 1 else 2)
        yield f"{number}{ending} sitting, {words}" if is_numbered else words.capitalize()


def hours_of(told, language):
    """From when to when each sitting of the file is, with its day where there are several."""
    has_several = len({each["starts_at"].date() for each in told.sittings}) > 1
    for each in told.sittings:
        first, last = (clock(each[name], language) for name in ("starts_at", "ends_at"))
        is_overnight = each["starts_at"].date() < each["ends_at"].date()
        if not is_overnight and first[-4:] == last[-4:] and language == "en":
            first = first[:-5]
        days = [day(each[name], language) if has_several else "" for name in ("starts_at", "ends_at")]
        yield f"{days[0]}{first} – {days[1]}{last}" if is_overnight else f"{days[0]}{first}–{last}"


def clock(moment, language):
    half = "a.m." if moment.hour < 12 else "p.m."
    return f"{moment.hour} h {moment:%M}" if language == "fr" else f"{moment.hour % 12 or 12}:{moment:%M} {half}"


def day(moment, language):
    with translation.override(language):
        weekday, month = (translation.gettext(f"{moment:{style}}") for style in ("%A", "%B"))
    return f"{weekday} {moment.day} {month}, " if language == "fr" else f"{weekday}, {moment.day} {month}, "


def printed(speakers_list, extension, language="en"):
    """The list as it is on the day of its opening, printed, as words with single spaces."""
    with translation.override(language):
        document = documents.live(speakers_list, at=speakers_list.opens_at)
        data = FORMATS[extension].write(document, speakers_list)
    if extension == "pdf":
        data = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages).encode()
    return " ".join(data.decode().split())


def divided(words, headings):
    """The names of the delegations below each of the `headings`, which stand in the `words` once, in this order."""
    places = [words.lower().index(each.lower()) for each in headings]
    assert places == sorted(places)
    assert [words.lower().count(each.lower()) for each in headings] == [1] * len(headings)
    return [re.findall(r"\bD\d\d\b", words[place:end]) for place, end in pairwise([*places, len(words)])]


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_turns_and_print_keep_to_the_sittings_of_the_file_and_to_what_its_programme_leaves(path):
    told = told_by(path)
    speakers_list = loaded_and_filled(path, told)
    names, sittings = zip(*sittings_foreseen(speakers_list, told), strict=True)
    by_sitting = [[name for name, found in zip(names, sittings, strict=True) if found == each] for each in told.used]

    assert list(sittings) == sorted(sittings)
    assert set(sittings) == set(told.used)
    is_divided = len(told.sittings) > 1
    for extension, language in (("txt", "en"), ("pdf", "en"), ("txt", "fr")):
        words = printed(speakers_list, extension, language)
        hours = list(hours_of(told, language))
        headings = [f"{name} {times} – likely" for name, times in zip(names_of(told), hours, strict=True)]
        headings = [headings[each] if language == "en" else f"{hours[each]} – probable" for each in told.used]
        assert (divided(words, headings) if is_divided else [re.findall(r"\bD\d\d\b", words)]) == by_sitting
