"""Which groups are headings, footnotes and captions, by size and weight beside most of a document's text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from ingest.readers.pdf.lines import Line
from ingest.readers.pdf.marks import count_of, is_bullet
from ingest.readers.pdf.paragraphs import Group
from ingest.text.headings import could_be_heading, known_kind, numbered
from ingest.text.wording import is_caption, is_page_number, word_count

# Shares of the common font size.
_LARGER: Final = 1.12
_SMALLER: Final = 0.93
_LEVELS: Final = 6
_MOST_LINES: Final = 4
_PROSE_WORDS: Final = 15
_NOTE_MARKS: Final = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079*\u2217\u2020\u2021\u00a7"
Style = tuple[float, bool]


@dataclass(frozen=True, slots=True)
class Body:
    """How most of a document is set: font size in points, and whether it is bold."""

    size: float
    bold: bool


def body_of(lines: Sequence[Line]) -> Body:
    """The commonest size and weight, by characters."""
    counts: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        counts[round(line.size, 1), line.bold] += len(line.text)
    size, bold = max(sorted(counts), key=lambda style: counts[style], default=(10.0, False))
    return Body(size, bold)


def with_headings(
    pages: Sequence[Sequence[Group]], body: Body, outline: Mapping[int, Mapping[str, int]]
) -> list[list[Group]]:
    """The groups of all pages, headings marked with their levels.

    ``outline`` has for each page number the folded titles of the file's bookmarks with their levels from 1.
    """
    front = _title_size(pages)
    marked = [
        [_judged(group, body, outline.get(number, {}), front if number <= front.pages else None) for group in groups]
        for number, groups in enumerate(pages, 1)
    ]
    styles = Counter(_style(g) for page in marked for g in page if g.kind == "heading" and not g.level)
    levels = {style: min(_LEVELS, place) for place, style in enumerate(sorted(styles, key=_rank), 1)}
    return [
        [replace(g, level=g.level or levels[_style(g)]) if g.kind == "heading" else g for g in page] for page in marked
    ]


@dataclass(frozen=True, slots=True)
class _Front:
    """The first pages before prose begins: how many, their groups, and the largest size on them."""

    pages: int
    groups: frozenset[int]
    size: float


def _title_size(pages: Sequence[Sequence[Group]]) -> _Front:
    groups: list[Group] = []
    for number, page in enumerate(pages[:2], 1):
        for group in page:
            if group.kind not in {"paragraph", "meta"} or word_count(group.text) > 2 * _PROSE_WORDS:
                return _Front(number, frozenset(map(id, groups)), max((g.size for g in groups), default=0.0))
            groups.append(group)
        if groups:
            return _Front(number, frozenset(map(id, groups)), max(g.size for g in groups))
    return _Front(0, frozenset(), 0.0)


def _style(group: Group) -> Style:
    return round(group.size * 2) / 2, group.bold


def _rank(style: Style) -> tuple[float, bool]:
    return -style[0], not style[1]


def _judged(group: Group, body: Body, titles: Mapping[str, int], front: _Front | None) -> Group:
    text = group.text
    titled = group.kind == "paragraph" or (group.kind == "item" and group.bold and not is_bullet(text))
    if not titled or len(group.lines) > _MOST_LINES or not could_be_heading(text):
        return group
    if is_caption(text):
        return replace(group, kind="caption")
    if level := titles.get(folded(text)):
        return replace(group, kind="heading", level=min(_LEVELS, level))
    large = group.size >= _LARGER * body.size
    heavy = group.bold and not body.bold and group.size >= _SMALLER * body.size
    if not (large or heavy) or is_page_number(text) or not _is_worded(text):
        return group
    lesser = front is not None and id(group) in front.groups and group.size < front.size - 0.5
    if lesser and not (numbered(text) or known_kind(text)):
        return group
    return replace(group, kind="heading")


def _is_worded(text: str) -> bool:
    """Whether most of it is letters, as of no row of figures."""
    letters = sum(char.isalpha() for char in text)
    return letters > 1 and 2 * letters >= sum(not char.isspace() for char in text)


def folded(title: str) -> str:
    """A title for comparison: letters and figures alone."""
    return "".join(char for char in title.casefold() if char.isalnum())


def with_notes(column: Sequence[Group], body: Body, height: float) -> tuple[list[Group], list[Group]]:
    """What is left of a column, and the footnotes below it: small print in the lower half from a mark on."""
    last = len(column)
    while last and column[last - 1].size < _SMALLER * body.size and column[last - 1].lines[0].top > height / 2:
        last -= 1
    first = next((i for i in range(last, len(column)) if _is_note(column[i])), len(column))
    return list(column[:first]), [replace(group, kind="footnote", mark=0) for group in column[first:]]


def _is_note(group: Group) -> bool:
    text = group.text
    return group.kind in {"paragraph", "item"} and (text[:1] in _NOTE_MARKS or text.split(" ")[0].isdecimal())


def with_counted_items(groups: Sequence[Group]) -> list[Group]:
    """Paragraphs "1. …", "2. …" that follow each other without anything between are items of a list."""
    counts = [count_of(group.text) if group.kind == "paragraph" else None for group in groups]
    made = []
    for index, (group, count) in enumerate(zip(groups, counts, strict=True)):
        near = [other[0] for other in counts[max(0, index - 1) : index + 2] if other is not None]
        listed = count is not None and (count[0] - 1 in near or count[0] + 1 in near)
        made.append(replace(group, kind="item", mark=count[1]) if listed and count else group)
    return made
