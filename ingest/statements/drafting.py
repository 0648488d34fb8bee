"""From analysed sentences to the roles of each and to drafts of statements in source coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from spacy.tokens import Doc

from ingest.statements.drafts import DraftStatement
from ingest.statements.findings import Finding
from ingest.text.layout import Layout
from kg.identifiers import mint
from kg.records import Labelling, Role, Sentence, StatementType

_ROLES: tuple[Role, ...] = get_args(Role)
_Key = tuple[str, StatementType, int]


def collect(
    docs: Sequence[Doc], layout: Layout, source: str
) -> tuple[tuple[Labelling, ...], tuple[DraftStatement, ...]]:
    """Labellings and drafts of a document in text order.

    ``docs`` holds one Doc a sentence, in the order of ``layout.sentences``; ``source`` is the document's text.
    """
    labellings = tuple(_labelling(sentence, doc) for sentence, doc in zip(layout.sentences, docs, strict=True))
    drafts: list[DraftStatement] = []
    known: dict[_Key, str] = {}
    for sentence, doc in zip(layout.sentences, docs, strict=True):
        kinds: tuple[tuple[StatementType, tuple[Finding, ...]], ...] = (
            ("measure", doc._.measures),
            ("challenge", doc._.challenges),
        )
        for kind, found in kinds:
            drafts.extend(_draft(sentence, doc, kind, finding, layout, source, known) for finding in found)
    unique = {draft.id: draft for draft in reversed(drafts)}.values()
    return labellings, tuple(sorted(unique, key=lambda draft: (draft.start, draft.end, draft.type)))


def _labelling(sentence: Sentence, doc: Doc) -> Labelling:
    held = tuple(role for role in _ROLES if role in doc._.roles)
    return Labelling(sentence.id, held, tuple(float(doc._.roles[role]) for role in held))


def _draft(
    sentence: Sentence,
    doc: Doc,
    kind: StatementType,
    finding: Finding,
    layout: Layout,
    source: str,
    known: dict[_Key, str],
) -> DraftStatement:
    """One draft; ``known`` remembers places in sentences, for the twins of repeated ones, and is added to."""
    span = doc[finding.start : finding.end]
    view = layout.views[sentence.id]
    start, end = view.source_span(span.start_char, span.end_char)
    identifier = mint("statement", sentence.document, kind, start, end)
    known[sentence.id, kind, span.start_char] = identifier
    twin = known.get((sentence.duplicate_of, kind, span.start_char)) if sentence.duplicate_of else None
    return DraftStatement(
        id=identifier,
        type=kind,
        document=sentence.document,
        section=sentence.section,
        sentence=sentence.id,
        start=start,
        end=end,
        text=source[start:end],
        label=finding.label,
        theme=finding.theme,
        status=finding.status,
        confidence=finding.confidence,
        duplicate_of=twin,
    )
