"""How a worker and its parent speak over a socket: a length (4 bytes), a JSON header, a body or a file's descriptor.

A header says ``length``, the bytes of the body that follow it, and ``spooled``, whether a descriptor came along that
holds the body instead.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Mapping
from typing import Any, Final

LENGTH: Final = struct.Struct(">I")


def frame(header: Mapping[str, Any]) -> bytes:
    """A header as it goes over the socket."""
    data = json.dumps(header, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return LENGTH.pack(len(data)) + data


def unframe(data: bytes | bytearray) -> dict[str, Any]:
    """The header that ``frame`` wrote, its length left out."""
    found: dict[str, Any] = json.loads(data.decode("utf-8", "surrogatepass"))
    return found


def send(connection: socket.socket, header: Mapping[str, Any], body: bytes, descriptor: int | None) -> None:
    """Send an answer; blocks until it is taken."""
    data = frame({**header, "length": len(body), "spooled": descriptor is not None}) + body
    # The descriptor travels with the first byte.
    sent = connection.send(data) if descriptor is None else socket.send_fds(connection, [data], [descriptor])
    connection.sendall(data[sent:])


def receive(connection: socket.socket) -> dict[str, Any] | None:
    """The next job; None where the other side is gone."""
    head = _exactly(connection, LENGTH.size)
    if head is None:
        return None
    data = _exactly(connection, LENGTH.unpack(head)[0])
    return None if data is None else unframe(data)


def _exactly(connection: socket.socket, size: int) -> bytearray | None:
    data = bytearray()
    while len(data) < size:
        piece = connection.recv(min(size - len(data), 1 << 20))
        if not piece:
            return None
        data += piece
    return data
