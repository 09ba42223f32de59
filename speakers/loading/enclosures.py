"""The files that a meeting's file names: each is beside it, judged as an upload is, and told by its hash.  R-79"""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dialogue.documents.enclosing import Enclosure
from dialogue.models import Meeting
from speakers.loading.toml_lines import Place
from uploads import receiving
from uploads.refusals import FileRefused


def read(
    facts: dict[str, Any], beside: str | Path, *, at: datetime
) -> tuple[dict[str, Any], dict[str, Enclosure], list[tuple[Place, str]]]:
    """Read the files that the documents of the shaped `facts` name, in the folder of the file `beside`.

    `at` is the real moment. Returns the facts, in which each file is told by its SHA-256; the files by it; and what is
    wrong with them, as pairs of a place and a reason.
    """
    files: dict[str, Enclosure] = {}
    faults: list[tuple[Place, str]] = []
    documents = []
    for index, document in enumerate(facts["documents"]):
        try:
            found = _received(Path(beside).parent / document["file"], at=at) if document["file"] else None
        except ValueError as error:
            faults.append((("documents", index, "file"), str(error)))
            found = None
        if found:
            files[found.sha256] = found
        documents.append(document | {"file": found.sha256 if found else ""})
    return facts | {"documents": documents}, files, faults


def _received(path, *, at):
    """The file at `path`, judged. Raises `ValueError` with a sentence."""
    try:
        content = path.read_bytes()
        receiving.receive_document(content, sender="", at=at)
    except OSError as error:
        raise ValueError(_("The file cannot be read: %(why)s.") % {"why": error.strerror}) from error
    except FileRefused as refusal:
        raise ValueError(str(refusal)) from refusal
    return Enclosure(content)


def kept(meeting: Meeting) -> dict[str, Enclosure]:
    """The files of the documents of `meeting`, by their SHA-256."""
    documents = meeting.documents.select_related("file")
    return {each.file.sha256: Enclosure(bytes(each.file.content)) for each in documents if hasattr(each, "file")}


def name_of(index: int, sha256: str) -> str:
    """What an export calls the file of the document at `index`: no two files with different bytes have one name."""
    return f"document-{index + 1}-{sha256[:8]}.pdf"


def exported(meeting: Meeting) -> dict[str, bytes]:
    """The files that an export of `meeting` names, with their bytes, which are to stand beside it."""
    documents = enumerate(meeting.documents.select_related("file"))
    files = [(index, document.file) for index, document in documents if hasattr(document, "file")]
    return {name_of(index, file.sha256): bytes(file.content) for index, file in files}
