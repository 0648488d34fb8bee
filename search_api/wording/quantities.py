"""Numbers in a sentence, comparable however they are written: digits with separators, words, scales and percent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from kg.units import SCALES

_UNITS: Final = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TEENS: Final = "seventeen eighteen nineteen"
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS: Final[Mapping[str, int]] = MappingProxyType(
    {
        **{word: value for value, word in enumerate(f"{_UNITS} {_TEENS}".split())},
        **{word: 10 * value for value, word in enumerate(_TENS.split(), 2)},
        "dozen": 12,
        "half": 50,
    }
)
# "One" is a pronoun more often than a number.
_COUNTED: Final = "|".join(word for word in _WORDS if word not in ("zero", "one", "half"))
_SCALE: Final = "hundred|thousand|million|billion|trillion|lakh|crore"
_PERCENT: Final = r"%|per ?cent\b|percentage points?\b"
_NUMBER: Final = re.compile(
    rf"(?<![\w.])(?P<digits>\d{{1,3}}(?:[, \u00a0\u202f]\d{{3}})+(?!\d)|\d+)(?P<fraction>\.\d+)?(?!\w)"
    rf"(?:[ \u00a0-]?(?P<scale>{_SCALE})\b)?(?:[ \u00a0-]?(?P<percent>{_PERCENT}))?"
    rf"|\b(?:(?P<ten>{_TENS.replace(' ', '|')})-)?(?P<word>{_COUNTED})\b"
    rf"(?:[ -](?P<wordscale>{_SCALE})\b)?(?: (?P<wordpercent>{_PERCENT}))?",
    re.IGNORECASE,
)
_MIXED: Final = re.compile(r"\b(?=\w*\d)(?=\w*[^\W\d_])\w+\b")
Quantity = tuple[Decimal, str]


def quantities(text: str) -> set[Quantity]:
    """Values with their unit, which is ``%`` or nothing.

    >>> sorted(quantities("1.5 million euros, twelve schools and 7 per cent of 2,400"))
    [(Decimal('7'), '%'), (Decimal('12'), ''), (Decimal('2400'), ''), (Decimal('1500000'), '')]
    """
    return set(_found(text))


def codes(text: str) -> set[str]:
    """Words with digits in them, such as 5G, A12 or 14th, lower case."""
    return {match.group().casefold() for match in _MIXED.finditer(text)}


def missing(sentence: str, source: str) -> list[str]:
    """Numbers of a sentence that the source does not have, as text. A bare number may stand for one in percent."""
    held = quantities(source)
    values = {value for value, _ in held}
    lost = [
        f"{value.normalize():f}{unit}"
        for value, unit in sorted(quantities(sentence))
        if (value, unit) not in held and (unit or value not in values)
    ]
    return lost + sorted(codes(sentence) - codes(source))


def _found(text: str) -> Iterator[Quantity]:
    for match in _NUMBER.finditer(text):
        part = match.groupdict()
        if part["digits"]:
            value = Decimal(re.sub(r"\D", "", part["digits"]) + (part["fraction"] or ""))
        else:
            value = Decimal(_WORDS[part["word"].lower()] + (_WORDS[part["ten"].lower()] if part["ten"] else 0))
        scale = part["scale"] or part["wordscale"]
        factor = Decimal(int(SCALES[scale.lower()])) if scale else Decimal(1)
        yield (value * factor).normalize() + 0, "%" if part["percent"] or part["wordpercent"] else ""
