"""Words of a page: characters that stand together, in the direction that most of the page is written in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from ingest.readers.pdf.glyphs import Glyph

Box = tuple[float, float, float, float]
_RAISED: Final = str.maketrans(
    "0123456789+-", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207a\u207b"
)
# Shares of the font size: how far two characters of a word may be apart, and how much higher a raised one stands.
_APART: Final = 0.3
_HIGHER: Final = 0.2
_SMALLER: Final = 0.8


class Word(NamedTuple):
    """``baseline`` and the box are in the page's reading direction; ``spaced``: a blank stands before it."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    bold: bool
    italic: bool
    spaced: bool

    @property
    def height(self) -> float:
        """Height of the box in points."""
        return self.bottom - self.top

    def raised(self) -> Word:
        """The same with figures as the raised ones they are."""
        return self._replace(text=self.text.translate(_RAISED))


@dataclass(frozen=True, slots=True)
class Aside:
    """A line that runs in another direction than the page (a stamp in the margin); its box as displayed."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageWords:
    """A page taken apart. ``turn`` is its reading direction in degrees counter-clockwise (0: as displayed), and
    ``width`` and ``height`` its displayed size in points. ``recognised``: its text stems from text recognition.
    """

    number: int
    label: str | None
    width: float
    height: float
    turn: int
    words: tuple[Word, ...]
    asides: tuple[Aside, ...] = ()
    recognised: bool = False

    @property
    def reading_size(self) -> tuple[float, float]:
        """Width and height in the reading direction."""
        return (self.height, self.width) if self.turn in {90, 270} else (self.width, self.height)

    def displayed(self, box: Box) -> Box:
        """A box in the reading direction as it is displayed."""
        left, top, right, bottom = box
        if self.turn == 90:
            return top, self.height - right, bottom, self.height - left
        if self.turn == 180:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        if self.turn == 270:
            return self.width - bottom, left, self.width - top, right
        return box


def direction(found: Iterable[Glyph]) -> int:
    """The right angle that most characters are turned by, in degrees counter-clockwise."""
    counts = Counter(glyph.angle for glyph in found if glyph.size and glyph.angle % 90 == 0)
    return max(sorted(counts), key=lambda angle: counts[angle], default=0)


def words(found: Iterable[Glyph]) -> list[Word]:
    """Words in the order of the characters, which must run from left to right."""
    made: list[Word] = []
    group: list[Glyph] = []
    spaced = True
    for glyph in found:
        blank = not glyph.size
        if group and (blank or not _goes_on(group[-1], glyph)):
            made.append(_word(group, spaced))
            group, spaced = [], glyph.text == " "
        if blank:
            spaced = spaced or glyph.text == " "
        else:
            group.append(glyph)
    return [*made, _word(group, spaced)] if group else made


def _goes_on(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    level = min(last.bottom, glyph.bottom) - max(last.top, glyph.top) > 0.3 * min(
        last.bottom - last.top, glyph.bottom - glyph.top
    )
    return level and -size <= glyph.left - last.right <= _APART * size


def _word(group: list[Glyph], spaced: bool) -> Word:
    size = max(glyph.size for glyph in group)
    main = [glyph for glyph in group if glyph.size >= _SMALLER * size]
    baseline = max(glyph.baseline for glyph in main)
    return Word(
        text="".join(_char(glyph, size, baseline) for glyph in group),
        left=min(glyph.left for glyph in group),
        top=min(glyph.top for glyph in main),
        right=max(glyph.right for glyph in group),
        bottom=max(glyph.bottom for glyph in main),
        baseline=baseline,
        size=size,
        bold=sum(glyph.bold for glyph in group) * 2 > len(group),
        italic=sum(glyph.italic for glyph in group) * 2 > len(group),
        spaced=spaced,
    )


def _char(glyph: Glyph, size: float, baseline: float) -> str:
    return glyph.text.translate(_RAISED) if is_raised(glyph.size, glyph.baseline, size, baseline) else glyph.text


def is_raised(size: float, baseline: float, around: float, level: float) -> bool:
    """Whether a character of ``size`` on ``baseline`` is a raised one in text of size ``around`` on ``level``."""
    return size < _SMALLER * around and level - baseline > _HIGHER * around
