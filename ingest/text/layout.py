"""The shape of one document: what it is, its sections, passages and sentences, each sentence with its readable view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.language import Language

from ingest.text.blocks import Block, blocks_of
from ingest.text.cleaning import vocabulary
from ingest.text.document import describe
from ingest.text.flow import reconnect
from ingest.text.passages import passages
from ingest.text.sections import sections
from ingest.text.sentences import Piece, pieces
from ingest.text.structure import classify
from ingest.text.view import View
from ingest.text.wording import word_count
from kg.identifiers import mint
from kg.records import Document, Passage, Section, Sentence, Source


@dataclass(frozen=True, slots=True)
class Layout:
    """A document taken apart. ``views[sentence.id].text == sentence.text`` for every sentence."""

    document: Document
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    sentences: tuple[Sentence, ...]
    views: Mapping[str, View]


def lay_out(source: Source, nlp: Language) -> Layout:
    """Take a document apart; odd input gives a poor layout, never an error.

    ``nlp`` is asked only where a full stop is ambiguous (its ``senter`` or parser, if it has one).
    """
    text = source.text
    words = vocabulary(text)
    blocks: list[Block] = reconnect(text, classify(text, blocks_of(source)))
    document = describe(source, blocks)
    found_sections, owners = sections(text, blocks, document.id, words)
    found = pieces(text, blocks, words, nlp)
    homes = [found_sections[owners[piece.block]].id for piece in found]
    found_passages, passage_of = passages(text, found, homes, document.id, source.pages)
    sentences = _sentences(found, homes, passage_of, document.id)
    views = {sentence.id: piece.view for sentence, piece in zip(sentences, found, strict=True)}
    return Layout(document, tuple(found_sections), tuple(found_passages), sentences, views)


def _sentences(
    found: Sequence[Piece], homes: Sequence[str], passage_of: Mapping[int, str], document: str
) -> tuple[Sentence, ...]:
    """Sentence records; prose that repeats earlier prose word for word names its earlier twin."""
    first: dict[str, str] = {}
    made = []
    for index, piece in enumerate(found):
        start, end = piece.span
        identifier = mint("sentence", document, start, end, piece.kind)
        twin = None
        if piece.kind == "prose" and word_count(piece.view.text) >= 5:
            twin = first.get(piece.view.text.casefold())
            first.setdefault(piece.view.text.casefold(), identifier)
        made.append(
            Sentence(
                id=identifier,
                document=document,
                section=homes[index],
                passage=passage_of.get(index),
                ordinal=index,
                kind=piece.kind,
                start=start,
                end=end,
                text=piece.view.text,
                duplicate_of=twin,
            )
        )
    return tuple(made)
