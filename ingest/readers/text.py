"""Plain text files: strict UTF-8, and the decoded characters are the text, newlines and byte order mark included."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.errors import UnreadableSourceError

# C0 controls but tab, line feed, vertical tab, form feed, carriage return: no text file holds them, binaries do.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, name: str) -> str:
    """Characters of a UTF-8 text file, nothing translated or stripped.

    Raises UnreadableSourceError for bytes that are not UTF-8, control characters, or nothing but white space.

    >>> decode(b"a\\r\\nb", "memo.txt")
    'a\\r\\nb'
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\x00" in data[:8192]:
            raise _binary(name, data.index(b"\x00")) from error
        raise UnreadableSourceError(
            f"{name} is not UTF-8: byte {data[error.start]:#04x} at offset {error.start}. "
            "Convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8 IN > OUT"
        ) from error
    if control := _CONTROL.search(text):
        raise _binary(name, len(text[: control.start()].encode()))
    if not text.strip("\ufeff \t\r\n\f\v\xa0\u200b\u2028\u2029\u3000"):
        raise UnreadableSourceError(f"{name} is empty. Remove it or put the paper's text into it.")
    return text


def _binary(name: str, offset: int) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"{name} is not a text file: control character at byte offset {offset}. "
        "Give the file the ending of its real format, or export it as UTF-8 text."
    )


@dataclass(frozen=True, slots=True)
class TextReader:
    """Reads ``.txt`` files."""

    suffixes: tuple[str, ...] = (".txt",)
    media_type: str = "text/plain"

    def extract(self, data: bytes, name: str) -> str:
        """The decoded file as it is."""
        return decode(data, name)
