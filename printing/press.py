"""What `printing/paper.py` has done in a process of its own: an HTML page becomes a PDF.

So web server and worker never load the large libraries that this needs, and a page that takes too much memory or time
ends only that process. Of the project it knows only the fonts and styles.
"""

from pathlib import Path
from typing import Any

from printing import fonts
from printing.styles import STYLES


def work(html: bytes) -> bytes:
    """The page `html`, in UTF-8, as PDF."""
    return press(html.decode())


def press(html: str) -> bytes:
    """The page `html`, whose stylesheets are named `paper:…`, as PDF bytes; tagged, so that it can be read aloud."""
    from weasyprint import CSS, HTML  # noqa: PLC0415  dear to load, and needed by the first sheet of paper alone
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    known, configuration = fonts.installed(), FontConfiguration()
    fetcher = own_files_only({**STYLES, **fonts.files(known)})
    faces = CSS(string=fonts.faces(known, html), url_fetcher=fetcher, font_config=configuration)
    page = HTML(string=html, url_fetcher=fetcher, base_url="paper:")
    return page.write_pdf(stylesheets=[faces], font_config=configuration, pdf_tags=True)


def own_files_only(files: dict[str, Path]) -> Any:
    """A fetcher that returns the `files` (address → path) and refuses every other address: files, network, data."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415  as above

    class OwnFilesOnly(URLFetcher):
        def fetch(self, url, headers=None):  # noqa: ARG002  named as WeasyPrint names it
            if url not in files:
                raise ValueError(f"Only our own fonts and styles are loaded for paper, not {url}")
            kind = "text/css" if files[url].suffix == ".css" else "font/woff"
            return URLFetcherResponse(url, files[url].read_bytes(), {"Content-Type": kind})

    return OwnFilesOnly()
