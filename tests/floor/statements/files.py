"""Files as delegations should hand them in, and as they should not."""

import re
import zipfile
from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

DOCUMENT = (
    '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "{paragraphs}</w:body></w:document>"
)
TYPES = '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="{type}"/></Types>'
PLAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"


def docx(text="Mr. President, we thank you.", *, content_type=PLAIN, **parts):
    """A DOCX with a paragraph for each line of `text`, and further `parts` by name."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return package(
        {
            "[Content_Types].xml": TYPES.format(type=content_type),
            "word/document.xml": DOCUMENT.format(paragraphs=paragraphs),
        }
        | parts
    )


def package(parts):
    """A zip of the `parts`, by name."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def protected(zipped):
    """The zip with each of its parts marked as encrypted."""
    marked = bytearray(zipped)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(signature), zipped):
            marked[found.start() + flags] |= 1
    return bytes(marked)


def pdf_without_pages():
    buffer = BytesIO()
    PdfWriter().write(buffer)
    return buffer.getvalue()


def pdf(text="Mr. President, we thank you.", *, script=None, password=None):
    """A PDF of one page that says `text`."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=595, height=842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})  # noqa: SLF001
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 50 780 Td ({text}) Tj ET".encode("latin-1"))
    page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001
    if script:
        action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        writer._root_object[NameObject("/OpenAction")] = DictionaryObject(action)  # noqa: SLF001
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
