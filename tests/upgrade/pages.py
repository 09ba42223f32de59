"""What pages show at one moment, as text: the same before and after an upgrade.

The text that is kept was written by the version before. When the words of a page are changed on purpose,
`python -m tests.upgrade.rewording` writes it again; read the difference before you commit it.
"""

import json
import re
from html import unescape

from tests.floor.room import after

AT = after(1200)
"""The moment at which the pages are asked for: the meeting of the scene sits."""
PUBLIC = [
    "/",
    "/meetings/r2p-2016/",
    "/meetings/r2p-2016/programme/",
    "/meetings/r2p-2016/speakers/",
    "/meetings/r2p-2016/speakers/revisions/",
    *(f"/meetings/r2p-2016/speakers/revisions/{number}/" for number in (1, 2, 3, 4)),
    "/meetings/r2p-2016/now/",
    "/meetings/r2p-2016/statements/",
    "/meetings/r2p-2016/tickets/",
    "/meetings/r2p-rehearsal/speakers/",
    "/api/v1/meetings",
    "/api/v1/meetings/r2p-2016/list",
    "/api/v1/meetings/r2p-2016/revisions",
]
STAFF = [
    "/secretariat/speakers/inscription/?meeting={meeting}",
    "/secretariat/speakers/laterequest/",
    "/secretariat/speakers/swapproposal/",
    "/secretariat/registration/representative/",
    "/secretariat/journal/entry/?stream=meeting/r2p-2016",
    "/meetings/r2p-2016/floor/record/",
    "/meetings/r2p-2016/floor/statistics/",
]


def read():
    """The text of each page; explanations of places are on the receipts."""
    import clock

    with clock.stopped(AT):
        found = {path: shown(visitor(), path) for path in PUBLIC}
        found |= {path: shown(member_of_staff(), path.format(meeting=dialogue().pk)) for path in STAFF}
        return found | dict(receipts())


def dialogue():
    from dialogue.models import Meeting

    return Meeting.objects.get(slug="r2p-2016")


def receipts():
    """The receipt of each entry of the dialogue, as its delegation sees it."""
    for entry in dialogue().speakers_list.inscriptions.order_by("receipt_no"):
        yield f"receipt {entry.receipt_no}", shown(visitor(entry.filed_by_email), entry.get_absolute_url())


def visitor(address=None):
    """A client, signed in as the focal point with that `address`, if there is one."""
    from django.test import Client

    from speakers.delegations import access

    client = Client(HTTP_HOST="localhost")
    if address:
        session = client.session
        session[access.ADDRESS] = address
        session.save()
    return client


def member_of_staff():
    from django.contrib.auth.models import User

    client = visitor()
    client.force_login(User.objects.get(username="secretariat-lead"))
    return client


def shown(client, path):
    """The status and the lines that a reader of the page sees."""
    answer = client.get(path)
    text = answer.content.decode()
    is_page = answer.headers["Content-Type"].startswith("text/html")
    lines = lines_of(text) if is_page else json.dumps(json.loads(text), indent=1, ensure_ascii=False).splitlines()
    return [f"{answer.status_code}", *(without_chance(line) for line in lines)]


def lines_of(html):
    """The text between the tags of the main part, without scripts and styles, one line for each piece."""
    main = re.search(r"(?s)<main\b.*</main>", html)
    body = re.sub(r"(?is)<(script|style|head|template)\b.*?</\1>", "", main[0] if main else html)
    pieces = [" ".join(unescape(piece).split()) for piece in re.split(r"<[^>]*>", body)]
    return [piece for piece in pieces if piece]


def without_chance(line):
    """Return the `line` without what is drawn by chance: identities, and the hashes that follow from them."""
    line = re.sub(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", "IDENTITY", line)
    return re.sub(r"\b[0-9a-f]{16,64}\b", "HASH", line)
