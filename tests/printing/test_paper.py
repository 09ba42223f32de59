"""Printing a page: our own fonts for every official language, and nothing loaded from other hosts."""

import io
import re
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pypdf
import pytest
from django.conf import settings

import printing
from printing import fonts, paper, press

PAGE = (
    '<!doctype html><html lang="en"><head><title>A page</title><link rel="stylesheet" href="paper:list.css">'
    "{head}</head><body>{body}</body></html>"
)
ALL_SCRIPTS = {
    "latin": "Trusteeship Council Chamber",
    "latin-ext": "Šimonović Łódź",
    "vietnamese": "Nguyễn Ặ",
    "greek": "Ελλάδα",
    "cyrillic": "Российская Федерация",
    "arabic": "جمهورية مصر العربية",
    "chinese-simplified": "中华人民共和国 王毅",
}


def page(body, head=""):
    return PAGE.format(body=body, head=head)


def opened(data):
    return pypdf.PdfReader(io.BytesIO(data))


def fonts_in(data):
    """The names of the fonts that a PDF holds, without the prefix of their subset."""
    names = set()
    for sheet in opened(data).pages:
        for font in sheet["/Resources"]["/Font"].values():
            names.add(re.sub(r"^/[A-Z]{6}\+", "", font.get_object()["/BaseFont"]))
    return names


@pytest.fixture
def without_fonts_of_the_machine(monkeypatch, tmp_path):
    """A machine without installed fonts."""
    nothing = tmp_path / "fonts.conf"
    nothing.write_text(f"<fontconfig><cachedir>{tmp_path}</cachedir></fontconfig>")
    monkeypatch.setenv("FONTCONFIG_FILE", str(nothing))


@pytest.mark.usefixtures("without_fonts_of_the_machine")
def test_every_official_language_is_printed_with_our_own_fonts():
    data = printing.pdf(page("".join(f"<p>{words}</p>" for words in ALL_SCRIPTS.values())))

    text = opened(data).pages[0].extract_text()
    assert {"Šimonović Łódź", "Российская Федерация", "中华人民共和国 王毅"} <= set(text.splitlines())
    assert {f"Paper-sans-{part}" for part in ALL_SCRIPTS} <= fonts_in(data)
    assert not {name for name in fonts_in(data) if not name.startswith("Paper-")}


@pytest.mark.usefixtures("without_fonts_of_the_machine")
def test_fonts_of_scripts_that_a_page_does_not_use_are_left_in_their_files():
    assert fonts_in(printing.pdf(page("<p>Rwanda</p>"))) == {"Paper-sans-latin"}


def test_every_font_that_may_be_asked_for_is_installed():
    assert [file.name for file in fonts.files(fonts.installed()).values() if not file.exists()] == []


@pytest.fixture
def a_server():
    """A server on this machine. Yields its address and the paths that were requested."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *arguments):
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_nothing_is_fetched_from_the_network_or_from_files(a_server, tmp_path):
    address, asked = a_server
    secret = tmp_path / "secret.css"
    secret.write_text("body::after { content: 'the secret of a file' }")
    head = "".join(f'<link rel="stylesheet" href="{url}">' for url in [f"{address}/a.css", secret.as_uri()])
    body = f'<p>Words<img src="{address}/b.png"><img src="{secret.as_uri()}"><object data="{address}/c"></object></p>'

    data = printing.pdf(page(body, head))

    assert "Words" in opened(data).pages[0].extract_text()
    assert "secret" not in opened(data).pages[0].extract_text()
    assert opened(data).attachments == {}
    assert asked == []


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "http://127.0.0.1/", "https://example.org/", "data:text/css,a", "paper:../press.py", "/etc"],
)
def test_every_other_address_is_refused(url):
    fetcher = press.own_files_only({"paper:list.css": press.STYLES["paper:list.css"]})

    assert b"@page" in fetcher.fetch("paper:list.css").read()
    with pytest.raises(ValueError, match="Only our own fonts and styles are loaded for paper"):
        fetcher.fetch(url)


def test_a_page_can_be_read_aloud_and_says_its_title_and_language():
    reader = opened(printing.pdf(page("<h1>Heading</h1><table><tr><th scope=row>a</th></tr></table>")))

    assert reader.metadata.title == "A page"
    assert reader.trailer["/Root"]["/Lang"] == "en"
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_a_page_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(paper.PRESS, "patience", 0.01)

    with pytest.raises(printing.PrintingFailed, match="timed out"):
        printing.pdf(page(""))


def test_a_request_that_finds_all_presses_busy_is_told_to_wait(monkeypatch):
    monkeypatch.setattr(paper.PRESS, "wait", 0.01)

    with paper.PRESS.turns, paper.PRESS.turns, pytest.raises(printing.Busy):
        printing.pdf(page(""))


def test_the_large_libraries_stay_out_of_the_process_that_asks():
    ask = "import printing, sys; printing.pdf('<p>Words</p>'); print('weasyprint' in sys.modules)"

    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
