"""What a page shows of a mail: its headers and its text, with working links to this site."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html, format_html_join

from mailbox import files
from spelling import own_links


@dataclass(frozen=True)
class Mail:
    """One mail as it is shown. `date` is aware, or None if the header cannot be read."""

    name: str
    sender: str
    to: str
    cc: str
    subject: str
    date: datetime | None
    message_id: str
    text: str


def read(name: str) -> Mail:
    """The `Mail` in the file `name`. Raises `FileNotFoundError`."""
    message = files.read(name)
    part = message.get_body(preferencelist=("plain",))
    return Mail(
        name=name,
        sender=str(message["From"] or ""),
        to=str(message["To"] or ""),
        cc=str(message["Cc"] or ""),
        subject=str(message["Subject"] or ""),
        date=message["Date"].datetime if message["Date"] else None,
        message_id=str(message["Message-ID"] or ""),
        text=_text(part) if part else "",
    )


def _text(part):
    """The text of a part, with plain line ends; an unknown character set is read as UTF-8."""
    try:
        words = part.get_content()
    except LookupError:
        words = part.get_payload(decode=True).decode("utf-8", "replace")
    return words.replace("\r\n", "\n")


def newest(limit: int) -> list[Mail]:
    """The `limit` newest mails, newest first. A file that vanishes meanwhile is left out."""
    found = []
    for name in files.names(limit):
        try:
            found.append(read(name))
        except FileNotFoundError:
            continue
    return found


def linked(text: str) -> str:
    """`text` escaped, in which URLs of this site, and of no other, are links."""
    pieces = enumerate(own_links.split(text))
    return format_html_join("", "{}", ((_piece(piece, index % 2 == 1),) for index, piece in pieces))


def _piece(piece, is_link):
    """One piece of a text: a link, or words that the caller escapes."""
    return format_html('<a href="{}" rel="noopener">{}</a>', piece, piece) if is_link else piece
