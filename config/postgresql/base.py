"""Django finds this module by the `ENGINE` of the settings."""

from select import POLLIN, poll
from typing import Any

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, with a cheaper check of kept connections, and a memory of which of several servers answered."""

    # The host and port that this process was last connected to.
    answered: tuple[str, str] | None = None

    def is_usable(self) -> bool:
        """Is the connection open, with nothing to read? A server that ends says so, or at least hangs up.

        It asks the socket, and not the server with a `SELECT 1`.
        """
        if self.connection is None or self.connection.closed:
            return False
        said = poll()
        said.register(self.connection, POLLIN)
        return not said.poll(0)

    def get_connection_params(self) -> dict[str, Any]:
        """Begin with the server that answered last: one that has vanished would cost each connection its patience."""
        return in_turn(super().get_connection_params(), DatabaseWrapper.answered)

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        DatabaseWrapper.answered = (connection.info.host, str(connection.info.port))
        return connection


def in_turn(parameters: dict[str, Any], first: tuple[str, str] | None) -> dict[str, Any]:
    """The `parameters` of a connection with the host and port `first` before the others, if it is one of several."""
    hosts, ports = (str(parameters.get(name, "")).split(",") for name in ("host", "port"))
    if len(hosts) == 1:
        return parameters
    servers = zip(hosts, ports * len(hosts) if len(ports) == 1 else ports, strict=True)
    ordered = sorted(servers, key=lambda server: (server[0], server[1] or "5432") != first)
    return parameters | {"host": ",".join(host for host, _ in ordered), "port": ",".join(port for _, port in ordered)}
