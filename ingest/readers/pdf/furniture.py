"""Running heads, running feet and page numbers: what stands at the edge of page after page; and the numbers printed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Final

from ingest.readers.pdf.lines import Line, line_of, rows
from ingest.readers.pdf.words import PageWords, Word
from ingest.text.wording import is_page_number

# Rows at either edge that are looked at, and the share of the page's height that they lie in.
_ROWS: Final = 4
_EDGE: Final = 0.17
_FEWEST: Final = 3
_ROMAN_VALUES: Final[Mapping[str, int]] = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_ROMAN: Final = re.compile(r"c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
# Rows with more numbers than this are no running heads.
_NUMBERS: Final = 3
_Key = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row near an edge; two rows with a key in common, on different pages, say the same at the same height."""

    side: str
    keys: frozenset[_Key]
    row: list[Word]


def set_apart(pages: Sequence[PageWords]) -> list[tuple[PageWords, list[Line]]]:
    """Each page without its furniture, labelled with its printed number where it has one, and its furniture."""
    edges = [list(_edge_rows(page)) for page in pages]
    counts = Counter(key for page in edges for key in {key for edge in page for key in edge.keys})
    fewest = min(_FEWEST, max(2, len(pages) - 1))
    parted = []
    for page, candidates in zip(pages, edges, strict=True):
        repeated = [(edge, any(counts[key] >= fewest for key in edge.keys)) for edge in candidates]
        gone = [*_outermost(repeated, "top"), *reversed(_outermost(repeated, "foot"))]
        taken = {id(word) for row in gone for word in row}
        kept = tuple(word for word in page.words if id(word) not in taken)
        parted.append((replace(page, words=kept), [line_of(row) for row in gone]))
    labels = printed_numbers([[line.text for line in gone] for _, gone in parted])
    return [
        (replace(page, label=page.label or _other(label, page.number)), gone)
        for (page, gone), label in zip(parted, labels, strict=True)
    ]


def _other(label: str | None, number: int) -> str | None:
    return label if label != str(number) else None


def _edge_rows(page: PageWords) -> Iterator[_Edge]:
    """Rows near the top and foot, the outermost first."""
    _, height = page.reading_size
    found = rows(page.words)
    for row, edge in [(row, "top") for row in found[:_ROWS]] + [(row, "foot") for row in found[: -_ROWS - 1 : -1]]:
        middle = (row[0].top + row[0].bottom) / 2
        if middle < _EDGE * height if edge == "top" else middle > (1 - _EDGE) * height:
            shapes = _shapes([word.text.casefold() for word in row], page.number)
            yield _Edge(edge, frozenset((edge, shape, round(middle / 8)) for shape in shapes), row)


def _shapes(words: Sequence[str], page: int) -> Iterator[str]:
    """What is the same from page to page: the words, each number as it is or as its distance from the page's."""
    choices = [(word,) if (value := _value(word)) is None else (word, f"#{value - page}") for word in words]
    if sum(len(choice) > 1 for choice in choices) > _NUMBERS:
        choices = [choice[:1] for choice in choices]
    return (" ".join(chosen) for chosen in product(*choices))


def _value(word: str) -> int | None:
    if re.fullmatch(r"\d{1,4}", word):
        return int(word)
    return _roman(word) if word and _ROMAN.fullmatch(word) else None


def _outermost(candidates: Sequence[tuple[_Edge, bool]], side: str) -> list[list[Word]]:
    """Rows from the edge inwards as long as they are repeated, or say nothing but a number."""
    gone = []
    for edge, repeated in candidates:
        if edge.side == side:
            if not repeated and not is_page_number(" ".join(word.text for word in edge.row)):
                break
            gone.append(edge.row)
    return gone


def printed_numbers(furniture: Sequence[Sequence[str]]) -> list[str | None]:
    """For each page the number that its furniture shows, where it counts on from a neighbouring page's.

    >>> printed_numbers([["iii"], ["iv"], ["Water 1"], ["Water 2"], []])
    ['iii', 'iv', '1', '2', None]
    """
    found = [list(dict.fromkeys(_numbers(texts))) for texts in furniture]
    support: dict[tuple[bool, int], set[int]] = defaultdict(set)
    for index, numbers in enumerate(found):
        for _, value, roman in numbers:
            support[roman, value - index].add(index)
    labels: list[str | None] = []
    for index, numbers in enumerate(found):
        sure = [
            (len(pages), text)
            for text, value, roman in numbers
            if {index - 1, index + 1} & (pages := support[roman, value - index])
        ]
        labels.append(max(sure, key=lambda each: each[0])[1] if sure else None)
    return labels


def _numbers(texts: Sequence[str]) -> Iterator[tuple[str, int, bool]]:
    """Numbers as printed, their values, and whether they are Roman."""
    for text in texts:
        for word in re.findall(r"(?<![\w.-])\d{1,4}(?![\w.-])", text):
            yield word, int(word), False
        for word in re.findall(r"\b[ivxlc]+\b", text):
            if _ROMAN.fullmatch(word):
                yield word, _roman(word), True


def _roman(numeral: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in numeral]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))
