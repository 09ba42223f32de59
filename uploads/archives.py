"""The zip archive that an Office file is: its parts and nothing before, between or behind them, within limits."""

import struct
import zipfile
from io import BytesIO

from uploads.verdicts import TOO_MUCH, Reason, Unacceptable, foreign

MOST_PARTS, MOST_BYTES = 500, 60 * 1024 * 1024
# The record at the end of an archive without a comment.
END, END_LENGTH = struct.Struct("<4s4H2LH"), 22
SIGNATURE_OF_END = b"PK\x05\x06"
# The beginning of each part, of which the lengths of the name and of the extra field are read.
HEAD, HEAD_LENGTH = struct.Struct("<26x2H"), 30
# Bytes that may follow a part which was written before its size was known.
DESCRIPTORS = {12, 16, 20, 24}
HAS_DESCRIPTOR, IS_ENCRYPTED = 0x08, 0x01


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of the archive `content`, by name, unpacked. Raises `Unacceptable`, or what a damaged one causes."""
    _has_nothing_behind(content)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise TOO_MUCH
        if any(entry.flag_bits & IS_ENCRYPTED for entry in entries):
            raise Unacceptable(Reason.PROTECTED)
        if len({entry.filename.lower() for entry in entries}) != len(entries):
            raise foreign("two parts of one name")
        _has_nothing_between(content, entries)
        return {entry.filename: archive.read(entry) for entry in entries}


def _has_nothing_behind(content):
    """Refuse an archive that does not end with its end, or whose directory is not right before it."""
    if SIGNATURE_OF_END not in content:
        raise Unacceptable(Reason.DAMAGED)
    signature, *_counts, size, offset, comment = END.unpack(content[-END_LENGTH:])
    if signature != SIGNATURE_OF_END or comment or offset + size != len(content) - END_LENGTH:
        raise foreign("bytes outside the archive")


def _has_nothing_between(content, entries):
    """Refuse an archive with bytes that belong to none of its `entries`, or to two."""
    _signature, *_counts, directory, _comment = END.unpack(content[-END_LENGTH:])
    entries = sorted(entries, key=lambda entry: entry.header_offset)
    begins = [entry.header_offset for entry in entries] + [directory]
    if begins[0]:
        raise foreign("bytes outside the archive")
    for entry, following in zip(entries, begins[1:], strict=True):
        name, extra = HEAD.unpack_from(content, entry.header_offset)
        rest = following - (entry.header_offset + HEAD_LENGTH + name + extra + entry.compress_size)
        if rest and not (entry.flag_bits & HAS_DESCRIPTOR and rest in DESCRIPTORS):
            raise foreign("bytes between the parts")
