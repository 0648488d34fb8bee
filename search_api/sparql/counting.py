"""Rows of a JSON result counted while Oxigraph writes them, which it does faster than Python could."""

from __future__ import annotations

from typing import BinaryIO, Final

from search_api.sparql.limits import TooManyRowsError

_HEAD_ENDS: Final = b'"bindings":['
# A term starts with this, and nothing else does: inside of a string no quotation mark stands without a backslash.
_TERM: Final = b'{"type":'
_BORDER: Final = b"},{"


class RowCounter:
    """Passes bytes of a SPARQL result in JSON on and counts its rows; TooManyRowsError past ``limit``.

    Between two rows, and nowhere else outside of strings, stands ``},{``. What is counted at once starts and ends
    outside of a string, so the count is exact whatever stands in the strings.
    """

    def __init__(self, out: BinaryIO, limit: int) -> None:
        self._out = out
        self._limit = limit
        self._held = b""
        self._in_head = True
        self._rows = 0

    def write(self, data: bytes) -> int:
        """Pass a piece on."""
        self._held += data
        if self._in_head and _HEAD_ENDS in self._held:
            # As if a row stood before the first one, so that each has a border before it.
            self._held = b"}," + self._held.partition(_HEAD_ENDS)[2]
            self._in_head = False
        if not self._in_head:
            self._count_what_is_sure()
        self._out.write(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def finish(self) -> int:
        """The number of rows, once all is written. TooManyRowsError past the limit."""
        self._add(_outside_of_strings(self._held))
        return self._rows

    def _count_what_is_sure(self) -> None:
        text = self._held
        if b'"' in text:
            # No term in it: a string has begun that goes on in the next piece.
            cut = max(text.rfind(_TERM), 0)
            borders = _borders(text[:cut])
        else:
            cut = max(len(text) - len(_BORDER) + 1, 0)
            borders = text.count(_BORDER)
        self._held = text[cut:]
        self._add(borders)

    def _add(self, borders: int) -> None:
        self._rows += borders
        if self._rows > self._limit:
            raise TooManyRowsError


def _borders(piece: bytes) -> int:
    """Borders in a piece that starts and ends outside of strings."""
    if b"},{}" in piece:
        # A row that binds nothing, or the same characters in a string.
        return _outside_of_strings(piece)
    # A name follows a border; where the quotation mark ends a string, something else does.
    return piece.count(b'},{"') - piece.count(b'},{"}') - piece.count(b'},{",')


def _outside_of_strings(piece: bytes) -> int:
    bare = piece.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b'"'.join(bare.split(b'"')[::2]).count(_BORDER)
