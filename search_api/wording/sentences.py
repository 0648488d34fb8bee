"""Sentences with their citation marks, cut out of a text while it is still being written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_MARK: Final = r"\[\s*\d+(?:\s*[,;]\s*\d+)*\s*\]"
_STOP: Final = r"[.!?…]"
# A stop with the marks behind it, or marks with the stop behind them; then a new sentence, a new line or the end.
_END: Final = re.compile(
    rf"(?:{_STOP}[\"”’)]*(?:\s*{_MARK})*|(?:{_MARK}\s*)+{_STOP}?)(?=\s+[^\W\d_a-zà-ÿ]|\s+[\"“«(*•\d-]|[ \t]*\n|\s*\Z)"
)
_ENDS_MARKED: Final = re.compile(rf"{_MARK}[\s.!?…\"”’)]*$")
_BULLET: Final = re.compile(r"^\s*(?:[-*•]|\d+[.)]|#+)\s+")
_SPACE_BEFORE_STOP: Final = re.compile(r"\s+([.,;:!?…])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without marks and stop, and the numbers that it cites; none where it does not end in marks."""

    text: str
    cites: tuple[int, ...]


class Cutter:
    """Takes pieces of a text and gives sentences as soon as they are whole."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, piece: str) -> list[Sentence]:
        """The sentences that a further piece completes."""
        self._rest += piece
        # What stands at the very end may go on.
        whole, last = _cut(self._rest)
        self._rest = last
        return whole

    def end(self) -> list[Sentence]:
        """What is left when the text is over."""
        whole, last = _cut(self._rest + "\n")
        self._rest = ""
        return [*whole, *([sentence(last)] if last.strip() else [])]


def _cut(text: str) -> tuple[list[Sentence], str]:
    found, start = [], 0
    for match in _END.finditer(text):
        if not text[match.end() :].strip() and "\n" not in text[match.end() :]:
            break
        found.append(sentence(text[start : match.end()]))
        start = match.end()
    return [each for each in found if each.text], text[start:]


def sentence(text: str) -> Sentence:
    """A sentence as it was written, read.

    >>> sentence("- The **ministry** should found a school [1, 2].")
    Sentence(text='The ministry should found a school', cites=(1, 2))
    >>> sentence("Nobody knows.")
    Sentence(text='Nobody knows', cites=())
    """
    marked = _ENDS_MARKED.search(text.rstrip()) is not None
    marks = re.findall(_MARK, text)
    numbers = dict.fromkeys(int(number) for mark in marks for number in re.findall(r"\d{1,6}", mark))
    bare = re.sub(_MARK, "", _BULLET.sub("", text)).replace("**", "")
    bare = _SPACE_BEFORE_STOP.sub(r"\1", " ".join(bare.split())).rstrip(" .…")
    return Sentence(bare, tuple(numbers) if marked else ())
