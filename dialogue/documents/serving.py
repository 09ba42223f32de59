"""Giving back a file that was kept in the database, in slices, to be saved: no browser shows or runs it."""

from collections.abc import Iterator
from typing import Any, cast

from csp.constants import NONE
from csp.decorators import csp_replace
from django.db.models import BinaryField, QuerySet
from django.db.models.functions import Substr
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.http import content_disposition_header

# Bytes of a file that are read from the database at a time.
SLICE = 256 * 1024


def slices(kept: QuerySet[Any], size: int) -> Iterator[bytes]:
    """The `size` bytes in the field `content` of the one row `kept`, a query for each `SLICE`.

    So no process ever holds all of them.
    """
    for start in range(1, size + 1, SLICE):
        piece = Substr("content", start, SLICE, output_field=BinaryField())
        yield bytes(kept.values_list(piece, flat=True).get())


def attachment(
    request: HttpRequest, kept: QuerySet[Any], *, size: int, media_type: str, name: str
) -> StreamingHttpResponse:
    """The file `kept` (see `slices`), to be saved under `name`."""
    answer = StreamingHttpResponse(slices(kept, size), content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, name)
    answer["Content-Length"] = size
    answer["X-Content-Type-Options"] = "nosniff"
    return cast(StreamingHttpResponse, _sealed(request, answer))  # type: ignore[call-arg]  # csp types it as a view


@csp_replace({"default-src": [NONE], "sandbox": True})  # type: ignore[arg-type]  # typed for views of a request alone
def _sealed(_request, answer):
    return answer
