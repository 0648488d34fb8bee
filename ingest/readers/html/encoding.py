"""The characters of a web page, by the order of the HTML standard: byte order mark, declaration, then what fits."""

from __future__ import annotations

import codecs
import re

from ingest.readers.encodings import guessed_encoding, marked_encoding

_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*(?P<meta>[\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"'](?P<xml>[\w.:-]+)",
    re.IGNORECASE,
)
# The standard asks for the declaration within 1,024 bytes; pages exist that put comments before it.
_SEARCHED = 8192
# What pages that declare these names really are written in (WHATWG Encoding Standard).
_MEANT = {
    "iso8859-1": "windows-1252",
    "ascii": "windows-1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "utf-16": "utf-8",
}


def decode_page(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a page and notes on its decoding. Bytes that do not fit become U+FFFD; nothing fails.

    >>> decode_page(b'<meta charset="gb2312"><p>' + "\\u6559\\u5e08".encode("gbk"))[0][-2:]
    '\\u6559\\u5e08'
    """
    if marked := marked_encoding(data):
        return data.decode(marked, "replace").lstrip("\ufeff"), ()
    declared = _declared(data)
    for encoding in filter(None, (declared, "utf-8")):
        try:
            return data.decode(encoding).lstrip("\ufeff"), ()
        except UnicodeDecodeError:
            continue
    encoding = declared or guessed_encoding(data) or "windows-1252"
    why = "as it declares, with some damaged characters" if declared else "because it does not say its encoding"
    return data.decode(encoding, "replace"), (f"read as {encoding.upper()}, {why}",)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, _SEARCHED)
    if found is None:
        return None
    try:
        name = codecs.lookup((found["meta"] or found["xml"]).decode("ascii", "replace")).name
    except LookupError:
        return None
    return _MEANT.get(name, name)
