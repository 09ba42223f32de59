"""Freezing the manifest for security, and each supplement to it.  R-52"""

import hashlib
from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal import frozen, recording
from journal.actors import Actor
from registration import naming, states
from registration.locking import fresh, locked_terms
from registration.manifests import sheet
from registration.manifests.manifest import pending
from registration.models import Manifest, ManifestFile, ManifestRow
from registration.models.representative import State
from registration.refusals import TicketRefused

# The act of the journal.
FROZEN = "manifest frozen"


def freeze(meeting: Meeting, *, by: Actor, at: datetime) -> Manifest:
    """Freeze the next sheet of `meeting` at its moment `at`: the manifest, or a supplement to it.  R-52

    It adds everyone who needs a ticket, was notified of the approval and is on no earlier sheet under the present name,
    and withdraws the rows of earlier sheets that no longer apply. Each person added becomes `on_manifest`, which is
    journalled, as is the sheet with its hash. Returns the `Manifest`. Raises `TicketRefused` if there is nothing to put
    on it.
    """
    with locked_terms(meeting.pk) as ticketing:
        found = pending(ticketing.meeting)
        if not found:
            raise TicketRefused(_("There is no one to add and no one to withdraw: no sheet was frozen."))
        lines = _lines(ticketing.meeting, found.added)
        manifest = _store(ticketing.meeting, lines, found.withdrawn, by=by, at=at)
        ManifestRow.objects.filter(pk__in=[row.pk for row in found.withdrawn]).update(withdrawn_in=manifest)
        for line in lines:
            line.manifest = manifest
            line.save(force_insert=True)
            kept = fresh(line.representative, ticketing)
            states.move(kept, State.ON_MANIFEST, act="put on the manifest", by=by, at=at)
        _record(manifest, by=by, at=at)
        return manifest


def hand_out(manifest: Manifest, *, by: Actor, at: datetime) -> bytes:
    """The bytes of a frozen `manifest`, which never change; who took them out is journalled at the moment `at`.

    To be called in a transaction. Raises `ManifestFile.DoesNotExist` if the file was erased (R-57).
    """
    content = bytes(manifest.file.content)
    _journal("manifest taken out", manifest, by=by, at=at)
    return content


def _lines(meeting, people):
    """Unsaved rows for `people` by last name, numbered after the rows of the earlier sheets of `meeting`.  R-75"""
    last = ManifestRow.objects.filter(manifest__meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    in_order = sorted(people, key=lambda each: [naming.key(name) for name in reversed(each.passport_names)])
    return [_line(person, number) for number, person in enumerate(in_order, start=last + 1)]


def _line(person, number):
    first_name, last_name = person.passport_names
    names = {"first_name": first_name, "last_name": last_name, "own_script_name": person.own_script_name}
    return ManifestRow(representative=person, number=number, organization=str(person.request.organization), **names)


def _store(meeting, added, withdrawn, *, by, at):
    """Store the next manifest of `meeting`, with its file."""
    number = meeting.manifests.count() + 1
    facts = {"added": len(added), "withdrawn": len(withdrawn)}
    manifest = Manifest(meeting=meeting, number=number, frozen_at=at, **facts)
    content = sheet.write(manifest, added, withdrawn)
    manifest.sha256 = hashlib.sha256(content).hexdigest()
    manifest.save(force_insert=True)
    ManifestFile.objects.create(manifest=manifest, content=content, frozen_by=by.name)
    return manifest


def _record(manifest, *, by, at):
    after = {name: getattr(manifest, name) for name in ("sha256", "added", "withdrawn")}
    _journal(FROZEN, manifest, by=by, at=at, after=after)


def _journal(act, manifest, *, by, at, after=None):
    stream, subject = manifest.meeting.journal_stream, frozen.subject("manifest", manifest.number, manifest.sha256)
    recording.record(act, stream=stream, subject=subject, by=by, at=at, after=after)
