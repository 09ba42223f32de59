"""The one canonical text of a content, and the hashes over it.  R-58"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

# Those of a hash as text.
DIGITS = set("0123456789abcdef")
# What a file that anyone may hand in holds at most, here and in the browser (`static/js/strict-json.js`).
MOST_DIGITS, DEEPEST = 15, 20


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


def read(text: bytes) -> Any:
    """The content of the JSON `text` of a file from outside, if all readers must understand it alike.

    Raises `ValueError`, in translated words, at a name that occurs twice, a number that is not whole or has more than
    `MOST_DIGITS`, more than `DEEPEST` levels, half a character (a lone surrogate), and what is no JSON in UTF-8.
    """
    try:
        content = json.loads(
            text.decode("utf-8-sig"),
            object_pairs_hook=_without_repetition,
            parse_int=_whole,
            parse_float=_not_whole,
            parse_constant=_no_number,
        )
    except RecursionError:
        raise ValueError(_("it is nested too deeply")) from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise ValueError(_("it is not JSON")) from None
    _object_to_depth(content, DEEPEST)
    try:
        json.dumps(content, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise ValueError(_("it contains half a character")) from None
    return content


def _without_repetition(pairs):
    """A JSON object; refused if a name occurs twice, because readers might then disagree."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(_("it contains a name twice"))
    return found


def _whole(digits):
    return int(digits) if len(digits.lstrip("-")) <= MOST_DIGITS else _not_whole(digits)


def _not_whole(_number):
    raise ValueError(_("it contains a number that is not whole, or too long"))


def _no_number(_name):
    raise ValueError(_("it is not JSON"))


def _object_to_depth(content, levels):
    """Raise `ValueError` if `content` has lists or objects in more than that many `levels`."""
    if not isinstance(content, dict | list):
        return
    if not levels:
        raise ValueError(_("it is nested too deeply"))
    for item in content.values() if isinstance(content, dict) else content:
        _object_to_depth(item, levels - 1)


def hash_of(content: dict[str, Any]) -> str:
    """The SHA-256 of plain `content`, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()


def is_hash(value: Any) -> bool:
    """Is `value` a hash as text: 64 hexadecimal digits in lower case?"""
    return isinstance(value, str) and len(value) == 64 and not set(value) - DIGITS


def has(facts: Any, kinds: Mapping[str, type]) -> bool:
    """Are the `facts` an object with values of these `kinds`, by name? (To Python, True is a number too.)"""
    return isinstance(facts, dict) and all(
        isinstance(facts.get(name), kind) and not isinstance(facts.get(name), bool) for name, kind in kinds.items()
    )


def entry_hash(entry: Any) -> str:
    """The SHA-256 of an entry: over all its fields and the hash of the entry before it, 64 hexadecimal digits."""
    return hash_of(content_of(entry))


def content_of(entry: Any) -> dict[str, Any]:
    """Everything of an entry that is hashed, as plain data."""
    return {
        "stream": entry.stream,
        "sequence": entry.sequence,
        "at": moment(entry.at),
        "act": entry.act,
        "subject": entry.subject,
        "actor_role": entry.actor_role,
        "payload_digest": entry.payload_digest,
        "previous_hash": entry.previous_hash,
    }


def payload_digest(payload: Any) -> str:
    """The HMAC-SHA-256 of a payload under its own salt, 64 hexadecimal digits."""
    return hmac.new(bytes.fromhex(payload.salt), canonical(payload_content(payload)), hashlib.sha256).hexdigest()


def payload_content(payload: Any) -> dict[str, Any]:
    """Everything of a payload that its digest covers, as plain data."""
    return {
        "actor_name": payload.actor_name,
        "before": payload.before,
        "after": payload.after,
        "reason": payload.reason,
    }
