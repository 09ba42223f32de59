"""Freezing the manifest for security, and each supplement to it.  R-52"""

import hashlib
from datetime import datetime

from django.utils.translation import gettext as _

from dialogue.models import Meeting
from journal import frozen, recording
from journal.actors import Actor
from registration import states
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
        names = [(each.first_name, each.last_name) for each in found.added]
        struck = [(row.first_name, row.last_name) for row in found.withdrawn]
        manifest = _store(ticketing.meeting, names, struck, by=by, at=at)
        ManifestRow.objects.filter(pk__in=[row.pk for row in found.withdrawn]).update(withdrawn_in=manifest)
        for representative, (first_name, last_name) in zip(found.added, names, strict=True):
            names_as_printed = {"first_name": first_name, "last_name": last_name}
            ManifestRow.objects.create(manifest=manifest, representative=representative, **names_as_printed)
            kept = fresh(representative, ticketing)
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


def _store(meeting, names, struck, *, by, at):
    """Store the next manifest of `meeting`, with its file."""
    number = meeting.manifests.count() + 1
    facts = {"added": len(names), "withdrawn": len(struck)}
    manifest = Manifest(meeting=meeting, number=number, frozen_at=at, **facts)
    content = sheet.write(manifest, names, struck)
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
