"""Prose that a page, a figure or a table broke apart is put together again: one paragraph of several pieces."""

from __future__ import annotations

from dataclasses import replace

from ingest.text import wording
from ingest.text.blocks import Block

_PROSE = frozenset({"paragraph", "item"})
_PASSED_OVER = frozenset({"caption", "footnote", "meta", "rule", "table"})


def reconnect(text: str, blocks: list[Block]) -> list[Block]:
    """The same blocks, broken paragraphs as one at the place of their first piece; what came between follows it.

    Only headings, list items and prose that begins anew end an unfinished paragraph.
    """
    result: list[Block] = []
    held: int | None = None
    for block in blocks:
        if held is not None and block.kind == "paragraph" and _goes_on(text, result[held], block):
            result[held] = replace(result[held], end=block.end, pieces=result[held].pieces + block.pieces)
            continue
        result.append(block)
        if block.kind in _PROSE:
            held = len(result) - 1
        elif block.kind not in _PASSED_OVER:
            held = None
    return result


def _goes_on(text: str, before: Block, block: Block) -> bool:
    start, end = before.pieces[-1]
    broken_off = " ".join(text[max(start, end - 400) : end].split())
    begins = text[block.start : block.start + 80]
    if wording.is_complete(broken_off):
        return False
    return wording.continues(begins) or (wording.is_open_ended(broken_off) and wording.word_count(broken_off) >= 4)
