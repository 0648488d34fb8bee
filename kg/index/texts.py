"""Which texts are indexed, by meaning and by words, and under which ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.records import Concept, DocumentRecords

# Folder names of the vectors, and the kind each has in the word index.
KINDS: Mapping[str, str] = {
    "concepts": "concept",
    "passages": "passage",
    "sentences": "sentence",
    "statements": "statement",
}


def indexed_texts(documents: Sequence[DocumentRecords], concepts: Sequence[Concept]) -> dict[str, dict[str, str]]:
    """Texts by id for each name in ``KINDS``, ids sorted.

    Sentences are those of prose and headings that repeat no earlier one; a concept goes by its IRI.
    """
    return {
        "concepts": dict(sorted((concept.iri, _concept(concept)) for concept in concepts)),
        "passages": dict(sorted((each.id, each.text) for records in documents for each in records.passages)),
        "sentences": dict(sorted(pair for records in documents for pair in _sentences(records))),
        "statements": dict(
            sorted((each.id, f"{each.label}. {each.text}") for records in documents for each in records.statements)
        ),
    }


def word_rows(texts: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Rows (id, kind, text) for the word index."""
    for name, rows in sorted(texts.items()):
        for identifier, text in rows.items():
            yield identifier, KINDS[name], text


def _sentences(records: DocumentRecords) -> Iterator[tuple[str, str]]:
    for sentence in records.sentences:
        if sentence.kind in ("prose", "heading") and sentence.duplicate_of is None:
            yield sentence.id, sentence.text


def _concept(concept: Concept) -> str:
    return "; ".join([concept.label, *concept.alt_labels])
