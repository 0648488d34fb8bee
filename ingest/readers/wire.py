"""How the reading process and its parent talk over a socket: frames of a length and that many bytes.

Data, not objects: a parser that a file has taken over can send nothing that runs in the parent.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import Final

from kg.errors import PolicyweaveError

LENGTH: Final = struct.Struct("!Q")
_CHUNK: Final = 1 << 20
OUT_OF_MEMORY: Final = 71
TOO_DEEP: Final = 72
"""Exit statuses of a reading process that says why it ends."""
# Zero would mean not to wait at all; a socket that has an answer ready gives it in less.
_LEAST: Final = 0.001


class ClosedError(PolicyweaveError):
    """The other side has gone. Whoever talks to it turns this into an error that names the file."""


def send(connection: socket.socket, *frames: bytes) -> None:
    """Send frames. ClosedError if nobody reads them, TimeoutError as the socket's time-out says."""
    try:
        for frame in frames:
            connection.sendall(LENGTH.pack(len(frame)))
            connection.sendall(frame)
    except (BrokenPipeError, ConnectionResetError) as error:
        raise ClosedError("the other side has gone") from error


def receive(connection: socket.socket, deadline: float | None = None) -> bytearray:
    """The next frame. ClosedError if none comes any more; TimeoutError after ``deadline``, a time of the monotonic
    clock, or where there is none as the socket's time-out says.
    """
    (length,) = LENGTH.unpack(_exactly(connection, LENGTH.size, deadline))
    return _exactly(connection, length, deadline)


def _exactly(connection: socket.socket, length: int, deadline: float | None) -> bytearray:
    received = bytearray()
    while len(received) < length:
        if deadline is not None:
            connection.settimeout(max(_LEAST, deadline - time.monotonic()))
        try:
            chunk = connection.recv(min(_CHUNK, length - len(received)))
        except ConnectionResetError:
            chunk = b""
        if not chunk:
            raise ClosedError("the other side has gone")
        received += chunk
    return received
