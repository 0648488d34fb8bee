"""The tail of a document: its references, and the small print on funding and interests."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.text import wording
from ingest.text.blocks import Block
from ingest.text.headings import known_kind, numbered

_DATED = re.compile(r"\(?(?:19|20)\d\d[a-z]?\)?")


def set_back_apart(text: str, blocks: list[Block]) -> list[Block]:
    """References and the paper's small print (funding, interests, contents lists) by the heading they stand under."""
    result = []
    kind: str | None = None
    body = [block for block in blocks if block.kind in {"paragraph", "item"}]
    late = body[len(body) // 2].start if body else 0
    for block in blocks:
        if block.kind == "heading":
            kind = _section_kind(text, block, kind, late)
        referred = kind == "references" and block.kind in {"paragraph", "item", "caption"}
        small_print = block.kind in {"paragraph", "item"} and (
            kind in {"meta", "keywords"} or (kind == "contents" and not wording.is_complete(block.words(text)))
        )
        if referred:
            result += _entries(text, block)
        else:
            result.append(block.marked("meta") if small_print else block)
        kind = None if small_print and kind == "keywords" else kind
    return result


def _entries(text: str, block: Block) -> list[Block]:
    """One block for each work of a list that has one work a line (or a few wrapped lines)."""
    groups: list[list[tuple[int, int]]] = []
    for start, end in block.pieces:
        before = text[groups[-1][-1][0] : groups[-1][-1][1]] if groups else ""
        begins = text[start : start + 1].isupper() and _DATED.search(text, start, min(end, start + 200)) is not None
        if not groups or (begins and wording.is_complete(before)):
            groups.append([])
        groups[-1].append((start, end))
    first = replace(block, kind="reference")
    if len(groups) < 2:
        return [first]
    return [replace(first, start=group[0][0], end=group[-1][1], pieces=tuple(group)) for group in groups]


def _section_kind(text: str, block: Block, before: str | None, late: int) -> str | None:
    content = block.words(text)
    mark = numbered(content)
    known = known_kind(content[mark.title :] if mark else content)
    if known == "references":
        return "references"
    if known == "keywords":
        return "keywords"
    if known == "contents":
        return "contents"
    if known == "back_matter" and block.number is None and block.start >= late:
        return "meta"
    inner = before in {"references", "meta"} and block.family == "plain"
    return before if inner else None
