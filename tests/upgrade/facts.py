"""What has to be the same before and after an upgrade: the order, the journal, what was published, who may do what.

Run as `python -m tests.upgrade.facts` in the environment of a site; prints JSON.
"""

import hashlib
import json
from io import StringIO

VERIFICATIONS = ["verify", "verify_journal", "verify_revision", "replay_journal"]


def read():
    """The facts of the site's database, in plain values."""
    return {
        "order": {meeting.slug: order(meeting) for meeting in meetings()},
        "journal": chains(),
        "revisions": revisions(),
        "programmes": frozen("dialogue", "ProgrammeVersion"),
        "manifests": frozen("registration", "Manifest"),
        "draws": [list(draw) for draw in rows("speakers", "Draw", "commitment", "seed")],
        "tickets": [list(person) for person in rows("registration", "Representative", "name_key", "state", "turn")],
        "mail": [list(mail) for mail in rows("outbox", "Message", "kind", "state", "to", "key")],
        "groups": groups(),
        "accounts": accounts(),
        "kept": kept(),
        "problems": {verification: problem(verification) for verification in VERIFICATIONS},
    }


def meetings():
    from dialogue.models import Meeting

    return Meeting.objects.order_by("slug")


def order(meeting):
    """Receipt number, delegation and capacity of each entry, in speaking order."""
    from speakers.order.precedence import speaking_order

    entries = [place.inscription for place in speaking_order(meeting.speakers_list)]
    return [[entry.receipt_no, entry.delegation.code, entry.capacity] for entry in entries]


def chains():
    """Of each stream: how many entries, the hash at its head, and one hash over everything that the entries hold."""
    found = {}
    for stream, number, head in rows("journal", "Head", "stream", "sequence", "hash", order_by="stream"):
        found[stream] = {"entries": number, "head": head, "everything": digest(entries_of(stream))}
    return found


def entries_of(stream):
    from journal.models import Entry

    whole = ["at", "act", "subject", "actor_role", "hash", "payload__before", "payload__after", "payload__reason"]
    return list(Entry.objects.filter(stream=stream).order_by("sequence").values_list(*whole))


def revisions():
    named = ["speakers_list__meeting__slug", "number", "kind", "sha256"]
    return [list(revision) for revision in rows("speakers", "Revision", *named, order_by="pk")]


def frozen(app, model):
    return [list(each) for each in rows(app, model, "meeting__slug", "number", "sha256", order_by="pk")]


def rows(app, model, *named, order_by="pk"):
    from django.apps import apps

    return apps.get_model(app, model).objects.order_by(order_by).values_list(*named)


def groups():
    """What each group may do."""
    from django.contrib.auth.models import Group

    return {group.name: permissions(group) for group in Group.objects.order_by("name")}


def permissions(group):
    found = group.permissions.values_list("content_type__app_label", "codename")
    return sorted(f"{app}.{codename}" for app, codename in found)


def accounts():
    from django.contrib.auth.models import User

    users = User.objects.order_by("username")
    return {user.username: sorted(user.groups.values_list("name", flat=True)) for user in users}


def kept():
    """How many rows each model of the project has."""
    from django.apps import apps

    own = {"dialogue", "speakers", "registration", "floor", "journal", "languages", "outbox", "webhooks"}
    models = [model for model in apps.get_models() if model._meta.app_label in own]
    return {model._meta.label: model._base_manager.count() for model in models}


def problem(verification):
    """What the command `verification` finds wrong, in words; empty where all is well."""
    from django.core.management import CommandError, call_command

    try:
        call_command(verification, stdout=StringIO())
    except CommandError as refusal:
        return str(refusal)
    return ""


def digest(value):
    """A hash of plain values, moments and the like written as text."""
    return hashlib.sha256(json.dumps(value, default=str, sort_keys=True).encode()).hexdigest()


if __name__ == "__main__":
    import sys

    import django

    django.setup()
    from tests.upgrade import pages

    json.dump({"facts": read(), "pages": pages.read()}, sys.stdout, default=str)
