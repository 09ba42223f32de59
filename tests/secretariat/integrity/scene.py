"""A record in which everything that `manage.py verify` looks at has happened, and what was kept of it outside."""

import json
from dataclasses import dataclass
from pathlib import Path

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User

import clock
from dialogue import releasing
from dialogue.models import ProgrammeSlot
from journal import chain_file
from registration.door import scanning
from registration.manifests import freezing
from registration.requests import opening
from speakers.entries import changing, joining
from speakers.models import SpeakersList
from speakers.publishing import revisions
from tests.factories import OPEN, STAFF, make_delegation, make_focal_point, make_inscription, make_level, make_meeting
from tests.registration.factories import make_representative
from tests.upgrade.scene import a_draw

NOW = {"by": STAFF, "at": OPEN}


@dataclass
class Scene:
    """The main list of a meeting and another one, and a list of another meeting that was drawn.

    Outside there are two files of the chain of each list, of the time before and after its last entry, a file of a
    revision, and the witness on the last receipt of each list.
    """

    main: SpeakersList
    panel: SpeakersList
    drawn: SpeakersList
    files: list[Path]
    revision: Path
    witnesses: list[str]


def enact(folder):
    """Store it all; what is kept outside is in `folder`."""
    meeting = make_meeting()
    main, panel = meeting.speakers_list, _panel(meeting)
    a_draw()
    drawn = SpeakersList.objects.get(meeting__slug="drawn")
    _the_main_list(main)
    inscribed(panel, "AAA", "BBB")
    revisions.publish(panel, **NOW)
    _the_programme(meeting)
    _the_door(meeting)
    user = User.objects.create(username="officer", is_staff=True)
    LogEntry.objects.create(user=user, object_id="1", object_repr="A list", action_flag=2, change_message="Changed.")
    lists = [main, panel]
    before = [_kept(each, folder / f"{number}-before.json") for number, each in enumerate(lists)]
    last = [inscribed(each, "YYY", "ZZZ")[-1] for each in lists]
    after = [_kept(each, folder / f"{number}-after.json") for number, each in enumerate(lists)]
    revision = folder / "revision.json"
    revision.write_text(main.revisions.get(number=2).content)
    for each in (main, panel):
        each.refresh_from_db()
    return Scene(main, panel, drawn, [*before, *after], revision, [entry.witness for entry in last])


def inscribed(speakers_list, *codes):
    """Entries of the delegations `codes` on `speakers_list`."""
    meeting = speakers_list.meeting
    meeting.speakers_list = speakers_list
    return [make_inscription(meeting, make_delegation(code)) for code in codes]


def _panel(meeting):
    terms = {"opens_at": meeting.speakers_list.opens_at, "closes_at": meeting.speakers_list.closes_at}
    return SpeakersList.objects.create(
        meeting=meeting, slug="panel", title={"en": "Panel"}, policy=SpeakersList.Policy.RECEIPT_ONLY, **terms
    )


def _the_main_list(main):
    """Three entries of which the first names others and the last joins another class, and two revisions."""
    entries = inscribed(main, "AAA", "BBB", "CCC")
    revisions.publish(main, **NOW)
    _a_joint_statement(entries[0])
    changing.change_level(entries[-1], level=make_level("MFA"), title="Minister", **NOW)
    revisions.publish(main, **NOW)


def _a_joint_statement(entry):
    """Three delegations are named: one joins, one declines, one does not answer."""
    named = [make_delegation(code) for code in ("JJA", "JJB", "JJC")]
    for each in named:
        make_focal_point(each)
    joins, declines, _asked = joining.ask(entry, named, **NOW)
    joining.join(joins, **NOW)
    joining.decline(declines, **NOW)


def _the_programme(meeting):
    """It is released twice."""
    slot = {"kind": "opening", "title": {"en": "Opening"}, "starts_at": meeting.starts_at}
    ProgrammeSlot.objects.create(meeting=meeting, position=0, **slot)
    for kind in ("provisional", "final"):
        releasing.release(meeting, kind=kind, comment=kind, **NOW)


def _the_door(meeting):
    """A manifest is frozen, a ticket is handed over, and a person comes with an unknown code."""
    opening.open_ticketing(meeting, **NOW)
    meeting.refresh_from_db()
    person = make_representative(meeting, "approved")
    freezing.freeze(meeting, **NOW)
    for nonce, code in enumerate([person.vouchers.get().code, "NOT-A-VOUCHER"]):
        scanning.scan(meeting, scanning.Attempt(f"nonce-{nonce}", code, desk="Desk 1"), **NOW)


def _kept(speakers_list, path):
    """The chain of `speakers_list` as a file that was downloaded now."""
    stream = speakers_list.journal_stream
    content = chain_file.document(stream, chain_file.hashes_of(stream))
    path.write_text(json.dumps({**content, "as_at": clock.now().isoformat()}))
    return path
