"""Documents of a meeting's file that are files themselves: beside it, judged, and told by their hash.  R-79"""

import pytest
from django.conf import settings

from dialogue.models import DocumentFile, Meeting
from journal.actors import SYSTEM
from speakers import loading
from tests.factories import OPEN
from tests.floor.statements.files import docx, pdf

pytestmark = pytest.mark.django_db
MINIMAL = settings.BASE_DIR / "dialogue/meetings/minimal.toml"


def with_document(tmp_path, name):
    path = tmp_path / "meeting.toml"
    text = f'{MINIMAL.read_text()}\n[[documents]]\ntitle = "Note"\nfile = {name!r}\n'
    path.write_text(text)
    return path, text[: text.index("file =")].count("\n") + 1


def test_all_that_is_wrong_with_files_is_told_at_once_with_its_lines(tmp_path):
    (tmp_path / "word.pdf").write_bytes(docx("Statement"))
    path, line = with_document(tmp_path, "missing.pdf")
    with path.open("a") as file:
        file.write('[[documents]]\ntitle = "Note"\nfile = "word.pdf"\n[[documents]]\ntitle = ""\nfile = "../a.pdf"\n')

    with pytest.raises(loading.BadFile) as refusal:
        loading.load(path, by=SYSTEM, at=OPEN)

    assert [(fault.line - line, fault.reason) for fault in refusal.value.faults] == [
        (0, "documents 1, file: The file cannot be read: No such file or directory."),
        (3, "documents 2, file: This is not a PDF file. Save the document as one."),
        (5, "documents 3, title: This text is empty."),
        (6, "documents 3, file: Write the name of a file that stands beside this one, without its folder."),
    ]
    assert not Meeting.objects.exists()


def test_another_file_is_a_difference_and_changes_nothing(tmp_path):
    (tmp_path / "note.pdf").write_bytes(pdf())
    path, _line = with_document(tmp_path, "note.pdf")
    loading.load(path, by=SYSTEM, at=OPEN)
    (tmp_path / "note.pdf").write_bytes(pdf("Another"))

    again = loading.load(path, by=SYSTEM, at=OPEN)

    assert again.differences == ["documents.0.file"]
    assert bytes(DocumentFile.objects.get().content) == pdf()
