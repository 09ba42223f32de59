"""Fills the project's database for the benchmark, and prints as JSON what a client must know about it.

Run with the project's environment, after `manage.py prepare`, as `python -m tests.bench.filling STAGE`.
"""

import itertools
import json
import sys
from datetime import timedelta
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Model  # noqa: E402
from django.urls import reverse  # noqa: E402

import clock  # noqa: E402
from dialogue.models import Meeting  # noqa: E402
from journal.actors import SYSTEM  # noqa: E402
from outbox.models import Heartbeat, Message  # noqa: E402
from speakers.delegations import access  # noqa: E402
from speakers.loading import load  # noqa: E402
from speakers.models import Delegation, Inscription  # noqa: E402
from tests import factories  # noqa: E402
from tests.bench.sessions import cookie_of, cookie_of_user  # noqa: E402

FILE = settings.BASE_DIR / "dialogue/meetings/r2p-2016.toml"
# Each walk inscribes another Member State; once a list has them all, the walks go on with the next meeting.
ROWS, MEMBER_STATES, MEETINGS, FEW = 200, 193, 60, 4
# All who come at once; the meetings of a busy year, each as long as the dialogue of 2017; the mail of some years.
CROWD, MANY, USUAL, MAILS = 400, 100, 80, 100_000
TYPED = {
    "capacity": "national",
    "speaker_prefix": "H.E. Ms.",
    "speaker_name": "Amina Example",
    "speaker_title": "Permanent Representative",
    "level": "PR",
    "language": "en",
    "preferred_sitting": "morning",
    "contact_name": "Permanent Mission",
    "contact_email": "mission@missions.example",
    "contact_telephone": "+12129635063",
    "copies": "copy@missions.example",
    "note": "The statement will be sent on the day before.",
}


def for_walks() -> dict[str, Any]:
    """Many lists to walk on, and a crowd of visitors for another one: first all States, then groups of them."""
    walks = walks_on(MEETINGS)
    crowded = reverse("speakers:inscribe", args=[open_meeting("crowded").slug])
    groups = ({**TYPED, "capacity": "group", "group_name": f"Group {n}"} for n in range(CROWD - MEMBER_STATES))
    crowd = zip(itertools.cycle(walks["cookies"]), [TYPED] * MEMBER_STATES + list(groups), strict=False)
    return {"walk": walks, "crowd": {"forms": [(crowded, *each) for each in crowd], "words": walks["words"]}}


def for_pages() -> dict[str, Any]:
    """A public list of all Member States, a list of 200, and a member of staff who reads it."""
    public, listed = full_meeting("public"), full_meeting("listed")
    for number in range(ROWS - MEMBER_STATES):
        group = {"capacity": "group", "group_name": f"Group {number}"}
        factories.make_inscription(listed, member_states()[number], at=clock.now(), **group)
    staff = {"words": "Zimbabwe", "cookies": [cookie_of_user(User.objects.create_superuser("benchmark"))]}
    secretariat = reverse("admin:speakers_inscription_changelist")
    made = {"another_address": True}
    return {
        "page": {"path": public.get_absolute_url(), "words": str(public.venue), **made},
        "public": {"path": reverse("speakers:list", args=[public.slug]), "words": "Zimbabwe", **made},
        "list": {"path": f"{secretariat}?meeting={listed.pk}", **staff},
        "board": {"path": reverse("admin:speakers_inscription_board", args=[listed.slug]), **staff},
        "walk": walks_on(FEW),
    }


def in_languages() -> dict[str, Any]:
    """The page of a meeting and the list of all Member States, each in three languages, under “page ar”."""
    public, last = full_meeting("public"), Delegation.objects.get(code="ZWE")
    paths = {"page": public.get_absolute_url(), "public": reverse("speakers:list", args=[public.slug])}
    return {
        f"{name} {language}": {
            "path": path,
            "words": last.short_name.data[language] if name == "public" else f'lang="{language}"',
            "cookies": [f"{settings.LANGUAGE_COOKIE_NAME}={language}"],
            "another_address": True,
        }
        for name, path in paths.items()
        for language in ("en", "ar", "zh-hans")
    }


