"""Passages: consecutive whole sentences of one section, few enough for the embedder to read to the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from ingest.text.sentences import Piece
from ingest.text.wording import word_count
from kg.identifiers import mint
from kg.lexicon.folding import CHINESE, is_mainly_chinese
from kg.places import page_at
from kg.records import Page, Passage, SentenceKind

# The default embedder reads 256 tokens, about 180 words of English; longer text would be cut silently. Of Chinese each
# character is a token.
LIMIT = 180
_WORDS_A_CHARACTER = 0.7
_TARGET = 150
# What is retrieved, and beside what it may share a passage: a table and the prose around it are found apart.
_COMPANY: dict[SentenceKind, str] = {"prose": "prose", "caption": "prose", "note": "prose", "table": "table"}


@dataclass(slots=True)
class _Open:
    """The passage being filled: source span and the indices of its sentences."""

    start: int
    end: int
    members: list[int]


def passages(
    text: str, pieces: Sequence[Piece], owners: Sequence[str], document: str, pages: Sequence[Page] = ()
) -> tuple[list[Passage], dict[int, str]]:
    """Passages in order, and for each retrieved sentence (by index) the id of its passage.

    ``owners[i]`` is the section id of sentence ``i``. References, headings and meta lines belong to no passage. A
    passage's page is the one that it begins on.
    """
    made: list[Passage] = []
    home: dict[int, str] = {}
    for run in _runs(pieces, owners):
        for found in _fill(text, pieces, run):
            identifier = mint("passage", document, found.start, found.end)
            made.append(
                Passage(
                    id=identifier,
                    document=document,
                    section=owners[found.members[0]],
                    ordinal=len(made),
                    start=found.start,
                    end=found.end,
                    page=page_at(pages, found.start),
                    text=text[found.start : found.end],
                )
            )
            home.update(dict.fromkeys(found.members, identifier))
    return made, home


def _runs(pieces: Sequence[Piece], owners: Sequence[str]) -> list[list[int]]:
    """Retrieved sentences of one section and company without a heading between.

    What stands in the middle of a sentence (a table between its lines) shares that sentence's passage.
    """
    runs: list[list[int]] = []
    last: tuple[str, str] | None = None
    reach = 0
    for index, piece in enumerate(pieces):
        if piece.kind == "heading":
            last = None
        elif company := _COMPANY.get(piece.kind):
            this = (owners[index], "prose" if piece.span[0] < reach else company)
            if this == last:
                runs[-1].append(index)
            else:
                runs.append([index])
                last = this
            reach = max(reach, piece.span[1])
    return runs


def _fill(text: str, pieces: Sequence[Piece], run: list[int]) -> list[_Open]:
    """Share a run out evenly over passages near the target size, none over the limit but a single long sentence."""
    start, end = pieces[run[0]].span[0], max(pieces[index].span[1] for index in run)
    total = _size(text[start:end])
    share = total / max(1, ceil(total / _TARGET))
    filled: list[_Open] = []
    for index in run:
        first, last = pieces[index].span
        current = filled[-1] if filled else None
        if current is not None and (
            first < current.end or _has_room(text[current.start : current.end], text[current.start : last], share)
        ):
            current.end = max(current.end, last)
            current.members.append(index)
        else:
            filled.append(_Open(first, last, [index]))
    return filled


def _has_room(now: str, then: str, share: float) -> bool:
    """Whether a sentence may join: below the limit, and nearer to an even share with it than without it."""
    before, after = _size(now), _size(then)
    return after <= LIMIT and abs(after - share) <= abs(before - share)


def _size(text: str) -> float:
    """How much of the embedder's window a text takes, in words of English."""
    if is_mainly_chinese(text):
        return word_count(CHINESE.sub(" ", text)) + _WORDS_A_CHARACTER * len(CHINESE.findall(text))
    return word_count(text)
