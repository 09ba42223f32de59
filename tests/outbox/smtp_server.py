"""A real SMTP server on a free port, which accepts, refuses or falls silent as it is told."""

import asyncio
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller

from tests.servers import free_port


class Server:
    """Answers with `answer(address)` to each recipient and with `data_answer` to the mail; keeps what it accepts.

    An answer is a line such as "550 no such mailbox"; None means that it says yes. It thinks for `seconds` about each
    mail, and takes `at_most` over one connection. `connections` counts those that brought a mail.
    """

    def __init__(self, answer=None, data_answer=None, seconds=0.0, at_most=1000):
        self.answer = answer or (lambda address: None)
        self.data_answer = data_answer
        self.seconds, self.at_most = seconds, at_most
        self.accepted, self.sessions = [], []

    @property
    def connections(self):
        return len(set(self.sessions))

    async def handle_MAIL(self, server, session, envelope, address, mail_options):
        if self.sessions.count(session.peer) >= self.at_most:
            return "421 4.7.0 too many mails over this connection"
        self.sessions.append(session.peer)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if refusal := self.answer(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.seconds)
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
