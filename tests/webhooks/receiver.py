"""A receiver of webhooks: a small HTTP server that keeps what arrives, and answers as a test says."""

import json
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """What arrived, in order: `events` that were taken, and `tries` with their headers. `answers` says the next status.

    `answers` is a function of the event; it may wait, or raise, which ends the connection without a word.
    """

    def __init__(self, answers=lambda _event: 204):
        self.answers, self.events, self.tries, self.url = answers, [], [], ""

    @property
    def identities(self):
        return [each["id"] for each in self.events]

    @property
    def kinds(self):
        return [each["kind"] for each in self.events]


def _handler(receiver):
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            receiver.tries.append((dict(self.headers), body))
            event = json.loads(body)
            try:
                status = receiver.answers(event)
            except Exception:  # noqa: BLE001  what the test wants
                self.close_connection = True
                return
            if 200 <= status < 300:
                receiver.events.append(event)
            self.send_response(status)
            self.send_header("content-length", "0")
            if status == 307:
                self.send_header("location", receiver.url + "elsewhere")
            self.end_headers()

        def log_message(self, *_words):
            pass

    return Handler


@contextmanager
def running(receiver):
    """Serve `receiver` on a free port of this machine until the block ends."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(receiver)) as server:
        receiver.url = f"http://127.0.0.1:{server.server_port}/hook?key=of-the-receiver"
        thread = threading.Thread(target=server.serve_forever, args=[0.02], daemon=True)
        thread.start()
        try:
            yield receiver
        finally:
            server.shutdown()
            thread.join()
