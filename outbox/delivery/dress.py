"""The dress of a mail: its plain text as HTML, for mail programs that show it so.  R-10

Nothing is loaded from anywhere, and nothing tells that the mail was opened. There are no colours, so that each program
takes its own, dark ones too. Every word stands in the text already, and is escaped.
"""

import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info

from outbox.delivery.structure import Block, Row, blocks

PAGE = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>{subject}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font-family: sans-serif; line-height: 1.5; max-width: 40em; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.3em; }}
h2 {{ font-size: 1.1em; }}
table {{ border-collapse: collapse; margin: 1em 0; }}
th {{ padding-{end}: 1em; text-align: {start}; vertical-align: top; }}
</style>
</head>
<body>
<h1{own}>{subject}</h1>
{blocks}
</body>
</html>
"""
# Each kind of block, and of its rows, and what stands between them.
AROUND = {
    "heading": ("<h2{own}>{rows}</h2>", "{}", ""),
    "paragraph": ("<p{own}>{rows}</p>", "{}", "<br>\n"),
    "points": ("<ul{own}>\n{rows}\n</ul>", "<li>{}</li>", "\n"),
    "numbers": ('<ol{own} start="{first}">\n{rows}\n</ol>', "<li>{}</li>", "\n"),
    "facts": ("<table>\n{rows}\n</table>", '<tr><th scope="row">{1}</th><td><bdi>{0}</bdi></td></tr>', "\n"),
}
# Mail programs know no “start” and “end”.
SIDES = {"ltr": ("left", "right"), "rtl": ("right", "left")}
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LETTER = re.compile(r"[^\W\d_]")


def html(subject: str, text: str, language: str) -> str:
    """The mail of that `subject` and `text` as a page in `language`, in its direction of writing."""
    direction = "rtl" if get_language_info(language)["bidi"] else "ltr"
    start, end = SIDES[direction]
    return format_html(
        PAGE,
        language=language,
        direction=direction,
        start=start,
        end=end,
        subject=subject,
        own=_own_direction(subject, direction),
        blocks=format_html_join("\n", "{}", ((_block(block, direction),) for block in blocks(text))),
    )


def _block(block: Block, direction: str) -> SafeString:
    around, row, between = AROUND[block.kind]
    rows = format_html_join(SafeString(between), row, ((_said(each), each.label) for each in block.rows))
    said = "".join(piece.words for each in block.rows for piece in each.pieces)
    return format_html(around, own=_own_direction(said, direction), rows=rows, first=block.first)


def _said(row: Row) -> SafeString:
    return format_html_join("", "{}", ((_piece(*piece),) for piece in row.pieces))


def _piece(words, address):
    return format_html('<a href="{}">{}</a>', address, words) if address else words


def _own_direction(words: str, direction: str) -> SafeString:
    """The direction of `words` that have no letter of the direction around them, as an attribute; else nothing."""
    other = RIGHT_TO_LEFT.sub("", words)
    has_rtl, has_ltr = other != words, LETTER.search(other)
    if direction == "rtl" and has_ltr and not has_rtl:
        return SafeString(' dir="ltr"')
    return SafeString(' dir="rtl"' if direction == "ltr" and has_rtl and not has_ltr else "")
