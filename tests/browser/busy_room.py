"""A meeting in the middle of its morning, with a bit of everything, for the pages that show a room."""

from datetime import UTC, datetime, timedelta

from floor.acts import absence, calling, inserting, limiting, noting, pausing, presence, replying, suspending, switching
from floor.models import Interruption
from tests.factories import STAFF, make_delegation, make_inscription, make_meeting
from tests.floor.room import entry, press

# Delegations that have spoken, each with its seconds out of three minutes.
SPOKE = [("Australia", 170), ("Costa Rica", 245), ("Denmark", 90), ("Ghana", 198), ("Netherlands", 180)]
WAIT = ["Rwanda", "Slovenia", "Guatemala", "Uruguay", "Republic of Korea", "Bolivia (Plurinational State of)"]
CODES = ["AUS", "CRI", "DNK", "GHA", "NLD", "RWA", "SVN", "GTM", "URY", "KOR", "BOL"]
REGIONS = ["western_european", "latin_american", "western_european", "african", "western_european", "african"]
REGIONS += ["eastern_european", "latin_american", "latin_american", "asia_pacific", "latin_american"]


def make_busy_room():
    """The meeting: five have spoken, one is called and six wait; with absences, a reply, a speaker outside the list."""
    now = datetime.now(UTC).replace(microsecond=0)
    meeting = make_meeting(
        opens_at=now - timedelta(days=9),
        closes_at=now - timedelta(days=5),
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=7),
    )
    names = [*(name for name, _seconds in SPOKE), *WAIT]
    for code, name, region in zip(CODES, names, REGIONS, strict=True):
        delegation = make_delegation(code, name)
        delegation.regional_group = region
        delegation.save()
        make_inscription(meeting, delegation, at=now - timedelta(days=6))
    begin = now - timedelta(minutes=45)
    for number, (_name, seconds) in enumerate(SPOKE):
        _speak(meeting, begin + number * timedelta(minutes=6), seconds, has_order=number == 1)
    _and_more(meeting, now - timedelta(minutes=8))
    return meeting


def _speak(meeting, at, seconds, *, has_order):
    press(meeting, calling.call, at)
    press(meeting, calling.begin, at + timedelta(seconds=20))
    end = at + timedelta(seconds=20 + seconds)
    if has_order:
        order = Interruption.Ground.POINT_OF_ORDER
        press(meeting, pausing.pause, at + timedelta(seconds=40), ground=order, raised_by=make_delegation("DNK"))
        press(meeting, pausing.go_on, at + timedelta(seconds=70))
        end += timedelta(seconds=30)
    press(meeting, calling.end, end)


def _and_more(meeting, at):
    """Rwanda is absent, the sitting was suspended, a speaker is inserted, a State replies; Slovenia is called."""
    by = {"by": STAFF, "at": at}
    press(meeting, calling.call, at)
    press(meeting, absence.note_absence, at)
    suspending.suspend(meeting, **by)
    suspending.resume(meeting, by=STAFF, at=at + timedelta(minutes=3))
    switching.switch(meeting, allows_points_of_order=True, allows_replies=True, **by)
    replying.ask_to_reply(meeting, make_delegation("DNK"), prefix="H.E. Ms.", name="Ane Jensen", **by)
    inserting.insert(meeting, prefix="Mr.", name="Adama Dieng", title="Special Adviser", **by)
    limiting.give_own_limit(meeting, entry(meeting, "URY").public_id, timedelta(minutes=5), **by)
    presence.mark(meeting, entry(meeting, "GTM").public_id, is_present=True, **by)
    noting.note_turn(meeting, entry(meeting, "SVN").public_id, "The Minister leaves at noon.", **by)
    noting.note_meeting(meeting, "Thank the interpreters.", **by)
    noting.said_about_time(meeting, "Statements are limited to 3 minutes.", **by)
    press(meeting, calling.call, at + timedelta(minutes=4), identity=entry(meeting, "SVN").public_id)
