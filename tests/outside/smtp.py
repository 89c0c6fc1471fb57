"""A real SMTP server on loopback, whose answers a test can choose."""

from __future__ import annotations

import email
import email.policy
import threading
from collections.abc import Callable
from email.message import EmailMessage
from types import TracebackType
from typing import Any

from aiosmtpd.controller import Controller

from tests.ports import free_port


class MailServer:
    """`with MailServer() as server`: takes mail at `server.url`.

    `server.answer["RCPT"] = "550 no"` refuses at that step (`"RCPT ann@example.org"`: her only); `on_data` is
    called when a mail has been taken. `received` and `connections` say what was taken, and from which address
    each one came.
    """

    def __init__(self) -> None:
        self.received: list[tuple[str, list[str], EmailMessage]] = []
        self.connections: list[object] = []
        self.answer: dict[str, str] = {}
        self._sessions: set[Any] = set()
        self.on_data: Callable[[], None] | None = None
        port = free_port()
        self.url = f"smtp://127.0.0.1:{port}"
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def __enter__(self) -> MailServer:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    async def handle_MAIL(self, _s: Any, _session: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802
        """Who sends."""
        if "MAIL" not in self.answer:
            envelope.mail_from = address
        return self.answer.get("MAIL", "250 OK")

    async def handle_RCPT(self, _s: Any, _session: Any, envelope: Any, address: str, _o: Any) -> str:  # noqa: N802
        """To whom."""
        answer = self.answer.get(f"RCPT {address}", self.answer.get("RCPT", "250 OK"))
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    def hang_up(self) -> None:
        """Close every connection, as a server does that has had enough."""
        closed = threading.Event()

        def close() -> None:
            for one in self._sessions:
                one.transport.close()
            closed.set()

        self._controller.loop.call_soon_threadsafe(close)
        closed.wait()

    async def handle_DATA(self, smtp: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """The mail itself."""
        if "DATA" in self.answer:
            return self.answer["DATA"]
        self._sessions.add(smtp)
        self.connections.append(session.peer)
        seen = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(seen, EmailMessage)
        self.received.append((envelope.mail_from, list(envelope.rcpt_tos), seen))
        if self.on_data:
            self.on_data()
        return "250 OK"
