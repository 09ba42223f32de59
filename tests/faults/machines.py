"""The site on several machines: a proxy, two of everything that may be two, and PostgreSQL with a standby.

Each is a host of a network of its own (`hosts.py`), with the configuration that `docs/operations/several-machines.md`
describes.
"""

import signal
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass

from tests import servers
from tests.faults.database import PostgreSQL
from tests.faults.ground import SETTINGS, Ground
from tests.faults.processes import Beat, Live, Web, Worker, wait_until

NAMES = ["proxy", "web-1", "web-2", "live-1", "live-2", "worker-1", "worker-2", "db-1", "db-2", "redis", "mail"]
DATABASE = "scene"
NGINX = """
daemon off;
user root;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    {temporary}
    proxy_connect_timeout 1s;
    proxy_read_timeout {patience}s;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host $http_host;
    proxy_set_header X-Forwarded-For $remote_addr;
    upstream pages {{ {pages} }}
    upstream streams {{ {streams} }}
    server {{
        listen {address}:8000;
        location /live/ {{
            proxy_pass http://streams;
            proxy_buffering off;
            proxy_read_timeout 20s;
        }}
        location / {{ proxy_pass http://pages; }}
    }}
}}
"""
PGBOUNCER = """
[databases]
{database} = host={primary} port=5432 user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = 6432
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 4
max_client_conn = 500
server_connect_timeout = 2
server_login_retry = 1
tcp_keepidle = 1
tcp_keepintvl = 1
tcp_user_timeout = 3000
"""
# A process cannot ask for these through a pool, so the database itself has them.
LIMITS = ["lock_timeout = '3s'", "idle_in_transaction_session_timeout = '60s'"]


@dataclass
class Proxy:
    """Where visitors find the site."""

    host: str
    port: int = 8000


class Pair:
    """PostgreSQL on the first of two hosts and its standby on the other, both copies of the server at `source`.

    If it is synchronous, the first confirms what the standby has applied; otherwise, what it has written itself.
    """

    def __init__(self, source, hosts, *, is_synchronous):
        self.hosts, self.stack, self.programs = hosts, ExitStack(), servers.postgresql_programs()
        self.folder = self.stack.enter_context(servers.folder_of_server("pg-"))
        self.account = servers.unprivileged(self.folder)
        self._copy(source)
        confirmed = {"synchronous_commit": "remote_apply", "synchronous_standby_names": "*"} if is_synchronous else {}
        follow = f"host={hosts[0].address} user=postgres connect_timeout=2"
        self._run(0, **confirmed)
        self._run(1, primary_conninfo=follow)
        self.database = self.on(0)
        wait_until(lambda: self.database.one("SELECT count(*) FROM pg_stat_replication"), "the standby to follow")

    def on(self, which):
        """The database on that host, seen from outside."""
        return PostgreSQL(f"postgres://postgres@{self.hosts[which].address}:5432/{DATABASE}")

    def url(self):
        """What `DATABASE_URL` says: both servers."""
        both = ",".join(f"{host.address}:5432" for host in self.hosts)
        return f"postgres://postgres@{both}/{DATABASE}"

    def promote(self):
        """Let the standby take writes, from now on."""
        self.database = self.on(1)
        assert self.database.one("SELECT pg_promote()")

    def end(self):
        self.stack.close()

    def _copy(self, source):
        first, second = (self.folder / str(which) for which in range(2))
        self._do(self.programs / "pg_basebackup", "-d", source, "-D", first, "-c", "fast", "-X", "stream")
        with (first / "pg_hba.conf").open("a") as rules:
            rules.write("host all all 198.18.0.0/16 trust\nhost replication all 198.18.0.0/16 trust\n")
        self._do("cp", "-a", first, second)
        (second / "standby.signal").touch()

    def _do(self, *command):
        subprocess.run([*self.account, *map(str, command)], check=True, capture_output=True, cwd="/")

    def _run(self, which, **options):
        """Start the server on that host."""
        usual = {"fsync": "off", "full_page_writes": "off", "jit": "off", "max_connections": "200", "port": "5432"}
        own = {"listen_addresses": "*", "unix_socket_directories": ""}
        settings = [f"--{name}={value}" for name, value in (usual | own | options).items()]
        host, data = self.hosts[which], self.folder / str(which)
        probe = [str(self.programs / "pg_isready"), "-q", "-h", host.address]
        command = [
            *host.inside,
            *self.account,
            *servers.tied("QUIT"),
            self.programs / "postgres",
            "-D",
            data,
            *settings,
        ]
        ready = lambda: subprocess.run(probe, check=False).returncode == 0  # noqa: E731
        server = servers.Server(command, self.folder / f"{which}.log", ready)
        self.stack.enter_context(servers.running(server, signal.SIGQUIT))


