"""Blocks: lines put together to paragraphs, list items, headings, tables and code, by shape alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from ingest.text.headings import known_kind, numbered
from ingest.text.lines import Line, scan
from ingest.text.wording import (
    CAPTION,
    CONTENTS_LINE,
    POINT,
    REFERENCE_MARK,
    continues,
    is_complete,
    is_label,
    is_page_number,
    word_count,
)
from kg.records import Source, TextBlock

BlockKind = Literal[
    "heading", "paragraph", "item", "caption", "footnote", "reference", "meta", "table", "code", "yaml", "rule"
]

# Formats whose readers conclude from the look of a page what is a heading, and may miss one that its words show.
_LAID_OUT = frozenset({"application/pdf"})
# Lines longer than this are whole paragraphs; shorter ones may be wrapped.
_WRAP = 160
_YAML_KEY = re.compile(r"[A-Za-z][\w -]*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Block:
    """``start:end`` in the source with its marks, ``pieces`` the readable stretches without them.

    ``depth`` counts the ``#`` signs of a marked heading (0: not marked); ``number`` and ``family`` come from the words
    of a heading (see ``ingest.text.headings.Mark``). ``told``: the file's format says the kind and the depth.
    """

    kind: BlockKind
    start: int
    end: int
    pieces: tuple[tuple[int, int], ...]
    depth: int = 0
    number: str | None = None
    family: str | None = None
    told: bool = False

    def words(self, text: str) -> str:
        """The readable stretches as one line."""
        return " ".join(" ".join(text[start:end] for start, end in self.pieces).split())

    def marked(self, kind: BlockKind) -> Block:
        """The same block seen as another kind."""
        return replace(self, kind=kind)


def blocks_of(source: Source) -> list[Block]:
    """Blocks as the format marks them, else as the shape of the text shows them."""
    told = source.media_type not in _LAID_OUT
    return [_as_marked(block, told) for block in source.blocks] or split(source.text)


def _as_marked(block: TextBlock, told: bool) -> Block:
    return Block(block.kind, block.start, block.end, ((block.start, block.end),), depth=block.level, told=told)


def split(text: str) -> list[Block]:
    """All blocks of a source in order; blank lines are left out, nothing else is. Never fails."""
    lines = scan(text)
    blocks: list[Block] = []
    first = 0
    if closing := _yaml_end(text, lines):
        start = next(line for line in lines if line.kind != "blank").start
        blocks.append(Block("yaml", start, lines[closing].end, ((start, lines[closing].end),)))
        first = closing + 1
    run: list[Line] = []
    fenced: list[Line] = []
    for line in lines[first:]:
        if fenced:
            fenced.append(line)
            if line.kind == "fence":
                blocks.append(_block("code", fenced))
                fenced = []
        elif line.kind in {"text", "item"}:
            run.append(line)
        elif line.kind == "underline" and _is_underlined(run, text):
            blocks += _split_run(text, run[:-1])
            blocks.append(replace(_block("heading", [run[-1]]), end=line.end, depth=1 if line.mark == "=" else 2))
            run = []
        else:
            blocks += _split_run(text, run)
            run = []
            if line.kind == "fence":
                fenced = [line]
            elif line.kind != "blank":
                blocks.append(_single(line))
    return blocks + _split_run(text, run) + ([_block("code", fenced)] if fenced else [])


def _yaml_end(text: str, lines: list[Line]) -> int | None:
    """Index of the line that closes YAML front matter, if the file begins with one."""
    first = next((index for index, line in enumerate(lines) if line.kind != "blank"), None)
    if first is None or text[lines[first].start : lines[first].end] != "---":
        return None
    for index in range(first + 1, min(len(lines), first + 200)):
        content = text[lines[index].start : lines[index].end]
        if content in {"---", "..."}:
            return index if index > first + 1 else None
        if index == first + 1 and not _YAML_KEY.match(content):
            return None
    return None


def _is_underlined(run: list[Line], text: str) -> bool:
    return bool(run) and run[-1].kind == "text" and not is_complete(text[run[-1].start : run[-1].end])


def _single(line: Line) -> Block:
    if line.kind == "hash":
        return Block("heading", line.start, line.end, ((line.body, line.end),), depth=len(line.mark))
    return _block("table" if line.kind == "table" else "rule", [line])


def _block(kind: BlockKind, lines: list[Line]) -> Block:
    pieces = [(line.body if index == 0 else line.start, line.end) for index, line in enumerate(lines)]
    return Block(kind, lines[0].start, lines[-1].end, tuple(piece for piece in pieces if piece[0] < piece[1]))


def _split_run(text: str, run: list[Line]) -> list[Block]:
    """Blocks of consecutive lines without a blank one between."""
    groups: list[list[Line]] = []
    width = max((line.end - line.start for line in run), default=0)
    listed = _is_numbered_list(run)
    for line in run:
        if not groups or _begins(text, groups[-1], line, width, listed):
            groups.append([line])
        else:
            groups[-1].append(line)
    return [_group(text, group, listed) for group in groups]


def _is_numbered_list(run: list[Line]) -> bool:
    """Whether lines with numbers stand so close together that they count list items, not sections."""
    return sum(line.kind == "item" and line.mark[-1] == "." for line in run) >= 2


def _group(text: str, group: list[Line], listed: bool) -> Block:
    first = group[0]
    if first.kind != "item":
        return _block("paragraph", group)
    dotted = re.fullmatch(r"\d{1,3}\.", first.mark)
    if dotted and not listed and len(group) == 1 and numbered(text[first.start : first.end]):
        return Block("paragraph", first.start, first.end, ((first.start, first.end),))
    return _block("item", group)


def _begins(text: str, group: list[Line], line: Line, width: int, listed: bool) -> bool:
    """Whether ``line`` begins a new block after the lines of ``group``."""
    last = text[group[-1].start : group[-1].end]
    this = text[line.start : line.end]
    if line.kind == "item":
        return line.bullet or group[0].kind == "item" or is_complete(last) or len(last) < 0.6 * width or listed
    if len(last) > _WRAP or is_page_number(this) or is_page_number(last) or CONTENTS_LINE.match(this):
        return True
    if (
        REFERENCE_MARK.match(this)
        or CAPTION.match(this)
        or is_label(this)
        or is_label(last)
        or CONTENTS_LINE.match(last)
    ):
        return True
    point = POINT.match(this)
    if is_complete(last):
        return len(last) < 0.75 * width or len(this) > _WRAP or point is not None or bool(numbered(this))
    if point and (point["number"].count(".") > 1 or len(last) < 0.8 * width):
        return True
    alone = _stands_alone(last, width) and (known_kind(last) is not None or not continues(this))
    return alone or (known_kind(this) is not None and len(last) < 0.6 * width) or len(this) > _WRAP


def _stands_alone(line: str, width: int) -> bool:
    """Whether a line without a full stop is a heading of its own: its words say so and it does not fill the width."""
    if known_kind(line):
        return True
    mark = numbered(line)
    short = len(line) < 0.8 * width or width < 60
    return mark is not None and short and (mark.family in {"legal", "number", "roman"}) and word_count(line) <= 20
