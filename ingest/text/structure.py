"""What each block is (title, heading, caption, reference, bibliographic line, prose), from its place among others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ingest.text import wording
from ingest.text.back import set_back_apart
from ingest.text.blocks import Block
from ingest.text.front import set_front_apart
from ingest.text.headings import Mark, could_be_heading, known_kind, numbered, plain
from ingest.text.numbering import Sequence

_ARTICLE = re.compile("第[〇零一二三四五六七八九十百千\\d]{1,7}条(?P<end>\\s+)(?=\\S)")
_RUN_IN = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s.{0,150}?\*\*(?P<end>\s)(?=[A-Z])")


def classify(text: str, blocks: list[Block]) -> list[Block]:
    """The same blocks, each with its final kind, headings with number and family. Page furniture becomes meta.

    Where the file's format marks headings, there are no others, and what it says of a block stands.
    """
    if any(block.told and block.kind == "heading" for block in blocks):
        return set_back_apart(text, set_front_apart(text, [_as_told(text, block) for block in blocks]))
    blocks = [part for block in blocks for part in _run_in(text, block)]
    blocks = _furniture(text, blocks)
    blocks = _headings(text, blocks)
    blocks = _captions_and_labels(text, blocks)
    blocks = list(_joined_headings(text, blocks))
    return set_back_apart(text, set_front_apart(text, blocks))


def _as_told(text: str, block: Block) -> Block:
    return _as_heading(block, numbered(block.words(text))) if block.kind == "heading" else block


def _run_in(text: str, block: Block) -> list[Block]:
    """A bold heading that runs into its paragraph, and the number of an article of a Chinese law, are taken apart."""
    told = block.kind in {"paragraph", "item"}
    patterns = (_RUN_IN, _ARTICLE) if told else ()
    match = next((found for one in patterns if (found := one.match(text, block.start, block.end))), None)
    if not match or (len(block.pieces) > 1 and match.end() > block.pieces[0][1]):
        return [block]
    cut = match.start("end")
    if not numbered(text[block.start : cut]):
        return [block]
    rest = tuple((max(start, cut + 1), end) for start, end in block.pieces if end > cut + 1)
    head = Block("paragraph", block.start, cut, ((block.start, cut),))
    return [head, replace(block, kind="paragraph", start=cut + 1, pieces=rest)]


def _furniture(text: str, blocks: list[Block]) -> list[Block]:
    """Page numbers, contents lists and lines repeated from page to page are no prose."""
    shapes = Counter(_shape(text, block) for block in blocks if block.kind in {"paragraph", "heading"})
    return [block.marked("meta") if _is_furniture(text, block, shapes) else block for block in blocks]


def _is_furniture(text: str, block: Block, shapes: Counter[str]) -> bool:
    content = block.words(text)
    if block.kind != "paragraph":
        return False
    repeated = shapes[_shape(text, block)] >= 3 and 0 < len(content) < 120 and not numbered(content)
    running = repeated and not wording.is_complete(content) and not known_kind(content)
    return running or wording.is_page_number(content) or wording.CONTENTS_LINE.fullmatch(content) is not None


def _shape(text: str, block: Block) -> str:
    if block.end - block.start > 200:
        return ""
    return re.sub(r"\d+", "0", block.words(text).casefold())


def _headings(text: str, blocks: list[Block]) -> list[Block]:
    """Tell headings from short paragraphs by number, wording and what stands around them."""
    result: list[Block] = []
    sequence = Sequence()
    references = False
    for index, block in enumerate(blocks):
        content = block.words(text)
        mark = numbered(content) if block.kind in {"heading", "paragraph"} else None
        counted = mark is not None and not references and sequence.fits(mark, content)
        if block.kind == "paragraph" and (not counted if mark else wording.POINT.match(content)):
            result.append(_as_item(text, block))
            continue
        if block.kind == "paragraph" and mark is None and (not references or known_kind(content)):
            mark = _plain(text, result, block, blocks[index + 1 :])
        if block.kind == "heading" or mark:
            sequence.take(mark)
            references = known_kind(_title(content, mark)) == "references"
            result.append(_as_heading(block, mark))
        else:
            result.append(block)
    return result


def _as_item(text: str, block: Block) -> Block:
    """A numbered paragraph that is no heading: its number is a list mark."""
    start, end = block.pieces[0]
    mark = re.match(r"\d{1,3}\.\s+(?=\S)", text[start:end]) or wording.POINT.match(text[start:end])
    if mark is None:
        return block
    return replace(block, kind="item", pieces=((start + mark.end(), end), *block.pieces[1:]))


def _as_heading(block: Block, mark: Mark | None) -> Block:
    if mark is None:
        return replace(block, kind="heading", family="marked" if block.depth else "plain")
    return replace(block, kind="heading", number=mark.number, family=mark.family)


def _title(content: str, mark: Mark | None) -> str:
    return content[mark.title :] if mark else content


def _plain(text: str, before: list[Block], block: Block, after: list[Block]) -> Mark | None:
    """An unnumbered heading stands after finished prose and before more of it."""
    content = block.words(text)
    mark = plain(content)
    if mark is None or mark.family == "known":
        return mark
    previous = next((other for other in reversed(before) if other.kind in {"paragraph", "item"}), None)
    unfinished = (
        previous is not None
        and before[-1].kind != "heading"
        and (wording.is_open_ended(previous.words(text)) or not wording.is_complete(previous.words(text)))
    )
    following = next((other for other in after if other.kind not in {"rule", "meta"}), None)
    if wording.is_open_ended(content) or unfinished or following is None:
        return None
    if wording.is_caption(content) or wording.is_label(content):
        return None
    more = following.words(text)
    if following.kind == "paragraph" and wording.continues(more):
        return None
    ahead = following.kind in {"item", "heading", "table"} or wording.word_count(more) >= 8 or wording.is_complete(more)
    return mark if ahead else None


def _captions_and_labels(text: str, blocks: list[Block]) -> list[Block]:
    return [_caption_or_label(block, block.words(text)) for block in blocks]


def _caption_or_label(block: Block, content: str) -> Block:
    if block.kind not in {"paragraph", "heading"} or block.depth or block.family == "legal":
        return block
    if wording.is_caption(content):
        return Block("caption", block.start, block.end, block.pieces)
    if block.kind == "paragraph" and re.match(r"\[\^[\w-]{1,20}\]:\s", content):
        return block.marked("reference")
    labelled = block.kind == "paragraph" and (wording.is_label(content) or _is_keywords(content))
    return block.marked("meta") if labelled else block


def _is_keywords(content: str) -> bool:
    match = wording.KEYWORDS.match(content)
    return bool(match and match["colon"])


def _joined_headings(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Headings broken over two blocks, and "CHAPTER II" followed by its title, are one heading."""
    held: Block | None = None
    for block in blocks:
        if held is not None and _completes(text, held, block):
            held = replace(held, end=block.end, pieces=held.pieces + block.pieces)
            continue
        if held is not None:
            yield held
        held = block if block.kind == "heading" else None
        if held is None:
            yield block
    if held is not None:
        yield held


def _completes(text: str, head: Block, block: Block) -> bool:
    content = block.words(text)
    if block.depth or block.number or block.kind not in {"paragraph", "heading"} or not could_be_heading(content):
        return False
    first = head.words(text)
    if wording.word_count(content) > 14 or len(head.pieces) > 2:
        return False
    if head.family == "legal" and (mark := numbered(first)) and mark.title >= len(first):
        return True
    return not (known_kind(content) or wording.is_complete(first)) and _breaks_off(head, first, content)


def _breaks_off(head: Block, first: str, content: str) -> bool:
    if wording.continues(content) or wording.is_open_ended(first):
        return wording.is_open_ended(first) or len(first) >= 50
    return head.number is not None and len(first) >= 60 and wording.is_titled(content)
