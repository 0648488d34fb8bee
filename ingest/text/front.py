"""The head of a document: its title, and the authors, places, dates and notices that stand before the text begins."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.text import wording
from ingest.text.blocks import Block
from ingest.text.headings import known_kind

_ORGANISATION = re.compile(
    r"(?:the\s+)?(?:(?:official|government)\s+(?:gazette|journal)|government|republic|kingdom|ministry|department|office|state|commonwealth|united\s+nations|european"
    r"\s+(?:commission|parliament|union)|federal|national\s+(?:assembly|council))\b",
    re.IGNORECASE,
)
# Closed-class verbs: with one of them in the middle, even a few words state something.
_VERB = re.compile(
    r"\w\s+(?:is|are|was|were|has|have|had|do|does|did|will|would|shall|should|may|might|must|can|cannot|could|needs?|ought)"
    r"\s+\w"
)
_FIRST_SENTENCE = re.compile(r".{10,400}?[a-z]{2}[.!?](?=\s+[A-Z])")
_TAG = re.compile(r"<[/!]?[A-Za-z-][^<>]{0,300}>")
_NEVER_TITLE = re.compile(
    r"[*_#\s]{0,4}(?:\[?!\[|<|abstract\b|(?:executive\s+)?summary\W*(?:$|:)|\u6458\s*\u8981|\u8981\s*\u65e8)",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?:\d{1,2}\W+[A-Z][a-z]+|[A-Z][a-z]+\W+\d{1,2},?)\s+(?:19|20)\d\d$")


_NOTICE = re.compile(
    r"open[- ]access|all rights reserved|licen[cs]ed under|creative commons|permission of the|corresponding author"
    r"|reproduced|@[\w-]+\.",
    re.IGNORECASE,
)


def set_front_apart(text: str, blocks: list[Block]) -> list[Block]:
    """The title becomes a heading; what stands between it and the abstract or first section is bibliographic."""
    body = _front_end(text, blocks)
    end = len(blocks) if body is None else body
    title = _title_index(text, blocks[:end])
    if title is None:
        return blocks
    result = list(blocks)
    last = _title_end(text, blocks[:end], title)
    pieces = tuple(piece for block in blocks[title : last + 1] for piece in block.pieces)
    result[title] = replace(
        blocks[title], kind="heading", family="title", number=None, end=blocks[last].end, pieces=pieces
    )
    for index in range(body or 0):
        if index != title and blocks[index].kind in {"paragraph", "item", "heading"}:
            result[index] = replace(blocks[index], kind="meta", family=None)
    return result[: title + 1] + result[last + 1 :]


def _title_end(text: str, blocks: list[Block], title: int) -> int:
    """Index of the last block of a title that goes on over several ("of 4 March", "on the support of ...")."""
    last = title
    for index in range(title + 1, len(blocks)):
        content = blocks[index].words(text)
        if blocks[index].kind != "paragraph" or not content[0].islower() or wording.word_count(content) > 45:
            break
        last = index
    return last


def _front_end(text: str, blocks: list[Block]) -> int | None:
    """Index of the first block that belongs to the body (or abstract); None if no block shows where that is."""
    marked = [index for index, block in enumerate(blocks) if block.depth]
    for index, block in enumerate(blocks):
        content = block.words(text)
        if wording.ABSTRACT.match(content) or (wording.KEYWORDS.match(content) and known_kind(content)):
            return index
        later = bool(block.depth) and index != marked[0]
        if block.kind == "heading" and (block.number or known_kind(content) or later):
            return index
        prose = block.kind == "paragraph" and _is_prose(content)
        if prose or block.kind in {"item", "reference", "caption", "table", "code"}:
            return index
    return None


def _is_prose(content: str) -> bool:
    """Whether a paragraph before the first section says something, and does not merely name people and places."""
    content = _TAG.sub("", content).strip()
    if not content:
        return False
    if (first := _FIRST_SENTENCE.match(content)) and _VERB.search(first[0]):
        content = first[0]
    sentence = re.search(r"[.!?:\u3002]$", wording.unmarked(content)) is not None or wording.is_complete(content)
    fewest = (3 if _VERB.search(content) else 6) if content[-1] in ".!?" else 20
    enough = wording.word_count(content) >= fewest
    return sentence and enough and not wording.is_titled(content) and not _NOTICE.search(content)


def _title_index(text: str, blocks: list[Block]) -> int | None:
    """The block that is the document's title: marked as one, else the first that could be and is no letterhead."""
    candidates = [
        i for i, block in enumerate(blocks) if block.kind in {"heading", "paragraph"} and _can_title(text, block)
    ]
    marked = [index for index in candidates if blocks[index].depth]
    if marked:
        return marked[0]
    named = [index for index in candidates if not _ORGANISATION.match(blocks[index].words(text))]
    return next(iter(named or candidates), None)


def never_title(content: str) -> bool:
    """Whether it begins as no title does: a picture, HTML, or the label of an abstract.

    >>> never_title("![logo](a.png)"), never_title("Summary of the Act")
    (True, False)
    """
    return _NEVER_TITLE.match(content) is not None


def _can_title(text: str, block: Block) -> bool:
    content = block.words(text)
    if never_title(content):
        return False
    dated = _DAY.search(content) or re.fullmatch(r"\W*(?:[A-Z][a-z]+\W+)?(?:19|20)\d\d\W*", content)
    fewest = 1 if block.depth == 1 and not known_kind(content) else 2
    long_enough = len(re.findall(r"[\u4e00-\u9fff]|[^\W\d_]{2,}", content)) >= fewest and not dated
    finished = re.search(r"[.;,:]$", content) or wording.is_open_ended(content)
    return long_enough and wording.word_count(content) <= 45 and not finished
