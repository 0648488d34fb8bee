"""The styles of a Word document: what kind of block each stands for, through all styles that it is based on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from ingest.readers.parsing import attribute, local_name
from kg.records import TextBlockKind

# The built-in heading style as Word names it inside files of every language, and as other programs translate it.
_HEADING = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|заголовок|標題|标题"
    r"|見出し|제목)\s*(?P<level>[1-9])(?:\D|$)",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[re.Pattern[str], TextBlockKind], ...] = (
    (re.compile(r"(?:toc|index|verzeichnis|tm|目录)\s*\d|toc heading|table of (?:figures|authorities)", re.I), "meta"),
    (re.compile(r"caption|beschriftung|légende|题注", re.I), "caption"),
    (re.compile(r"(?:footnote|endnote) text", re.I), "footnote"),
    (re.compile(r"bibliography|literaturverzeichnis|bibliographie", re.I), "reference"),
    (re.compile(r"header|footer", re.I), "meta"),
    (re.compile(r"html preformatted|macro", re.I), "code"),
)
_TITLE = re.compile(r"title|titel|标题|標題", re.IGNORECASE)
_BODY_LEVEL = 9


@dataclass(frozen=True, slots=True)
class Numbering:
    """The list that a paragraph belongs to and its level in it, from 0."""

    list: str
    level: int


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph's style says: its kind, outline level (from 1; 0: none), list, and if it is the title's.

    ``size`` is that of its letters in half points, 0 where no style says it.
    """

    kind: TextBlockKind = "paragraph"
    level: int = 0
    title: bool = False
    numbering: Numbering | None = None
    size: int = 0


class Styles:
    """Styles by their id."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, list[etree._Element]] = {}
        self._default: str | None = None
        for element in root if root is not None else ():
            if local_name(element) == "style" and (name := attribute(element, "styleId")) is not None:
                # Some programs write a style twice; what only one of them says still holds.
                self._elements.setdefault(name, []).append(element)
                if attribute(element, "default") in {"1", "true"} and attribute(element, "type") == "paragraph":
                    self._default = name
        self._known: dict[str | None, Style] = {}

    def of(self, style: str | None) -> Style:
        """The style of this id, the document's default style for None."""
        name = self._default if style is None else style
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str | None) -> Style:
        chain = list(self._chain(name))
        names = [value(element, "name") or "" for element in chain] or [name or ""]
        outline = next((int(depth) for one in chain if (depth := value(one, "pPr", "outlineLvl"))), None)
        named = next((int(found["level"]) for one in names if (found := _HEADING.match(one))), 0)
        level = named if outline is None else (outline + 1) % (_BODY_LEVEL + 1)
        kind: TextBlockKind = next(
            (kind for one in names for pattern, kind in _KINDS if pattern.match(one)),
            "heading" if level else "paragraph",
        )
        title = bool(names) and _TITLE.fullmatch(names[0]) is not None
        if title:
            kind, level = "heading", 1
        size = next((int(said) for one in chain if (said := value(one, "rPr", "sz")) and said.isdigit()), 0)
        return Style(kind, level if kind == "heading" else 0, title, numbering_of(chain), size)

    def _chain(self, name: str | None) -> Iterator[etree._Element]:
        """The definitions of a style and of all that it is based on, nearest first."""
        seen: set[str] = set()
        while name is not None and name not in seen and name in self._elements:
            seen.add(name)
            yield from reversed(self._elements[name])
            name = next((based for one in self._elements[name] if (based := value(one, "basedOn"))), None)


def numbering_of(places: list[etree._Element]) -> Numbering | None:
    """The list that the first of these styles or paragraphs names; number and level may come from different ones."""
    number = next((found for one in places if (found := value(one, "pPr", "numPr", "numId"))), None)
    level = next((found for one in places if (found := value(one, "pPr", "numPr", "ilvl"))), "0")
    return Numbering(number, int(level)) if number not in {None, "0"} and level.isdigit() and number else None


def value(element: etree._Element, *path: str) -> str | None:
    """The ``val`` of the element at a path of local names below ``element``."""
    for name in path:
        below = next((child for child in element if local_name(child) == name), None)
        if below is None:
            return None
        element = below
    return attribute(element, "val")
