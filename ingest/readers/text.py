"""Plain text files: the decoded characters are the text, newlines and byte order mark included."""

from __future__ import annotations

import re

from ingest.readers.encodings import guessed_encoding, marked_encoding
from ingest.readers.port import Limits
from kg.errors import UnreadableSourceError
from kg.identifiers import sha256
from kg.records import Source

# C0 controls but tab, line feed, vertical tab, form feed, carriage return: no text file holds them, binaries do.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def read(data: bytes, name: str, _limits: Limits) -> Source:
    """The decoded file as it is; a note says which encoding was assumed where the file does not say."""
    text, notes = decode(data, name)
    return Source(name, "text/plain", sha256(data), text, notes=notes)


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Characters of a text file, nothing translated or stripped, and what a user should know of the decoding.

    A byte order mark decides, then UTF-8 where the bytes are just that, then what the letters spell. Raises
    UnreadableSourceError for bytes of no certain encoding, control characters, or nothing but white space.

    >>> decode(b"a\\r\\nb", "memo.txt")
    ('a\\r\\nb', ())
    """
    text, notes = _decoded(data, name)
    if control := _CONTROL.search(text):
        raise _binary(name, len(text[: control.start()].encode(errors="surrogatepass")))
    if not text.strip("\ufeff \t\r\n\f\v\xa0\u200b\u2028\u2029\u3000"):
        raise UnreadableSourceError(f"{name} is empty. Remove it or put the paper's text into it.")
    return text, notes


def _decoded(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    marked = marked_encoding(data)
    try:
        return data.decode(marked or "utf-8"), ()
    except UnicodeDecodeError as error:
        if marked is not None:
            raise UnreadableSourceError(
                f"{name} begins as {marked.upper()} but breaks off from it at byte offset {error.start}. "
                "Save it anew as UTF-8."
            ) from error
        if b"\x00" in data[:8192]:
            raise _binary(name, data.index(b"\x00")) from error
        return _guessed(data, name, error)


def _guessed(data: bytes, name: str, problem: UnicodeDecodeError) -> tuple[str, tuple[str, ...]]:
    encoding = guessed_encoding(data)
    try:
        if encoding is not None:
            return data.decode(encoding), (f"read as {encoding.upper()}, which its letters speak for; it does not say",)
    except UnicodeDecodeError as error:
        problem = error
    raise UnreadableSourceError(
        f"{name} is not UTF-8: byte {data[problem.start]:#04x} at offset {problem.start}. "
        "Convert it first, for example: iconv -f WINDOWS-1252 -t UTF-8 IN > OUT"
    ) from problem


def _binary(name: str, offset: int) -> UnreadableSourceError:
    return UnreadableSourceError(
        f"{name} is not a text file: control character at byte offset {offset}. "
        "Give the file the ending of its real format, or export it as UTF-8 text."
    )
