"""Physical lines of a source with what their shape alone says: blank, rule, fence, table, list item, heading mark."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LineKind = Literal["blank", "rule", "underline", "fence", "table", "hash", "item", "text"]

_LINE = re.compile(r"([^\n\r\f\v\x85\u2028\u2029]*)(?:\r\n|[\n\r\f\v\x85\u2028\u2029]|$)")
_QUOTE = re.compile(r"(?:\s{0,3}>\s?)+")
_RULE = re.compile(r"(?:[-*_]\s*){3,}|[=~\u2014\u2500_]{3,}")
_FENCE = re.compile(r"(?:```|~~~)")
_TABLE_RULE = re.compile(r"[|+:\s-]*")
_HASH = re.compile(r"(#{1,6})(?:\s+|(?=[^\s#\d]))")
_ITEM = re.compile(
    r"(?P<mark>[-*+\u2022\u00b7\u25aa\u25cf\u25e6\u2023\u2043\uf0b7\u2013]"
    r"|o(?=\s\s)|\((?:\d{1,3}|[A-Za-z]{1,2}|[ivx]{1,5})\)|(?:\d{1,3}|[a-z]|[ivx]{1,5})\)|\d{1,3}\.|[a-z]\.)\s+(?=\S)"
    r"|(?P<wide>[\uff08(](?:[一二三四五六七八九十]{1,3}|(?<=\uff08)\d{1,2})[\uff09)])\s*(?=\S)"
)
_BULLET = frozenset("o-*+\u2022\u00b7\u25aa\u25cf\u25e6\u2023\u2043\uf0b7\u2013")


@dataclass(frozen=True, slots=True)
class Line:
    """One line: ``start:end`` is its content without quote marks and white space, ``body`` where a mark's text begins.

    ``mark`` holds the ``#`` signs of a heading or the marker of a list item.
    """

    kind: LineKind
    start: int
    end: int
    body: int
    mark: str

    @property
    def bullet(self) -> bool:
        """Whether it is an item with a bullet, which cannot be anything else (a number might be a heading's)."""
        return self.kind == "item" and self.mark in _BULLET


def scan(text: str) -> list[Line]:
    """All lines of ``text`` in order. Linear in its length.

    >>> [line.kind for line in scan("# Aims\\n\\n- roads")]
    ['hash', 'blank', 'item']
    """
    lines: list[Line] = []
    for match in _LINE.finditer(text):
        if match.end() == match.start() and match.start() == len(text) and lines:
            break
        lines.append(_line(text, match.start(1), match.end(1)))
    return lines


def _line(text: str, start: int, end: int) -> Line:
    if quote := _QUOTE.match(text, start, end):
        start = quote.end()
    content = text[start:end].strip(" \t\xa0\u3000\ufeff\u200b")
    if not content.strip():
        return Line("blank", start, start, start, "")
    start = text.index(content, start, end)
    end = start + len(content)
    kind, width, mark = _shape(content)
    if kind == "hash":
        end = start + len(re.sub(r"(?<!\s)\s++#++$", "", content))
    return Line(kind, start, end, min(start + width, end), mark)


def _is_table(content: str) -> bool:
    """Whether a line is a row between bars, or a rule of dashes with a bar or cross after them."""
    if len(content) > 1 and content[0] == content[-1] == "|":
        return True
    dashes = content.find("---")
    drawn = dashes >= 0 and _TABLE_RULE.fullmatch(content) is not None
    return drawn and ("|" in content[dashes:] or "+" in content[dashes:])


def _shape(content: str) -> tuple[LineKind, int, str]:
    """Kind of a line that is not blank, the width of its mark with the space after it, and the mark."""
    kind: LineKind = "text"
    width, mark = 0, ""
    if _FENCE.match(content):
        kind, mark = "fence", content[:3]
    elif len(content) < 200 and _RULE.fullmatch(content):
        kind, mark = ("underline" if re.fullmatch(r"=+|-+", content) else "rule"), content[0]
    elif len(content) < 5000 and _is_table(content):
        kind = "table"
    elif match := _HASH.match(content):
        kind, width, mark = "hash", match.end(), match[1]
    elif match := _ITEM.match(content):
        kind, width, mark = "item", match.end(), match["mark"] or match["wide"]
    return kind, width, mark


def item_mark(content: str) -> int:
    """The width of the list mark that a line begins with, white space after it included; 0 where there is none.

    >>> item_mark("(a) to build schools"), item_mark("Schools")
    (4, 0)
    """
    match = _ITEM.match(content)
    return match.end() if match else 0
