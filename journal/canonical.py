"""The one canonical text of a content, and the hashes over it.  R-58"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

# Those of a hash as text.
DIGITS = set("0123456789abcdef")


def plain(value: Any) -> Any:
    """`value` in a form that JSON can hold and both databases return unchanged.

    Moments become ISO 8601 in UTC with microseconds, durations seconds; any other object becomes its text. Fractions
    become text too, because PostgreSQL would return 1e20 as a whole number.
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return {text(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = [plain(item) for item in value]
        return items if isinstance(value, list | tuple) else sorted(items, key=str)
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, timedelta):
        return f"{value.total_seconds()} s"
    return text(value)


def text(value: Any) -> str:
    """`value` as text without what a database refuses: NUL and lone surrogates become U+FFFD."""
    return str(value).replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def moment(at: datetime) -> str:
    """The aware moment `at` in UTC, always with six digits of the second."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def canonical(content: dict[str, Any]) -> bytes:
    """The one JSON text of plain `content`, as bytes: sorted keys, UTF-8, no spaces."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def entry_hash(entry: Any) -> str:
    """The SHA-256 of an entry: over all its fields and the hash of the entry before it, 64 hexadecimal digits."""
    content = {
        "stream": entry.stream,
        "sequence": entry.sequence,
        "at": moment(entry.at),
        "act": entry.act,
        "subject": entry.subject,
        "actor_role": entry.actor_role,
        "payload_digest": entry.payload_digest,
        "previous_hash": entry.previous_hash,
    }
    return hashlib.sha256(canonical(content)).hexdigest()


def payload_digest(payload: Any) -> str:
    """The HMAC-SHA-256 of a payload under its own salt, 64 hexadecimal digits."""
    content = {
        "actor_name": payload.actor_name,
        "before": payload.before,
        "after": payload.after,
        "reason": payload.reason,
    }
    return hmac.new(bytes.fromhex(payload.salt), canonical(content), hashlib.sha256).hexdigest()
