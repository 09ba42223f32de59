"""Published revisions as an Atom feed: what a reader of feeds is told when a list is frozen again.  R-28"""

import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dialogue import moments
from languages.offered import in_this_language
from speakers.models import Revision
from speakers.publishing import difference
from speakers.publishing.exports.characters import printable

# How many revisions a feed holds, the newest ones; the pages and the interface have all.
NEWEST = 20
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):
    """An Atom feed. One that is empty says each time that it was last changed at the same moment: Atom wants one."""

    def latest_post_date(self) -> datetime:
        return max([each["updateddate"] for each in self.items], default=NEVER)


def newest(revisions: QuerySet[Revision]) -> list[Any]:
    """What identifies the newest of the `revisions`, the last first, without their contents (one statement)."""
    facts = revisions.order_by("-pk").values("pk", "sha256", "speakers_list__meeting__title")
    return list(facts[:NEWEST])


def with_contents(facts: Sequence[dict[str, Any]]) -> list[tuple[Revision, Revision | None]]:
    """The revisions named by `facts` in that order, each with the one before it on its list (two statements)."""
    found = Revision.objects.select_related("speakers_list__meeting")
    shown = found.in_bulk([each["pk"] for each in facts])
    previous = {each.previous_sha256 for each in shown.values()} - {""}
    before = {each.sha256: each for each in Revision.objects.filter(sha256__in=previous)}
    return [(shown[each["pk"]], before.get(shown[each["pk"]].previous_sha256)) for each in facts]


def atom(
    pairs: Sequence[tuple[Revision, Revision | None]],
    *,
    title: str,
    address: str,
    own_address: str,
    names_list: bool = False,
) -> str:
    """The `pairs` of a revision and the one before it as an Atom feed called `title`, in the active language.

    `address` is the page that it tells of, `own_address` its own; of a feed about several lists each entry
    `names_list`. Addresses come from `SITE_URL` alone. An entry has an identity that follows from the revision's hash,
    and never changes.
    """
    feed = Feed(
        title=printable(title),
        link=settings.SITE_URL + address,
        description=_("Each revision is the list frozen at one moment. It never changes afterwards."),
        language=get_language(),
        feed_url=settings.SITE_URL + in_this_language(own_address),
        author_name=_("General Assembly"),
    )
    for revision, before in pairs:
        feed.add_item(**_item(revision, before, names_list))
    return feed.writeString("utf-8")


def _item(revision, before, names_list):
    changes = difference.between(before.rows, revision.rows) if before else []
    context = {
        "revision": revision,
        "before": before,
        "comment": printable(revision.comment),
        "changes": [
            (heading, [printable(str(each)) for each in found]) for heading, found in difference.under_headings(changes)
        ],
    }
    return {
        "title": printable(_title(revision, names_list)),
        "link": settings.SITE_URL + revision.get_absolute_url(),
        "description": render_to_string("speakers/_feed_entry.html", context),
        "unique_id": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, revision.sha256)}",
        "pubdate": revision.as_at,
        "updateddate": revision.as_at,
    }


def _title(revision, names_list):
    facts = {"number": revision.number, "list": revision.speakers_list}
    facts["moment"] = moments.in_words(revision.as_at, revision.speakers_list.meeting)
    if names_list:
        return _("%(list)s: revision %(number)d, as at %(moment)s") % facts
    return _("Revision %(number)d, as at %(moment)s") % facts
