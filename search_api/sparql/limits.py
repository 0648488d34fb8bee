"""The limits of one result inside a worker: how many rows, how many bytes, and where the bytes go meanwhile."""

from __future__ import annotations

import io
import tempfile
from typing import IO, Final

INLINE: Final = 1 << 16


class TooManyRowsError(Exception):
    """The result has more rows or triples than allowed."""


class TooManyBytesError(Exception):
    """The result is longer than allowed."""


class Spool(io.RawIOBase):
    """Takes a result until it is complete: in memory while it is short, then in a file that has no name.

    Nothing is sent before the end is reached, so an error never follows half a result; and the file goes with its last
    descriptor, so a process that is killed leaves nothing behind. Raises TooManyBytesError past ``limit`` bytes.
    """

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._memory: bytearray | None = bytearray()
        self._file: IO[bytes] | None = None
        self.size = 0

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Append bytes."""
        self.size += len(data)
        if self.size > self._limit:
            raise TooManyBytesError
        if self._memory is not None:
            self._memory += data
            if self.size > INLINE:
                self._to_file()
        else:
            assert self._file is not None
            self._file.write(data)
        return len(data)

    def inline(self) -> bytes:
        """All that was written, where it is short; empty where ``descriptor`` has it."""
        return bytes(self._memory or b"")

    def descriptor(self) -> int | None:
        """The open file that holds a long result, None where it is short."""
        if self._file is None:
            return None
        self._file.flush()
        return self._file.fileno()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
        super().close()

    def _to_file(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="policyweave-")  # noqa: SIM115
        assert self._memory is not None
        self._file.write(self._memory)
        self._memory = None
