"""The places that prove what browsing shows, each checked against its source by ``search_api.citations``."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from kg.records import Mention, Statement, Statistic
from search_api.browse.index import Index
from search_api.browse.links import Link
from search_api.browse.schemas import Proof
from search_api.citations import cite
from search_api.items.found import Place
from search_api.retrieval.evidence import Evidence
from search_api.schemas import Citation

Record = Statement | Mention | Statistic


def cited(index: Index, record: Record, confidence: float = 1.0) -> Citation | None:
    """The sentence of a record as a citation whose score is the confidence; None where no passage is left to show it.

    A heading stands in no passage: the exact stretch is cited, with the passage that follows it around it.
    """
    sentence = index.catalog.sentences.get(record.sentence)
    if sentence is not None:
        return _citation(index, record, (sentence.start, sentence.end), sentence.id, confidence)
    lines = index.lines[record.document]
    following = bisect_left(lines, (record.end, ""))
    if (
        following == len(lines)
        or index.catalog.documents[record.document].text[record.start : record.end] != record.text
    ):
        return None
    return _citation(index, record, (record.start, record.end), lines[following][1], confidence)


def _citation(index: Index, record: Record, span: tuple[int, int], sentence: str, confidence: float) -> Citation | None:
    evidence = Evidence(sentence, confidence, dense=0.0, lexical=0.0, role=0.0, fit=0.0, concepts=())
    return cite(index.catalog, index.settings, Place(record.document, *span, evidence))


def best(index: Index, statements: Iterable[Statement]) -> Citation | None:
    """The citation of the surest statement that can be cited, of equals the first in reading order."""
    ranked = sorted(
        statements,
        key=lambda s: (s.duplicate_of is not None, -s.confidence, *index.source_order(s.document, s.start), s.id),
    )
    return next((c for s in ranked if (c := cited(index, s, s.confidence)) is not None), None)


def best_mention(index: Index, mentions: Sequence[Mention]) -> Citation | None:
    """The citation of the surest mention that can be cited, of equals the first in reading order."""
    ranked = sorted(mentions, key=lambda m: (-m.score, *index.source_order(m.document, m.start)))
    return next((c for m in ranked if (c := cited(index, m, m.score)) is not None), None)


def all_of(index: Index, link: Link) -> list[Citation]:
    """Every sentence that a link rests on, once, in reading order."""
    ordered = sorted(link.statements, key=lambda s: (*index.source_order(s.document, s.start), s.id))
    sentences = {s.sentence: s for s in ordered if s.duplicate_of is None}
    made = (cited(index, s, s.confidence) for s in sentences.values())
    return [citation for citation in made if citation is not None]


def of_statement(index: Index, statement: Statement) -> Proof:
    """A statement as a row of the evidence table."""
    return Proof(
        id=statement.id,
        kind="statement",
        label=statement.label,
        text=statement.text,
        start=statement.start,
        end=statement.end,
        status=statement.status,
        scope=statement.scope,
        confidence=round(statement.confidence, 6),
        repeated=statement.duplicate_of is not None,
        citation=cited(index, statement, statement.confidence),
    )


def of_place(index: Index, record: Mention | Statistic) -> Proof:
    """A mention or a figure as a row of the evidence table."""
    mention = isinstance(record, Mention)
    sentence = index.catalog.sentences.get(record.sentence)
    score = record.score if isinstance(record, Mention) else 1.0
    return Proof(
        id=record.id,
        kind="mention" if mention else "figure",
        label=record.text,
        text=record.text,
        start=record.start,
        end=record.end,
        status=None,
        scope=None,
        confidence=round(score, 6) if mention else None,
        repeated=sentence is not None and sentence.duplicate_of is not None,
        citation=cited(index, record, score),
    )
