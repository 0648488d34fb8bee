"""The marks of list items: bullets (also those of symbol fonts), numbers and letters."""

from __future__ import annotations

import re
from typing import Final

_BULLET: Final = (
    "[\u2022\u2023\u2043\u2219\u25a0-\u25ab\u25aa-\u25c9\u25cb\u25cf\u25e6\u2605\u2606\u2610-\u2612\u2666\u2713-\u2718"
    "\u2756\u27a2\u27a4\u00b7\u00a7\ue000-\uf8ff]"
)
_MARK: Final = re.compile(
    rf"(?:{_BULLET}|[-\u2013\u2014*+o](?=\s)|\(?(?:[a-z]|[A-Z]|[ivx]{{1,5}}|\d{{1,2}})\)|[a-z]\.|[ivx]{{1,5}}\.)\s*"
)
_COUNTED: Final = re.compile(r"(\d{1,3})[.)]\s+(?=\S)")
_ANY: Final = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3})*|[A-Za-z]|[ivxIVX]{1,5})[.):]{0,2}")


def mark_width(text: str) -> int:
    """Characters of the mark that an item begins with, blanks included; 0 where there is none.

    >>> mark_width("\u2022 to build"), mark_width("(iv) to mend"), mark_width("A road")
    (2, 5, 0)
    """
    match = _MARK.match(text)
    return match.end() if match and match.end() < len(text) else 0


def is_bullet(text: str) -> bool:
    """Whether it begins with a sign that begins nothing but list items."""
    return re.match(_BULLET, text) is not None


def count_of(text: str) -> tuple[int, int] | None:
    """The number of an item like "3. Text" and the width of its mark, if it is one."""
    match = _COUNTED.match(text)
    return (int(match[1]), match.end()) if match else None


def is_mark(text: str) -> bool:
    """Whether it is a mark and nothing else.

    >>> is_mark("3.2"), is_mark("Roads")
    (True, False)
    """
    return _ANY.fullmatch(text) is not None or re.fullmatch(rf"{_BULLET}|[-\u2013\u2014*+o]", text) is not None
