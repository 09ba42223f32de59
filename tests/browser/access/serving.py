"""A small server of pages that are kept, with the site's own static files: the database is asked by no other thread."""

import mimetypes
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders

KEPT_HEADERS = ("Content-Type", "Content-Security-Policy", "Content-Language")
# What the script of a page asks for meets a busy server: no page waits for it.
BUSY = 503


@contextmanager
def serving():
    """A server until the block ends. Yields its address and the pages it has: by path, their headers and content."""
    kept = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Answers", (_Answers,), {"kept": kept}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def keep(kept, page, browser, language):
    """Add to `kept` the `page` as the test client `browser` gets it in the `language`."""
    answer = browser.get(page.path, headers={"accept-language": language})
    headers = {name: answer[name] for name in KEPT_HEADERS if name in answer}
    # A page that is saved first is opened without any header of ours.
    if answer.get("Content-Disposition", "").startswith("attachment"):
        del headers["Content-Security-Policy"]
    kept[page.path] = headers, answer.content


class _Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    kept: dict

    def do_GET(self):
        path = urlsplit(self.path).path
        if path.startswith("/static/"):
            file = finders.find(path.removeprefix("/static/"))
            kind = mimetypes.guess_type(path)[0] or "font/woff2"
            self._answer(200, {"Content-Type": kind, "Cache-Control": "max-age=600"}, Path(file).read_bytes())
        elif path in self.kept:
            self._answer(200, *self.kept[path])
        else:
            self._answer(BUSY, {}, b"")

    do_POST = do_GET

    def _answer(self, status, headers, content):
        self.send_response(status)
        for name, value in {**headers, "Content-Length": len(content)}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_words):
        """Say nothing."""
