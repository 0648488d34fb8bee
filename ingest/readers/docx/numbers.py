"""The numbers of a Word document's lists and headings, which its text does not hold: counted as Word counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from ingest.readers.docx.styles import Numbering, value
from ingest.readers.parsing import attribute, local_name

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHINESE_DIGITS = "〇一二三四五六七八九"
_MOST_LEVELS = 9
_LARGEST = 10_000


@dataclass(slots=True)
class _Level:
    """How one level of a list is numbered: format, text (``%1`` is the first level's number), first number."""

    form: str
    text: str
    start: int


class ListNumbers:
    """Counts through a document; ask for each numbered paragraph once, in order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: defaultdict[str, list[int | None]] = defaultdict(lambda: [None] * _MOST_LEVELS)
        self._begun: set[tuple[str, int]] = set()
        self._starts: dict[str, dict[int, int]] = {}
        for element in root if root is not None else ():
            if local_name(element) == "abstractNum":
                self._levels[attribute(element, "abstractNumId") or ""] = _levels(element)
            elif local_name(element) == "num":
                number = attribute(element, "numId") or ""
                self._lists[number] = value(element, "abstractNumId") or ""
                self._starts[number] = _restarts(element)

    def next(self, place: Numbering) -> str:
        """The number or bullet of the next paragraph at this place, "" where it has none."""
        kind = self._lists.get(place.list, "")
        levels = self._levels.get(kind, {})
        level = levels.get(place.level)
        if level is None or place.level >= _MOST_LEVELS:
            return ""
        counts = self._counts[kind]
        restart = self._starts.get(place.list, {}).get(place.level)
        if restart is not None and (place.list, place.level) not in self._begun:
            self._begun.add((place.list, place.level))
            counts[place.level] = restart
        else:
            before = counts[place.level]
            counts[place.level] = level.start if before is None else before + 1
        for deeper in range(place.level + 1, _MOST_LEVELS):
            counts[deeper] = None
        return _label(level, levels, counts)


def _levels(element: etree._Element) -> dict[int, _Level]:
    found = {}
    for child in element:
        number = attribute(child, "ilvl") or ""
        if local_name(child) == "lvl" and number.isdigit():
            start = value(child, "start") or "1"
            found[int(number)] = _Level(
                value(child, "numFmt") or "decimal", value(child, "lvlText") or "", int(start) if start.isdigit() else 1
            )
    return found


def _restarts(element: etree._Element) -> dict[int, int]:
    """Levels at which this list starts anew, each with its first number."""
    found = {}
    for child in element:
        number, start = attribute(child, "ilvl") or "", value(child, "startOverride") or ""
        if local_name(child) == "lvlOverride" and number.isdigit() and start.isdigit():
            found[int(number)] = int(start)
    return found


def _label(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    if level.form == "bullet":
        return "•"
    if level.form == "none":
        return ""

    def number(match: re.Match[str]) -> str:
        place = int(match[1]) - 1
        one = levels.get(place)
        return _format((counts[place] or one.start) if one else 1, one.form if one else "decimal")

    return re.sub(r"%([1-9])", number, level.text).strip()


def _format(number: int, form: str) -> str:
    """A number as Word writes it; formats without a rule here as plain figures.

    >>> _format(4, "upperRoman"), _format(28, "lowerLetter"), _format(21, "chineseCounting")
    ('IV', 'bb', '二十一')
    """
    writers: dict[str, Callable[[int], str]] = {
        "lowerLetter": _letters,
        "upperLetter": lambda count: _letters(count).upper(),
        "lowerRoman": _roman,
        "upperRoman": lambda count: _roman(count).upper(),
        "decimalZero": lambda count: f"{count:02}",
        "chineseCounting": _chinese,
        "chineseCountingThousand": _chinese,
        "japaneseCounting": _chinese,
    }
    return writers.get(form, str)(number) if 0 < number < _LARGEST else str(number)


def _letters(number: int) -> str:
    turns, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (turns + 1)


def _roman(number: int) -> str:
    written = ""
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        written += sign * count
    return written


def _chinese(number: int) -> str:
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    lead = ("" if tens == 1 else _CHINESE_DIGITS[tens]) + "十" if tens else ""
    return lead + (_CHINESE_DIGITS[ones] if ones or not tens else "")
