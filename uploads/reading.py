"""What `receiving.py` has done in a process of its own: a file is judged and read.  R-79

Of the project it knows only the modules that judge files; it knows no database and no settings.
"""

import json
from collections.abc import Callable
from typing import Any

from uploads.verdicts import TOO_MUCH, Reason, Unacceptable

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def work(content: bytes, form: str, *more: str) -> bytes:
    """What the file `content` holds if it is a good one of this `form`, or the reason why it is not, as JSON."""
    try:
        found = FORMS[form](content, *more)
    except Unacceptable as verdict:
        found = {"reason": verdict.reason, "what": verdict.what}
    except MemoryError:
        found = {"reason": TOO_MUCH.reason}
    except Exception:  # noqa: BLE001  whatever a broken file raises in the libraries that read it
        found = {"reason": Reason.DAMAGED}
    return json.dumps(found).encode()


def _statement(content) -> dict[str, Any]:
    """The type and the text of a statement: only its content says what a file is."""
    if content.startswith(b"%PDF-"):
        from uploads import pdf_files  # noqa: PLC0415  pypdf takes longer to load than a DOCX to read

        return {"media_type": PDF, "text": pdf_files.text_of(content)}
    if content.startswith(b"PK\x03\x04"):
        from uploads import word_files  # noqa: PLC0415  as above

        return {"media_type": DOCX, "text": word_files.text_of(content)}
    raise Unacceptable(Reason.UNKNOWN)


def _document(content) -> dict[str, Any]:
    """Nothing is read from a document that is only kept; it is judged as a statement is, and is a PDF."""
    if not content.startswith(b"%PDF-"):
        raise Unacceptable(Reason.NO_PDF)
    _statement(content)
    return {}


def _workbook(content, rows) -> dict[str, Any]:
    """The first rows of a workbook."""
    from uploads import workbooks  # noqa: PLC0415  as above

    return {"rows": workbooks.rows_of(content, int(rows))}


FORMS: dict[str, Callable[..., dict[str, Any]]] = {
    "statement": _statement,
    "document": _document,
    "workbook": _workbook,
}
