"""Numbers as people write them: digits with any grouping, words up to the thousands, fractions. No units here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

NumeralForm = Literal["digits", "words", "ratio", "fraction", "share"]

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = (
    {word: float(value) for value, word in enumerate(_ONES)}
    | {word: float(20 + 10 * index) for index, word in enumerate(_TENS)}
    | {"a": 1.0, "an": 1.0}
)
_MULTIPLIERS = {"dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "twelfth": 12,
}

_ORDINALS = [
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
]
_WORD = "|".join(sorted([w for w in _VALUES if w not in {"a", "an"}] + list(_MULTIPLIERS), key=len, reverse=True))
_SIMPLE = "|".join(_ONES[1:11])
DIGITS = (
    r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?"  # 1,234.5
    r"|\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?"  # 12,34,567
    r"|\d{1,3}(?:[\u00a0\u2009\u202f ]\d{3})+(?![\d])(?:\.\d+)?"  # 1 234 567
    r"|\d+,\d{1,2}(?=\s?(?:%|per ?cent\b))"  # 3,5 %
    r"|\d+(?:\.\d+)?|\.\d+)"
)
_NUMERAL = re.compile(
    rf"(?P<share>\b(?:one|\d{{1,3}}|{_SIMPLE})(?: out of(?: every)?| in(?: every)?) (?:\d{{1,3}}"
    rf"|{_SIMPLE})(?![\d.,]\d| ?%)(?=\s+[a-z]))"
    rf"|(?P<ratio>(?<![\d.,:/])\d+(?:\.\d+)?\s?[:：]\s?\d+(?:\.\d+)?(?![\d:]|\.\d))"
    rf"|(?P<fraction>(?<![\d.,:/\w-])\d{{1,3}}/\d{{1,4}}(?![\d/\w]|\.\d))"
    rf"|(?P<halves>\bhalf an? (?:hundred|thousand|dozen)\b|\bhalf an?(?= (?:[mb]|tr|quadr)illion\b))"
    rf"|(?P<part>\b(?:(?:a|an|one|{_SIMPLE})[- ](?:{'|'.join(_PARTS)})s?\b|half\b|halves\b|[½¼¾⅓⅔]))"
    rf"|(?P<digits>(?<![\w.,])[-−+]?{DIGITS})"
    rf"|(?P<words>\ban?(?=\s(?:[mb]|tr)illion\b)|\b(?:an?\s+(?=hundred|thousand"
    rf"|dozen))?(?:{_WORD})(?:(?:[\s-]+|\s+and\s+)(?:{_WORD}))*\b)",
    re.IGNORECASE,
)
# Longer rows of digits are account numbers, codes or noise; the world economy is some 10 to the 14th dollars.
_LARGEST = 1e18
_GLYPHS = {"½": 50.0, "¼": 25.0, "¾": 75.0, "⅓": 33.3, "⅔": 66.7}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a text. ``value`` of a ratio is its quotient, of a share or a part in words a percentage."""

    start: int
    end: int
    value: float
    form: NumeralForm
    text: str


def parse_digits(text: str) -> float:
    """Value of digits with or without grouping.

    >>> [parse_digits(digits) for digits in ("1,234.5", "12,34,567", "1 234", "3,5", "−2")]
    [1234.5, 1234567.0, 1234.0, 3.5, -2.0]
    """
    plain = re.sub(r"[\s\u00a0\u2009\u202f]", "", text).replace("−", "-")
    if re.fullmatch(r"[-+]?\d+,\d{1,2}", plain):
        return float(plain.replace(",", "."))
    return float(plain.replace(",", ""))


def parse_words(text: str) -> float | None:
    """Value of a number in words below a million, or None where the words do not make one number.

    >>> parse_words("two hundred and forty-five"), parse_words("twelve thousand"), parse_words("two three")
    (245.0, 12000.0, None)
    """
    words = [word for word in re.split(r"[\s-]+", text.lower()) if word]
    total, group, last = 0.0, 0.0, float("inf")
    for index, word in enumerate(words):
        if word == "and":
            if index == 0 or words[index - 1] not in _MULTIPLIERS:
                return None
        elif word in _MULTIPLIERS:
            if group == 0:
                return None
            group, last = group * _MULTIPLIERS[word], _MULTIPLIERS[word]
            if word == "thousand":
                total, group = total + group, 0.0
        elif not _follows(_VALUES.get(word), last, word):
            return None
        else:
            group, last = group + _VALUES[word], _VALUES[word]
    return total + group


def parse_ordinal(text: str) -> float | None:
    """Value of an ordinal in words up to "twelfth" or in digits, None for anything else.

    >>> parse_ordinal("third"), parse_ordinal("61st"), parse_ordinal("61")
    (3.0, 61.0, None)
    """
    if text in _ORDINALS:
        return float(_ORDINALS.index(text) + 1)
    written = re.fullmatch(r"(\d{1,4})(?:st|nd|rd|th)", text)
    return float(written[1]) if written else None


def _follows(value: float | None, last: float, word: str) -> bool:
    if value is None or last == 0 or word == "zero":
        return value is not None and last == float("inf")
    tens_then_ones = 20 <= last < 100 and value < 10
    return last >= 100 or tens_then_ones


def find_numerals(text: str) -> tuple[Numeral, ...]:
    """All numbers of the text from left to right, whatever they count: dates and labels are not told apart here."""
    found = (_numeral(match) for match in _NUMERAL.finditer(text))
    return tuple(numeral for numeral in found if numeral is not None)


def _numeral(match: re.Match[str]) -> Numeral | None:
    written, kind = match.group(), match.lastgroup
    value: float | None
    form: NumeralForm
    if kind == "share":
        ends = re.split(r"\s+(?:out of(?: every)?|in(?: every)?)\s+", written.lower())
        value, form = _quotient(*(_small(end) for end in ends)), "share"
        value = None if value is None or value >= 1 else round(100 * value, 1)
    elif kind == "ratio":
        left, right = (float(side) for side in re.split(r"\s?[:：]\s?", written))
        value, form = _quotient(left, right), "ratio"
        value = None if value is None else round(value, 3)
    elif kind == "fraction":
        top, bottom = (float(side) for side in written.split("/"))
        value, form = _quotient(top, bottom), "fraction"
        value = None if value is None else round(value, 3)
    elif kind == "part":
        value, form = _part(written.lower()), "share"
    elif kind == "digits":
        value, form = parse_digits(written), "digits"
    elif kind == "halves":
        value, form = (parse_words("a" + written.lower()[4:].removeprefix(" an").removeprefix(" a")) or 0) / 2, "words"
    else:
        value, form = parse_words(written), "words"
    measurable = value is not None and abs(value) < _LARGEST
    return Numeral(match.start(), match.end(), value, form, written) if measurable and value is not None else None


def _small(text: str) -> float:
    return float(text) if text.isdigit() else _VALUES[text]


def _quotient(top: float, bottom: float) -> float | None:
    return top / bottom if bottom else None


def _part(written: str) -> float | None:
    if written in _GLYPHS:
        return _GLYPHS[written]
    words = re.split(r"[\s-]", written)
    top = 1.0 if len(words) == 1 else _VALUES.get(words[0], 1.0)
    name = words[-1] if words[-1] in _PARTS else words[-1].removesuffix("s")
    bottom = _PARTS.get("half" if name == "halve" else name)
    return None if bottom is None or top >= bottom else round(100 * top / bottom, 1)