def for_the_room() -> dict[str, Any]:
    """A meeting on whose list every Member State stands, their telephones, and an officer who writes on its screens."""
    meeting = full_meeting("room")

    def address(name, *args):
        return reverse(f"floor:{name}", args=[meeting.slug, *args])

    return {
        "now_json": {"path": address("now_json"), "words": "Afghanistan"},
        "display": {"path": address("display"), "words": "Afghanistan"},
        "own": {"path": address("own_turns"), "words": "own-turn", "cookies": focal_points()},
        "streams": {
            "path": f"/live/{meeting.slug}/display/en/",
            "act": address("act", "message"),
            "cookie": cookie_of_user(User.objects.create_superuser("officer")),
        },
    }


def for_the_front() -> dict[str, Any]:
    """One meeting with a full list, no mail, and a member of staff."""
    full_meeting("front")
    Message.objects.all().delete()
    # The worker and the scheduler are well as long as they are measured.
    for part in Heartbeat.Part:
        Heartbeat.objects.create(part=part, at=clock.now() + timedelta(hours=1))
    cookie = cookie_of_user(User.objects.create_superuser("benchmark"))
    return {
        "front": {"path": reverse("admin:index"), "words": "content-main", "cookies": [cookie]},
        "healthz": {"path": reverse("healthz"), "words": "is_well"},
    }


def more_mail() -> dict[str, Any]:
    """Mails that were sent, as they are kept."""
    at = clock.now()
    words = {"kind": "inscription_acknowledged", "subject": "Receipt", "body": "The entry was recorded. " * 40}
    to, moments = ["mission@missions.example"], {"created_at": at, "queued_at": at, "sent_at": at}
    Message.objects.create(key="mail", about="front", to=to, state=Message.State.SENT, **words, **moments)
    others = {"key": "'mail-' || number", "message_id": "'<' || number || '@missions.example>'"}
    copy(Message, f"generate_series(2, {MAILS}) AS number", others)
    return {}


def more_meetings() -> dict[str, Any]:
    """Further meetings, each with a list of usual length."""
    for number in range(1, MANY):
        open_meeting(f"front-{number}")
    others = {"speakers_list_id": "other.id", "public_id": "gen_random_uuid()"}
    copy(
        Inscription,
        f"speakers_speakerslist AS other WHERE other.id <> speakers_list_id AND receipt_no <= {USUAL}",
        others,
    )
    return {}


def copy(model: type[Model], source: str, others: dict[str, str]) -> None:
    """Copy the rows of `model`, once for each row of `source`, with `others` in these columns."""
    table = model._meta.db_table
    kept = [field.column for field in model._meta.concrete_fields if field.column not in {"id", *others}]
    columns, values = [*others, *kept], [*others.values(), *(f'{table}."{column}"' for column in kept)]
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({names}) SELECT {', '.join(values)} FROM {table}, {source}")  # noqa: S608


def walks_on(meetings: int) -> dict[str, Any]:
    """The walks of all Member States on so many lists, which are empty."""
    paths = [reverse("speakers:inscribe", args=[open_meeting(f"walk-{n}").slug]) for n in range(meetings)]
    return {"paths": paths, "cookies": focal_points(), "typed": TYPED, "words": TYPED["speaker_name"]}


def focal_points() -> list[str]:
    """The cookies of a focal point of each Member State who is signed in."""
    points = [factories.make_focal_point(delegation) for delegation in member_states()]
    return [cookie_of(**{access.ADDRESS: point.normalised_email}) for point in points]


def full_meeting(slug: str) -> Meeting:
    """An open meeting on whose list every Member State stands."""
    meeting = open_meeting(slug)
    for delegation in member_states():
        factories.make_inscription(meeting, delegation, at=clock.now())
    return meeting


def member_states() -> list[Delegation]:
    """The delegations that each list is filled with."""
    return list(Delegation.objects.filter(places__category="member_state").distinct()[:MEMBER_STATES])


def open_meeting(slug: str) -> Meeting:
    """The dialogue of 2016, moved so that its list is open today."""
    at = clock.now()
    return load(FILE, slug=slug, starts_on=at.date() + timedelta(days=10), by=SYSTEM, at=at).meeting


STAGES = {
    "walks": for_walks,
    "pages": for_pages,
    "languages": in_languages,
    "room": for_the_room,
    "front": for_the_front,
    "more_mail": more_mail,
    "more_meetings": more_meetings,
}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(STAGES[sys.argv[1]]()))
