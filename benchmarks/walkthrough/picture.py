"""The picture as SVG: words in a line with arcs of the parse above and bars of mentions and statements below.

Drawn by ourselves rather than by displaCy, which has no way to show spans of characters below a parse.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from spacy.tokens import Token

from benchmarks.walkthrough.trace import Trace

LETTER: Final = 8.4
"""Width of a letter in pixels at the font size below, for a monospaced font."""
FONT: Final = 14
SMALL: Final = 11
GAP: Final = 34
MARGIN: Final = 24
STEP: Final = 26
"""Height that an arc gains for each arc below it."""
BAR: Final = 34
BEND: Final = 8
LINE: Final = "#9aa3ad"
GREY: Final = "#5b6570"
COLOURS: Final = {
    "measure": "#1b7f5c",
    "challenge": "#b3261e",
    "region": "#6b4fa0",
    "industry": "#1f5fa8",
    "actor": "#8a5a00",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of words with what it is."""

    first: int
    last: int
    kind: str
    label: str


def picture(followed: Trace) -> str:
    """The whole picture."""
    words = [word for word in followed.doc if not word.is_space]
    places = _places(words)
    levels = _levels(words)
    line = MARGIN + STEP * (max(levels.values(), default=0) + 1) + FONT
    rows = _rows(_bars(followed))
    width = places[-1][1] + MARGIN
    height = line + 44 + BAR * len(rows)
    drawn = [
        *_arcs(words, places, levels, line - FONT - 4),
        *_words(words, places, line),
        *_marks(rows, places, line + 44),
    ]
    style = f"text{{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:{FONT}px}}.s{{font-size:{SMALL}px}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" role="img">\n'
        f"<title>{escape(followed.sentence.text)}</title>\n<style>{style}</style>\n"
        f'<rect width="100%" height="100%" fill="#ffffff"/>\n' + "\n".join(drawn) + "\n</svg>\n"
    )


def _places(words: Sequence[Token]) -> list[tuple[float, float]]:
    """Left and right of each word."""
    places = []
    left: float = MARGIN
    for word in words:
        right = left + LETTER * max(len(word.text), len(word.tag_))
        places.append((left, right))
        left = right + (GAP if not word.is_punct else GAP / 2)
    return places


def _levels(words: Sequence[Token]) -> dict[int, int]:
    """How high the arc from each word to its head goes: above every arc that it spans."""
    told = [word for word in words if word.head.i != word.i and not word.is_punct]
    arcs = {word.i: (min(word.i, word.head.i), max(word.i, word.head.i)) for word in told}
    levels: dict[int, int] = {}
    for index, (low, high) in sorted(arcs.items(), key=lambda pair: (pair[1][1] - pair[1][0], pair[1])):
        inside = [levels[other] for other in levels if low <= arcs[other][0] and arcs[other][1] <= high]
        levels[index] = max(inside, default=0) + 1
    return levels


def _arcs(
    words: Sequence[Token], places: Sequence[tuple[float, float]], levels: dict[int, int], base: float
) -> Iterator[str]:
    for word in words:
        if word.i not in levels:
            continue
        child, head = _middle(places[word.i]), _middle(places[word.head.i])
        side = 1 if head > child else -1
        yield from _arc(child, head - 5 * side, side, base - STEP * levels[word.i], base)
        yield from _arc_label(word.dep_, (child + head) / 2, base - STEP * levels[word.i])


def _arc(child: float, head: float, side: int, top: float, base: float) -> Iterator[str]:
    """A line from the child up, over and down to its head, with a point at the child."""
    rise = f"M{child:.0f},{base:.0f} V{top + BEND:.0f} Q{child:.0f},{top:.0f} {child + BEND * side:.0f},{top:.0f}"
    fall = f"H{head - BEND * side:.0f} Q{head:.0f},{top:.0f} {head:.0f},{top + BEND:.0f} V{base:.0f}"
    yield f'<path d="{rise} {fall}" fill="none" stroke="{LINE}"/>'
    point = f"M{child - 3:.0f},{base - 6:.0f} L{child:.0f},{base:.0f} L{child + 3:.0f},{base - 6:.0f} Z"
    yield f'<path d="{point}" fill="{LINE}"/>'


def _arc_label(name: str, middle: float, top: float) -> Iterator[str]:
    half = len(name) * 3.4 + 3
    yield f'<rect x="{middle - half:.0f}" y="{top - 7:.0f}" width="{2 * half:.0f}" height="14" fill="#ffffff"/>'
    yield _small(name, middle, top + 4)


def _small(words: str, x: float, y: float) -> str:
    return f'<text class="s" x="{x:.0f}" y="{y:.0f}" text-anchor="middle" fill="{GREY}">{escape(words)}</text>'


def _middle(place: tuple[float, float]) -> float:
    return (place[0] + place[1]) / 2


def _words(words: Sequence[Token], places: Sequence[tuple[float, float]], line: float) -> Iterator[str]:
    for word, place in zip(words, places, strict=True):
        x = _middle(place)
        yield f'<text x="{x:.0f}" y="{line:.0f}" text-anchor="middle">{escape(word.text)}</text>'
        yield _small(word.tag_, x, line + 16)


def _bars(followed: Trace) -> list[Bar]:
    """Mentions first, then statements, in order of place."""
    made = []
    for mention in followed.mentions:
        first, last = _words_of(followed, mention.start, mention.end)
        made.append(Bar(first, last, mention.type, mention.entity.label))
    for statement in followed.statements:
        first, last = _words_of(followed, statement.start, statement.end)
        made.append(Bar(first, last, statement.type, statement.label))
    return made


def _words_of(followed: Trace, start: int, end: int) -> tuple[int, int]:
    """First and last word whose source characters lie in ``start:end``."""
    view, inside = followed.view, []
    for word in followed.doc:
        low, high = view.source_span(word.idx, word.idx + len(word.text))
        if start <= low and high <= end:
            inside.append(word.i)
    return inside[0], inside[-1]


def _rows(bars: Sequence[Bar]) -> list[list[Bar]]:
    """Bars in as few rows as hold them without touching; statements never share a row with mentions."""
    rows: list[list[Bar]] = []
    for bar in bars:
        stated = bar.kind in {"measure", "challenge"}
        for row in rows:
            alike = (row[0].kind in {"measure", "challenge"}) == stated
            if alike and all(bar.first > other.last or bar.last < other.first for other in row):
                row.append(bar)
                break
        else:
            rows.append([bar])
    return rows


def _marks(rows: Sequence[Sequence[Bar]], places: Sequence[tuple[float, float]], top: float) -> Iterator[str]:
    for number, row in enumerate(rows):
        y = top + BAR * number
        for bar in row:
            left, right = places[bar.first][0], places[bar.last][1]
            colour = COLOURS[bar.kind]
            yield f'<rect x="{left:.0f}" y="{y:.0f}" width="{right - left:.0f}" height="5" rx="2" fill="{colour}"/>'
            words = f"{bar.kind}: {bar.label}"
            yield f'<text class="s" x="{left:.0f}" y="{y + 18:.0f}" fill="{colour}">{escape(words)}</text>'
