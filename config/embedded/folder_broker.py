"""The broker of the embedded mode: messages are files in a folder, and nothing has to be installed.  R-06

Kombu's own writes a message where others may read it before it is whole. Here it gets its name once it is. A message
that cannot be read, after a power failure, is left out: what it asked for is in the database, where the sweep finds it.
"""

import logging
import os
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any
from uuid import uuid4

from kombu.transport import filesystem
from kombu.utils.json import dumps, loads

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):
    """Puts whole files in their place, and takes each once."""

    def _put(self, queue: str, payload: Any, **_more: Any) -> None:  # type: ignore[override]  # as kombu calls it
        name = f"{monotonic():017.6f}-{uuid4()}"
        _place(Path(self.data_folder_out, f"{name}.{queue}.msg"), dumps(payload))

    def _get(self, queue: Any, timeout: Any = None) -> Any:  # noqa: ARG002  kombu hands it over
        """The oldest message of `queue` that can be read. Raises `Empty` if there is none."""
        for path in sorted(Path(self.data_folder_in).glob(f"*.{queue}.msg")):
            taken = path.with_suffix(".taken")
            try:
                path.rename(taken)
            except FileNotFoundError:
                continue  # another took it
            text = taken.read_text(encoding="utf-8", errors="replace")
            taken.unlink()
            try:
                return loads(text)
            except ValueError:
                logger.warning("A message of the broker could not be read, and is left out.")
        raise Empty

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        table = self.get_table(exchange)
        if bound not in table:
            _place(self._exchange_file(exchange), dumps([bound, *table]))


class Transport(filesystem.Transport):
    Channel = Channel


def _place(path: Path, text: str) -> None:
    """Give `path` its whole content at once; the name it has before begins with a point."""
    unfinished = path.with_name(f".{uuid4()}")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)
