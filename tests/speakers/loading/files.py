"""A meeting's file made of facts, so that a test can change any of them."""

import copy
import json
from datetime import date, datetime

# A date and a time as clocks in the meeting's zone show them.
wall = datetime.fromisoformat


def a_file():
    """The facts of a file with one row of each kind and nothing wrong, not published."""
    codes = ["groups", "member_states", "observer_states", "observers", "un_system", "civil_society"]
    return {
        "meeting": {
            "slug": "dialogue",
            "title": "Dialogue",
            "theme": "Theme",
            "convened_by": "President",
            "invitation": "Please come.",
            "venue": "Chamber",
            "time_zone": "America/New_York",
            "is_published": False,
        },
        "letter": {
            "from": "The President",
            "dated_on": wall("2016-08-22").date(),
            "salutation": "Excellency,",
            "closing": "Please accept the assurance of my highest consideration.",
            "signature": "President",
            "addressees": "To all",
        },
        "inscription": {"opens_at": wall("2016-08-22T09:00"), "closes_at": wall("2016-09-01T13:00")},
        "floor": {
            "opens_at": wall("2016-09-06T11:00"),
            "national_limit_seconds": 180,
            "group_limit_seconds": 180,
            "civil_society_limit_seconds": 180,
        },
        "sittings": [{"part": "morning", "starts_at": wall("2016-09-06T10:00"), "ends_at": wall("2016-09-06T13:00")}],
        "contacts": [
            {
                "role": "inscription",
                "name": "Officer",
                "office": "Branch",
                "email": "officer@un.example",
                "telephone": "+12129635063",
            }
        ],
        "sections": [{"heading": "Background", "text": "As decided.[^1]", "footnotes": "A/RES/60/1"}],
        "documents": [{"symbol": "A/63/677", "title": "Report", "link": "https://undocs.org/A/63/677"}],
        "bands": [{"rank": 10 * place, "code": code} for place, code in enumerate(codes, start=1)],
        "limits": [{"band": "observers", "seconds": 90}],
        "slots": [{"kind": "floor", "title": "The floor opens", "starts_at": wall("2016-09-06T11:00")}],
    }


def changed(facts, path, value):
    """A copy of `facts` in which the fact at `path` is `value`; None leaves it out."""
    copied = copy.deepcopy(facts)
    table = copied
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = value
    return copied


def as_toml(facts):
    """The text of a file that holds `facts`."""
    lines = []
    for name, table in facts.items():
        for each in table if isinstance(table, list) else [table]:
            lines.append(f"[[{name}]]" if isinstance(table, list) else f"[{name}]")
            lines += [f"{key} = {_plain(value)}" for key, value in each.items() if value is not None]
    return "\n".join(lines) + "\n"


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_plain(each)}" for key, each in value.items()) + " }"
    return json.dumps(value)