class Machines(Ground):
    """The site on the hosts of `network`, on the `pair`; with `is_pooled`, each web host has a PgBouncer."""

    def __init__(self, network, pair, folder, *, is_pooled=False, settings=SETTINGS):
        self.hosts, self.pair, self.stack, self.is_pooled = network.hosts, pair, ExitStack(), is_pooled
        environment = servers.environment(pair.url(), f"redis://{self.hosts['redis'].address}:6379/0")
        super().__init__(pair.database, environment | {"DJANGO_SETTINGS_MODULE": settings}, folder)
        self.pools = []

    def open(self, patience):
        """Start Redis, both web servers, both processes of streams and the proxy. Returns the `Proxy`.

        The proxy waits so many seconds for a page.
        """
        self._redis()
        webs = [self._web(self.hosts[name]) for name in ("web-1", "web-2")]
        lives = [self._live(self.hosts[name]) for name in ("live-1", "live-2")]
        for part in [*webs, *lives]:
            up = lambda part=part: part.is_running() and servers.answers(part.port, part.host)  # noqa: E731
            wait_until(up, f"{part.name} to come up")
        return self._proxy(webs, lives, patience)

    def send_mail(self, app):
        """Start both workers and the scheduler."""
        for which in (1, 2):
            part = Worker(f"worker-{which}", app, self.environment, self.folder)
            self._keep(part.on(self.hosts[f"worker-{which}"])).start()
        self._keep(Beat("beat", app, self.environment, self.folder).on(self.hosts["worker-1"])).start()

    def fail_over(self):
        """Cut off the PostgreSQL that takes writes, promote the standby, and lead the pools to it."""
        self.hosts["db-1"].cut()
        self.pair.promote()
        self.database = self.pair.database
        for pool, file in self.pools:
            file.write_text(self._pool_says("db-2"))
            pool.process.send_signal(signal.SIGHUP)

    def end(self):
        self.stack.close()
        super().end()

    def _web(self, host):
        own = {"HOST": host.address}
        if self.is_pooled:
            self._pool(host)
            pooled = f"postgres://postgres@127.0.0.1:6432/{DATABASE}"
            own |= {"DATABASE_URL": pooled, "DATABASE_POOLED": "1"}
        web = Web("config.wsgi", self.environment, self.folder, processes=2, threads=4)
        return self._keep(web.on(host, **own)).start()

    def _live(self, host):
        live = Live("config.asgi", self.environment, self.folder)
        return self._keep(live.on(host, UVICORN_HOST=host.address)).start()

    def _redis(self):
        host = self.hosts["redis"]
        options = ["--bind", host.address, "--protected-mode", "no", "--save", ""]
        self._serve(host, ["redis-server", *options], "redis", 6379)

    def _proxy(self, webs, lives, patience):
        host, file = self.hosts["proxy"], self.folder / "nginx.conf"
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        file.write_text(
            NGINX.format(
                folder=self.folder,
                address=host.address,
                patience=patience,
                temporary=" ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds),
                pages=" ".join(f"server {part.host}:{part.port} fail_timeout=2s;" for part in webs),
                streams=" ".join(f"server {part.host}:{part.port} fail_timeout=2s;" for part in lives),
            )
        )
        self._serve(host, ["nginx", "-c", file, "-e", self.folder / "nginx-error.log"], "nginx", 8000)
        return Proxy(host.address)

    def _pool(self, host):
        """A PgBouncer beside a web server, whose file is written again when the standby takes over."""
        folder = self.stack.enter_context(servers.folder_of_server("pool-"))
        file = folder / "pgbouncer.ini"
        file.write_text(self._pool_says("db-1"))
        command = [*host.inside, *servers.unprivileged(folder), *servers.tied("KILL"), "pgbouncer", file]
        probe = [*host.inside, "bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/6432"]
        ready = lambda: subprocess.run(probe, check=False, capture_output=True).returncode == 0  # noqa: E731
        pool = servers.Server(command, self.folder / f"pool-{host.name}.log", ready)
        self.stack.enter_context(servers.running(pool, signal.SIGQUIT))
        self.pools.append((pool, file))

    def _pool_says(self, name):
        return PGBOUNCER.format(database=DATABASE, primary=self.hosts[name].address)

    def _serve(self, host, command, name, port):
        command = [*host.inside, *servers.tied("KILL"), *command]
        server = servers.Server(command, self.folder / f"{name}.log", lambda: servers.answers(port, host.address))
        self.stack.enter_context(servers.running(server, signal.SIGTERM))


def limit_waiting(database):
    """Give the database the limits of waiting that a pool does not pass on."""
    for limit in LIMITS:
        database.ask(f"ALTER DATABASE {DATABASE} SET {limit}")
