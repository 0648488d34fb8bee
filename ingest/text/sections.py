"""Sections: headings with number, level and kind, each reaching to the next heading of its level or a higher one."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.text.blocks import Block
from ingest.text.cleaning import Vocabulary
from ingest.text.headings import known_kind, numbered
from ingest.text.view import view_of
from ingest.text.wording import ABSTRACT, KEYWORDS
from kg.identifiers import mint
from kg.records import Section, SectionKind

_INHERITED = frozenset({"references", "back_matter", "conclusion", "abstract"})


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a section begins: the block's index, source offset, level (from 1), number, title and kind."""

    block: int
    start: int
    level: int
    number: str | None
    title: str
    kind: SectionKind


def sections(text: str, blocks: list[Block], document: str, words: Vocabulary) -> tuple[list[Section], list[int]]:
    """The document's sections in order, and for each block the index of the innermost section it belongs to.

    There is always at least one section, and the first begins at offset 0 or at the first heading.
    """
    openings = _openings(text, blocks, words)
    made: list[Section] = []
    open_sections: list[int] = []
    for ordinal, opening in enumerate(openings):
        while open_sections and made[open_sections[-1]].level >= opening.level:
            open_sections.pop()
        parent = made[open_sections[-1]] if open_sections else None
        kind = parent.kind if parent and parent.kind in _INHERITED else opening.kind
        end = next((other.start for other in openings[ordinal + 1 :] if other.level <= opening.level), len(text))
        made.append(
            Section(
                id=mint("section", document, opening.start),
                document=document,
                ordinal=ordinal,
                parent=parent.id if parent else None,
                kind=kind,
                level=opening.level,
                number=opening.number,
                title=opening.title,
                start=opening.start,
                end=end,
            )
        )
        open_sections.append(ordinal)
    return made, _owners(len(blocks), openings)


def _owners(count: int, openings: list[_Opening]) -> list[int]:
    owners = [0] * count
    for ordinal, opening in enumerate(openings):
        owners[opening.block :] = [ordinal] * (count - opening.block)
    return owners


def _openings(text: str, blocks: list[Block], words: Vocabulary) -> list[_Opening]:
    levels = _Levels(text, blocks)
    openings: list[_Opening] = []
    first = next((block for block in blocks if block.kind not in {"rule"}), None)
    if first is None or first.kind != "heading":
        kind: SectionKind = "front_matter" if first is not None and first.kind in {"meta", "yaml"} else "body"
        openings.append(_Opening(0, 0, 1, None, "", kind))
    for index, block in enumerate(blocks):
        if block.kind == "heading":
            title = view_of(text, block.pieces, words).text
            mark = numbered(title) if block.number else None
            title = title[mark.title :].strip() if mark and mark.title < len(title) else title
            level = levels.of(block, title)
            openings.append(
                _Opening(index, block.start, level, block.number, title, _kind(text, title, block, blocks[index + 1 :]))
            )
        elif label := _label(text, block, openings):
            title, label_kind = label
            if openings and openings[-1].start == block.start:
                openings.pop()
            openings.append(_Opening(index, block.start, 1, None, title, label_kind))
    return openings


def _label(text: str, block: Block, openings: list[_Opening]) -> tuple[str, SectionKind] | None:
    """A section that a label inside a block opens: "Abstract: ...", and the keywords that end an abstract."""
    before = openings[-1].kind if openings else "front_matter"
    early = len(openings) <= 2 and not any(opening.number for opening in openings)
    content = text[block.start : block.start + 120]
    if block.kind == "paragraph" and early and (match := ABSTRACT.match(content)):
        return match["word"].capitalize(), "abstract"
    if block.kind == "meta" and before == "abstract" and KEYWORDS.match(content):
        return "Keywords", "front_matter"
    return None


def _kind(text: str, title: str, block: Block, after: list[Block]) -> SectionKind:
    known = known_kind(title)
    follower = next((other.kind for other in after if other.kind != "rule"), None)
    if block.family == "title":
        inside = after[: next((index for index, other in enumerate(after) if _ends_front(text, other)), len(after))]
        return "body" if any(other.kind in {"paragraph", "item"} for other in inside) else "front_matter"
    if known == "back_matter":
        return "body" if follower in {"paragraph", "item"} else "back_matter"
    if known in {"keywords", "contents"}:
        return "front_matter"
    if known == "abstract" and block.number is None:
        return "abstract"
    if known == "references":
        return "references"
    return "conclusion" if known == "conclusion" else "body"


def _ends_front(text: str, block: Block) -> bool:
    return block.kind == "heading" or (block.kind == "paragraph" and bool(ABSTRACT.match(text, block.start)))


class _Levels:
    """Gives each heading its level, from the families of headings that the document uses."""

    def __init__(self, text: str, blocks: list[Block]) -> None:
        heads = [block for block in blocks if block.kind == "heading" and block.family != "title"]
        self._legal = sorted({self._legal_depth(text, block) for block in heads if block.family == "legal"})
        self._roman = any(block.family == "roman" for block in heads)
        self._capitals = any(block.family == "plain" and self._is_capital(text, block) for block in heads)
        self._base = min((block.depth for block in heads if block.depth), default=1)
        self._text = text
        self._legal_level = 0
        self._structured = 0

    def of(self, block: Block, title: str) -> int:
        """The level of the next heading, from 1; headings must come in order."""
        level = self._level(block, title)
        if block.family not in {"plain", "marked", "known"}:
            self._structured = level if block.family != "title" else 0
        return level

    def _level(self, block: Block, title: str) -> int:
        if block.told and block.family != "title":
            return block.depth - self._base + 1
        if block.family == "legal":
            self._legal_level = self._legal.index(self._legal_depth(self._text, block)) + 1
            return self._legal_level
        if block.family in {"number", "letter"}:
            depth = (block.number or "").count(".") + 1
            outer = self._legal_level or int(self._roman)
            return outer + depth - (1 if outer and depth > 1 else 0)
        if block.family == "roman":
            return 1 + self._legal_level
        return 1 if block.family == "title" else self._unnumbered(block, title)

    def _unnumbered(self, block: Block, title: str) -> int:
        if block.depth:
            return block.depth - self._base + 1
        if known_kind(title) not in {None, "body"} or self._is_capital(self._text, block):
            return 1
        return self._structured + 1 if self._structured else 1 + int(self._capitals)

    @staticmethod
    def _legal_depth(text: str, block: Block) -> int:
        mark = numbered(block.words(text))
        return mark.depth if mark else 1

    @staticmethod
    def _is_capital(text: str, block: Block) -> bool:
        content = block.words(text)
        return content.upper() == content
