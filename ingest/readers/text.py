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


_UTF8 = "utf-8"


def read(data: bytes, name: str, limits: Limits) -> Source:
    """The decoded file as it is; a note says which encoding was assumed where the file does not say."""
    return read_as("text/plain", data, name, limits)


def read_as(media_type: str, data: bytes, name: str, _limits: Limits) -> Source:
    """The same under another media type, which names the encoding unless it is UTF-8: so bytes can be checked again."""
    text, charset, sure = decode(data, name)
    notes = () if sure else (f"read as {charset.upper()}, which its letters speak for; it does not say",)
    kind = media_type if charset == _UTF8 else f"{media_type}; charset={charset}"
    return Source(name, kind, sha256(data), text, notes=notes)


def decode(data: bytes, name: str) -> tuple[str, str, bool]:
    """Characters of a text file, nothing translated or stripped, its encoding, and whether the file itself says it.

    A byte order mark decides, then UTF-8 where the bytes are just that, then what the letters spell. Raises
    UnreadableSourceError for bytes of no certain encoding, control characters, or nothing but white space.

    >>> decode(b"a\\r\\nb", "memo.txt")
    ('a\\r\\nb', 'utf-8', True)
    """
    text, charset, sure = _decoded(data, name)
    if control := _CONTROL.search(text):
        raise _binary(name, len(text[: control.start()].encode(errors="surrogatepass")))
    if not text.strip("\ufeff \t\r\n\f\v\xa0\u200b\u2028\u2029\u3000"):
        raise UnreadableSourceError(f"{name} is empty. Remove it or put the paper's text into it.")
    return text, charset, sure


def _decoded(data: bytes, name: str) -> tuple[str, str, bool]:
    marked = marked_encoding(data)
    try:
        return data.decode(marked or _UTF8), marked or _UTF8, True
    except UnicodeDecodeError as error:
        if marked is not None:
            raise UnreadableSourceError(
                f"{name} begins as {marked.upper()} but breaks off from it at byte offset {error.start}. "
                "Save it anew as UTF-8."
            ) from error
        if b"\x00" in data[:8192]:
            raise _binary(name, data.index(b"\x00")) from error
        return _guessed(data, name, error)


def _guessed(data: bytes, name: str, problem: UnicodeDecodeError) -> tuple[str, str, bool]:
    """Text in the encoding that its letters speak for, if its bytes are just what that encoding writes."""
    encoding = guessed_encoding(data)
    try:
        if encoding is not None and (text := data.decode(encoding)).encode(encoding) == data:
            return text, encoding, False
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
