"""Freezing the manifest for security, and each supplement to it.  R-52"""

import hashlib

from django.utils.translation import gettext as _

from journal import recording
from registration import locking, states
from registration.manifests import sheet
from registration.manifests.manifest import pending
from registration.models import Manifest, ManifestFile, ManifestRow
from registration.models.representative import State
from registration.refusals import TicketRefused


def freeze(meeting, *, by, at):
    """Freeze the next sheet of `meeting` at its moment `at`: the manifest, or a supplement to it.  R-52

    On it is everybody who needs a ticket and was told so, and who is on no earlier sheet under the present name; and
    the rows of earlier sheets that hold no longer. Each is brought `on_manifest`, which is journalled, as is the sheet
    with its hash. Gives the `Manifest`. Raises `TicketRefused` where there is nothing to put on it.
    """

    def act(ticketing):
        found = pending(ticketing.meeting)
        if not found:
            raise TicketRefused(_("Nobody is to be added, and nobody to be withdrawn: no sheet was frozen."))
        names = [(each.first_name, each.last_name) for each in found.added]
        struck = [(row.first_name, row.last_name) for row in found.withdrawn]
        manifest = _store(ticketing.meeting, names, struck, by=by, at=at)
        ManifestRow.objects.filter(pk__in=[row.pk for row in found.withdrawn]).update(withdrawn_in=manifest)
        for representative, (first_name, last_name) in zip(found.added, names, strict=True):
            names_as_printed = {"first_name": first_name, "last_name": last_name}
            ManifestRow.objects.create(manifest=manifest, representative=representative, **names_as_printed)
            kept = locking.fresh(representative, ticketing)
            states.move(kept, State.ON_MANIFEST, act="put on the manifest", by=by, at=at)
        _record(manifest, by=by, at=at)
        return manifest

    return locking.under_lock(meeting.pk, act)


def hand_out(manifest, *, by, at):
    """The bytes of a frozen `manifest`, the same for ever; who took them out is journalled at the moment `at`.

    To be called in a transaction. Raises `ManifestFile.DoesNotExist` where the file is erased (R-57).
    """
    content = bytes(manifest.file.content)
    _journal("manifest taken out", manifest, by=by, at=at)
    return content


def _store(meeting, names, struck, *, by, at):
    """The next manifest of `meeting`, with its file."""
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
    _journal("manifest frozen", manifest, by=by, at=at, after=after)


def _journal(act, manifest, *, by, at, after=None):
    stream, subject = manifest.meeting.journal_stream, f"manifest/{manifest.number}"
    recording.record(act, stream=stream, subject=subject, by=by, at=at, after=after)
