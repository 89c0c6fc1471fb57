"""A browser that costs next to nothing: one kept-alive connection, a cookie jar, gzip. Standard library only.

The load client runs on the machine that it measures, so what it spends is missing from the figure: a request
here takes about a twentieth of a millisecond.
"""

from __future__ import annotations

import gzip
import html
import re
import select
import socket
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

PATIENCE = 60.0
_INPUT = re.compile(rb"<input\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([a-z-]+)="([^"]*)"')


class WrongAnswer(Exception):
    """The server answered other than a working Chorus does, so there is nothing to measure."""


@dataclass(frozen=True)
class Answer:
    """What came back: `content` is unpacked only where somebody asks for it."""

    status: int
    headers: dict[bytes, bytes]
    raw: bytes

    @property
    def content(self) -> bytes:
        """The page itself."""
        return gzip.decompress(self.raw) if self.headers.get(b"content-encoding") == b"gzip" else self.raw

    @property
    def location(self) -> str:
        """Where a redirect leads, as a path."""
        parts = urlsplit(self.headers[b"location"].decode())
        return f"{parts.path}?{parts.query}" if parts.query else parts.path


class Visitor:
    """One person's browser behind the proxy, at an address of their own; counts its `requests`."""

    def __init__(self, port: int, address: str, cookies: dict[str, str] | None = None) -> None:
        self.port, self.address = port, address
        self.cookies = dict(cookies or {})
        self.requests = 0
        self._line: socket.socket | None = None
        self._rest = b""

    def get(self, path: str, expected: int = 200) -> Answer:
        """Fetch a page; raises WrongAnswer unless the status is the expected one."""
        return self._ask("GET", path, b"", expected)

    def post(self, path: str, fields: list[tuple[str, str]], expected: int = 303) -> Answer:
        """Send a form; raises WrongAnswer unless the status is the expected one."""
        return self._ask("POST", path, urlencode(fields).encode(), expected)

    def close(self) -> None:
        """Close the connection, as a person who has gone."""
        if self._line:
            self._line.close()
        self._line, self._rest = None, b""

    def _ask(self, method: str, path: str, body: bytes, expected: int) -> Answer:
        self.requests += 1
        self._connected().sendall(self._head(method, path, body) + body)
        answer = self._read()
        if answer.status != expected:
            raise WrongAnswer(f"{method} {path} answered {answer.status} instead of {expected}")
        return answer

    def _head(self, method: str, path: str, body: bytes) -> bytes:
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept: text/html",
            "Accept-Encoding: gzip",
            f"X-Forwarded-For: {self.address}",
            "X-Forwarded-Proto: http",
        ]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if method == "POST":
            lines.append("Content-Type: application/x-www-form-urlencoded")
            lines.append(f"Content-Length: {len(body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def _connected(self) -> socket.socket:
        """The kept connection, or a new one where the server has closed it (then it is readable)."""
        if self._line and select.select([self._line], [], [], 0)[0]:
            self.close()
        if self._line is None:
            self._line = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
            self._line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self._line

    def _read(self) -> Answer:
        head, self._rest = self._until(b"\r\n\r\n")
        first, *lines = head.split(b"\r\n")
        headers: dict[bytes, bytes] = {}
        for line in lines:
            name, _, value = line.partition(b":")
            name, value = name.lower(), value.strip()
            if name == b"set-cookie":
                self._keep_cookie(value)
            headers[name] = value
        length = int(headers.get(b"content-length", b"-1"))
        if length < 0:
            raise WrongAnswer("an answer did not say how long it is")
        body = self._exactly(length)
        if headers.get(b"connection", b"").lower() == b"close":
            self.close()
        return Answer(int(first.split(b" ", 2)[1]), headers, body)

    def _until(self, end: bytes) -> tuple[bytes, bytes]:
        got = self._rest
        while end not in got:
            got += self._more()
        head, _, rest = got.partition(end)
        return head, rest

    def _exactly(self, length: int) -> bytes:
        parts, have = [self._rest], len(self._rest)
        while have < length:
            parts.append(self._more())
            have += len(parts[-1])
        whole = b"".join(parts)
        self._rest = whole[length:]
        return whole[:length]

    def _more(self) -> bytes:
        assert self._line is not None
        got = self._line.recv(65_536)
        if not got:
            self.close()
            raise WrongAnswer("the server closed the connection in the middle of an answer")
        return got

    def _keep_cookie(self, header: bytes) -> None:
        name, _, value = header.partition(b";")[0].partition(b"=")
        self.cookies[name.decode()] = value.decode()


def inputs_of(content: bytes) -> list[dict[str, str]]:
    """The attributes of every input element of a page, in order."""
    return [
        {name.decode(): html.unescape(value.decode()) for name, value in _ATTRIBUTE.findall(tag)}
        for tag in _INPUT.findall(content)
    ]


def hidden_fields(content: bytes) -> list[tuple[str, str]]:
    """What a form sends by itself (the CSRF token among it); raises WrongAnswer where there is no token."""
    hidden = [
        (one["name"], one.get("value", ""))
        for one in inputs_of(content)
        if one.get("type") == "hidden" and "name" in one
    ]
    if not any(name == "csrf_token" for name, _ in hidden):
        raise WrongAnswer("the form has no CSRF token")
    return hidden


def address_of(number: int) -> str:
    """The address of simulated person `number`; of the range kept free for measuring (RFC 2544)."""
    return f"198.{18 + number // 65_536 % 2}.{number // 256 % 256}.{number % 256}"
