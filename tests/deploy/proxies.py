"""nginx and Caddy as `deploy/` configures them, on ports of their own, with a certificate of their own."""

import datetime
import http.server
import os
import shutil
import ssl
import threading
from contextlib import ExitStack, contextmanager

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.deploy import parts
from tests.deploy.confining import Running
from tests.faults.processes import wait_until
from tests.servers import answers, free_port, tied

HOST = "speakers.example.org"
# What the test makes small: streams of one address at a time in nginx, below those of the application.
STREAMS = 3


class ToTheHost(httpx.HTTPTransport):
    """Asks for the certificate of the host, which is this machine here."""

    def handle_request(self, request):
        request.extensions["sni_hostname"] = HOST
        return super().handle_request(request)


class Proxy:
    """A running proxy: its ports, and where it keeps its access log and its errors."""

    def __init__(self, name, folder, certificate):
        self.name, self.folder, self.certificate = name, folder, certificate
        self.plain = free_port()
        self.secure = self.plain + 1  # on which no sign for other tests stands: Caddy listens for datagrams too
        self.access, self.errors = folder / "access.log", folder / "errors.log"
        self.state, self.other = folder / "state", free_port()
        self.clients = ExitStack()

    def start(self, pages, streams):
        command, environment = getattr(self, f"_{self.name}")(pages, streams)
        self.running = Running([*tied("KILL"), *command], os.environ | environment, self.folder / "said.log")
        wait_until(self._is_up, f"{self.name}, which said {self.logged()}", seconds=30)

    def _is_up(self):
        assert self.running.process.poll() is None, self.logged()
        return answers(self.secure) and answers(self.plain)

    def client(self, address="127.0.0.1", port=None):
        """A client that comes from `address` and trusts the certificate of the test alone."""
        context = ssl.create_default_context(cafile=self.certificate[0])
        transport = ToTheHost(verify=context, local_address=address)
        base = f"https://127.0.0.1:{self.secure}" if port is None else f"http://127.0.0.1:{port}"
        client = httpx.Client(transport=transport, base_url=base, headers={"Host": HOST}, timeout=20)
        return self.clients.enter_context(client)

    def logged(self):
        """Everything that it wrote anywhere."""
        kept = [path for path in (self.access, self.errors, self.folder / "said.log") if path.exists()]
        return "\n".join(path.read_text(errors="replace") for path in kept)

    def _nginx(self, pages, streams):
        text = (parts.DEPLOY / "nginx/speakers.conf").read_text()
        live = f"/etc/letsencrypt/live/{HOST}"
        for before, after in [
            ("server 127.0.0.1:8000 ", f"server 127.0.0.1:{pages} "),
            ("server 127.0.0.1:8010 ", f"server 127.0.0.1:{self.other} "),
            ("root /var/lib/speakers;", f"root {self.state};"),
            ("server 127.0.0.1:8001;", f"server 127.0.0.1:{streams};"),
            ("listen 80;", f"listen 127.0.0.1:{self.plain};"),
            ("listen 443 ", f"listen 127.0.0.1:{self.secure} "),
            ("    listen [::]:80;\n", ""),
            ("    listen [::]:443 ssl http2;\n", ""),
            (f"{live}/fullchain.pem", self.certificate[0]),
            (f"{live}/privkey.pem", self.certificate[1]),
            ("/var/log/nginx/speakers.log", self.access),
            ("/var/log/nginx/speakers-error.log", self.errors),
            ("limit_conn speakers_streams 4000;", f"limit_conn speakers_streams {STREAMS};"),
        ]:
            assert before in text, before
            text = text.replace(before, str(after))
        (self.folder / "speakers.conf").write_text(text)
        kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        lines = [
            "daemon off;",
            "user root;" if os.getuid() == 0 else "",
            f"pid {self.folder}/pid;",
            "events { worker_connections 512; }",
            "http {",
            "include /etc/nginx/mime.types;",
            *(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds),
            f"include {self.folder}/speakers.conf;",
            "}",
        ]
        (self.folder / "nginx.conf").write_text("\n".join(lines))
        return ["nginx", "-e", f"{self.folder}/first.log", "-c", f"{self.folder}/nginx.conf"], {}

    def _caddy(self, pages, streams):
        environment = {
            "SPEAKERS_HOST": HOST,
            "SPEAKERS_HTTP_PORT": str(self.plain),
            "SPEAKERS_HTTPS_PORT": str(self.secure),
            "SPEAKERS_PAGES": f"127.0.0.1:{pages} 127.0.0.1:{self.other}",
            "SPEAKERS_PATIENCE": "2s",
            "SPEAKERS_STATE": str(self.state),
            "SPEAKERS_STREAMS": f"127.0.0.1:{streams}",
            "SPEAKERS_TLS": f"tls {self.certificate[0]} {self.certificate[1]}",
            "SPEAKERS_LOG": f"file {self.access}",
            "HOME": str(self.folder),
            "XDG_DATA_HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder),
        }
        file = parts.DEPLOY / "caddy/Caddyfile"
        return ["caddy", "run", "--adapter", "caddyfile", "--config", str(file)], environment


def certificate(folder):
    """A certificate for the host, signed by itself: (its path, the path of its key)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / "certificate.pem", folder / "key.pem"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    paths[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return paths


@contextmanager
def listening(port=0, *, answers_forms=True):
    """A server behind the proxy that keeps the headers of each request. Yields (its port, what it was asked).

    It ends the connection of a form that it has read unless it `answers_forms`.
    """
    asked = []

    class Keeper(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path != "/livez":  # which Caddy asks each second
                asked.append(self.headers)
            self.send_response(404 if self.path.startswith("/static/") else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            if answers_forms:
                self.do_GET()
            else:
                asked.append(self.headers)

        def log_message(self, *_arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", port), Keeper) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server.server_port, asked
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def running(name, folder, made, *, pages, streams):
    """The proxy `name` in front of two ports, until the block ends."""
    assert shutil.which(name), f"{name} is not installed: script/bootstrap --servers"
    proxy = Proxy(name, folder, made)
    try:
        proxy.start(pages, streams)
        yield proxy
    finally:
        proxy.clients.close()
        proxy.running.end()
