"""The answer in a few lines, made of labels and quotes only: no sentence without the mark of its citation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from search_api.headline import NAMES
from search_api.schemas import Citation, Item, ItemType, TextCitation

MARKS_PER_ITEM: Final = 2
QUOTED_PASSAGES: Final = 2
THEMES_FROM: Final = 6


class MarkedText:
    """Collects text and the marks in it. Numbers are given to places in the order in which they are first cited."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.marks: list[TextCitation] = []

    def write(self, text: str) -> None:
        """Append text."""
        self.parts.append(text)
        self.length += len(text)

    def mark(self, number: int) -> None:
        """Append the mark of a place."""
        start = self.length
        self.write(f"[{number}]")
        self.marks.append(TextCitation(index=len(self.marks), start=start, end=self.length, citation=number))


def numbered(items: Sequence[Item], passages: Sequence[Citation]) -> dict[tuple[str, int, int], int]:
    """Citation numbers from 1 by document and characters: items' citations in order, then passages."""
    numbers: dict[tuple[str, int, int], int] = {}
    for citation in [*(c for item in items for c in item.citations), *passages]:
        numbers.setdefault(_key(citation), len(numbers) + 1)
    return numbers


Groups = Sequence[tuple[str, Sequence[Item]]]


def compose(
    items: Sequence[Item], passages: Sequence[Citation], groups: Groups | None = None
) -> tuple[str, list[TextCitation]]:
    """Text and marks for the items, grouped (by status or theme if not otherwise) and counted.

    For an answer without items, the best passages quoted.
    """
    numbers, writer = numbered(items, passages), MarkedText()
    for heading, members in _grouped(items) if groups is None else groups:
        if writer.parts:
            writer.write("\n")
        writer.write(f"{heading}: ")
        for position, item in enumerate(members):
            writer.write("; " if position else "")
            writer.write(f"{tidy(item.label)} ")
            for citation in item.citations[:MARKS_PER_ITEM]:
                writer.mark(numbers[_key(citation)])
        writer.write(".")
    if not items:
        for position, citation in enumerate(passages[:QUOTED_PASSAGES]):
            writer.write("\n" if position else "")
            writer.write(f"“{tidy(citation.quote)}” ")
            writer.mark(numbers[_key(citation)])
    return "".join(writer.parts), writer.marks


def by_actor(items: Sequence[Item]) -> Groups:
    """Items under those who carry them out, in the order of the items; those that name nobody last."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        for actor in item.actors:
            groups.setdefault(actor, []).append(item)
    unnamed = [item for item in items if not item.actors]
    nobody = "The papers do not say who" if len(unnamed) == len(items) else "Without saying who"
    return [*groups.items(), *([(nobody, unnamed)] if unnamed else [])]


def _grouped(items: Sequence[Item]) -> Groups:
    """Items under the beginnings of their lines: measures by status, many challenges by theme, the others together."""
    if not items:
        return []
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(_group(item, len(items)), []).append(item)
    papers = len({citation.document for item in items for citation in item.citations})
    total = f"{counted_as(len(items), items[0].type)} in {_number(papers, 'paper', 'papers')}"
    if len(groups) == 1:
        name = next(iter(groups))
        return [(f"{total}, {'all ' * (len(items) > 1)}{name}" if name else total, list(items))]
    said = [f"{len(members)} {'is' if len(members) == 1 else 'are'} {name}" for name, members in groups.items()]
    said[0] = f"Of {total}, {said[0]}"
    return list(zip(said, groups.values(), strict=True))


def _group(item: Item, number: int) -> str:
    if item.type == "measure":
        return item.status or "proposed"
    if item.type == "challenge" and number >= THEMES_FROM and item.theme:
        return f"about {item.theme.replace('-', ' ')}" if item.theme != "other" else "about other things"
    return ""


def counted_as(number: int, kind: ItemType) -> str:
    """A number of items of one kind.

    >>> counted_as(1, "region"), counted_as(3, "statistic")
    ('1 region', '3 figures')
    """
    return _number(number, *NAMES[kind])


def _number(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def tidy(text: str) -> str:
    """A text on one line, without the stop at its end and without quotation marks that lack their partner.

    >>> tidy('Open “night schools” and\\n"field schools.')
    'Open “night schools” and field schools'
    """
    line = " ".join(text.split()).rstrip(".;")
    if line.count("“") != line.count("”"):
        line = line.replace("“", "").replace("”", "")
    return line.replace('"', "") if line.count('"') % 2 else line


def _key(citation: Citation) -> tuple[str, int, int]:
    return citation.document, citation.start, citation.end
