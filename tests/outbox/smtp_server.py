"""A real SMTP server on a free port, which accepts, refuses or falls silent as it is told."""

import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.servers import free_port


class Server:
    """Answers with `answer(address)` to each recipient and with `data_answer` to the mail; keeps what it accepts.

    An answer is a line such as "550 no such mailbox"; None means that it says yes.
    """

    def __init__(self, answer=None, data_answer=None):
        self.answer = answer or (lambda address: None)
        self.data_answer = data_answer
        self.accepted = []

    async def handle_RCPT(self, server, session, envelope, address, options):
        if refusal := self.answer(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.data_answer:
            return self.data_answer
        self.accepted.append((list(envelope.rcpt_tos), envelope.content))
        return "250 OK"


class WithoutRemains(Controller):
    """Ends the connections that are still held when it stops; aiosmtpd leaves them to the garbage collector."""

    def __init__(self, *arguments, **named):
        self.served = []
        super().__init__(*arguments, **named)

    def factory(self):
        self.served.append(super().factory())
        return self.served[-1]

    def cancel_tasks(self, stop_loop=True):
        for each in self.served:
            if each.transport:
                each.transport.abort()
        super().cancel_tasks(stop_loop)


@contextmanager
def running(handler, **options):
    """Serve with `handler` while the block runs, with `options` of aiosmtpd. Yields the port."""
    controller = WithoutRemains(handler, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


@contextmanager
def silent():
    """A server that accepts connections and never says a word. Yields the port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield listener.getsockname()[1]
