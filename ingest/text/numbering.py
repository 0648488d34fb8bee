"""Follows section numbers through a document, so that a numbered list is not taken for sections."""

from __future__ import annotations

from ingest.text.headings import Mark
from ingest.text.wording import word_count

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI")
_ARTICLE_DEPTH = 6


class Sequence:
    """What number a heading may carry next. Feed it every accepted heading in order."""

    def __init__(self) -> None:
        self._last: tuple[int, ...] = ()
        self._roman = 0
        self._letter = ""
        self._in_article = False

    def fits(self, mark: Mark, content: str) -> bool:
        """Whether a paragraph that begins with this number can be the next heading."""
        if mark.family == "legal":
            return True
        if mark.number is None or word_count(content) > 20 + 5 * (mark.depth > 1 or mark.family == "number"):
            return False
        if mark.family == "roman":
            return mark.number in _ROMAN and _ROMAN.index(mark.number) == self._roman
        if mark.family == "letter":
            return mark.depth > 1 or mark.number == (chr(ord(self._letter) + 1) if self._letter else "A")
        return self._counts_on(tuple(int(part) for part in mark.number.split(".")))

    def _counts_on(self, parts: tuple[int, ...]) -> bool:
        if len(parts) == 1 and self._in_article:
            return False
        if not self._last:
            return 0 < parts[0] < 10
        if len(parts) == 1:
            return 0 < parts[0] - self._last[0] <= 3
        return parts[0] - self._last[0] in {0, 1, 2} and parts > self._last

    def take(self, mark: Mark | None) -> None:
        """Go on from an accepted heading; a chapter starts the counting inside it anew."""
        if mark is None or mark.number is None:
            return
        if mark.family == "legal":
            self._in_article = mark.depth >= _ARTICLE_DEPTH
            self._last = ()
            self._letter = ""
        elif mark.family == "roman":
            self._roman = _ROMAN.index(mark.number) + 1 if mark.number in _ROMAN else self._roman
            self._letter = ""
        elif mark.family == "letter":
            self._letter = mark.number[0]
        else:
            self._last = tuple(int(part) for part in mark.number.split("."))
