"""What was found in a text, as marks on it: statements by kind, figures, names of places, branches and actors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.identifiers import iri
from kg.records import DocumentRecords, Sentence
from search_api.catalog import Catalog
from search_api.web.address import Links
from search_api.web.quoting import Stretch, stretches

CITED: Final = "cited"
SIGNED: Final = ("measure", "challenge", "statistic")
NAMED: Final = ("region", "industry", "actor")
_SPAN: Final = re.compile(r"(\d{1,9})-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters ``start:end`` of a document that state or name something, told whole at ``href``."""

    start: int
    end: int
    kind: str
    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that are marked alike: ``tint`` is the kind of the innermost statement or figure that covers them,
    ``entity`` what they name, ``opening`` the statements and figures that begin here, each with a sign before it.
    """

    text: str
    tint: str | None
    entity: Mark | None
    opening: tuple[Mark, ...]
    cited: bool


@dataclass(frozen=True, slots=True)
class Annotated:
    """A sentence as it stands in the source, and where it begins and ends."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    cited: bool


def span_of(given: str | None) -> tuple[int, int] | None:
    """A span from ``START-END``; None from anything else."""
    found = _SPAN.fullmatch(given or "")
    span = (int(found[1]), int(found[2])) if found else None
    return span if span and span[0] < span[1] else None


def annotated(
    catalog: Catalog, links: Links, record: DocumentRecords, sentence: Sentence, cited: tuple[int, int] | None
) -> Annotated:
    """A sentence of a source with what was found in it; ``cited`` are characters to highlight."""
    found = [*_marks(catalog, links, sentence)]
    lit = cited is not None and cited[0] < sentence.end and sentence.start < cited[1]
    if cited is not None and lit:
        found.append(Mark(*cited, CITED, "", ""))
    text = record.text[sentence.start : sentence.end]
    cut = stretches(text, ((m.start - sentence.start, m.end - sentence.start, m) for m in found))
    return Annotated(sentence.start, sentence.end, tuple(_pieces(cut, sentence.start)), lit)


def _marks(catalog: Catalog, links: Links, sentence: Sentence) -> Iterator[Mark]:
    """All marks of a sentence; of statements those that belong to a concept."""
    for statement in catalog.statements_in.get(sentence.id, ()):
        if (concept := catalog.concept_of.get(statement.id)) is not None:
            yield Mark(statement.start, statement.end, statement.type, concept.label, links.thing(concept.iri))
    for figure in catalog.statistics_in.get(sentence.id, ()):
        href = links.thing(iri(links.base_iri, "statistic", figure.id))
        yield Mark(figure.start, figure.end, "statistic", figure.indicator or figure.text, href)
    for mention in catalog.mentions_in.get(sentence.id, ()):
        yield Mark(mention.start, mention.end, mention.type, mention.entity.label, links.thing(mention.entity.iri))


def _pieces(found: Sequence[Stretch[Mark]], at: int) -> Iterator[Piece]:
    for stretch in found:
        signed = [mark for mark in stretch.marks if mark.kind in SIGNED]
        yield Piece(
            text=stretch.text,
            tint=signed[-1].kind if signed else None,
            entity=next((mark for mark in stretch.marks if mark.kind in NAMED), None),
            opening=tuple(mark for mark in signed if mark.start == at),
            cited=any(mark.kind == CITED for mark in stretch.marks),
        )
        at += len(stretch.text)
