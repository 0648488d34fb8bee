"""The port for what puts an answer into words, and the program's own writer, which quotes and says nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from search_api.chat.schemas import Wording
from search_api.schemas import Answer


@dataclass(frozen=True, slots=True)
class Written:
    """An answer whose text and marks are those of a writer."""

    answer: Answer
    wording: Wording


class Writer(Protocol):
    """Words an answer; may be called from several threads."""

    def write(self, question: str, answer: Answer) -> Iterator[str | Written]:
        """Pieces that make the text of the answer, then the answer with that text. Never fails."""
        ...


class Extractive:
    """The text that comes with the answer: labels and quotes, each with its mark."""

    def write(self, question: str, answer: Answer) -> Iterator[str | Written]:
        """The text line by line."""
        del question
        yield from answer.text.splitlines(keepends=True)
        yield Written(answer, Wording(by="extraction"))
