"""Whether records prove what they say: quotes are the source's characters, references lead somewhere."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.records import (
    Concept,
    Document,
    DocumentRecords,
    Mention,
    Passage,
    Reference,
    Relation,
    Section,
    Sentence,
    Statement,
    Statistic,
)

_Record = Document | Section | Passage | Sentence | Mention | Statement | Statistic | Relation | Reference
_Quoted = Passage | Mention | Statement | Statistic | Reference


def broken_quotes(records: DocumentRecords) -> Iterator[str]:
    """What is wrong with the spans of one document, one line each; nothing where every quote is verbatim."""
    source = records.text
    quoted: tuple[_Quoted, ...] = (
        *records.passages,
        *records.mentions,
        *records.statements,
        *records.statistics,
        *records.references,
    )
    for record in quoted:
        if not _within(record.start, record.end, source) or source[record.start : record.end] != record.text:
            yield f"{record.id}: characters {record.start}:{record.end} of the source are not {record.text!r:.80}"
    for section in records.sections:
        if not _within(section.start, section.end, source):
            yield f"{section.id}: {section.start}:{section.end} lies outside the source"
    for sentence in records.sentences:
        if not _within(sentence.start, sentence.end, source):
            yield f"{sentence.id}: {sentence.start}:{sentence.end} lies outside the source"
        elif not _is_view(sentence, source):
            yield f"{sentence.id}: {sentence.text!r:.80} does not read characters {sentence.start}:{sentence.end}"


def broken_references(documents: Sequence[DocumentRecords], concepts: Sequence[Concept]) -> Iterator[tuple[str, str]]:
    """Pairs of a file and what in it leads nowhere, stands twice or belongs to another document."""
    ids = Counter(record.id for records in documents for record in _identified(records))
    for records in documents:
        place = f"documents/{records.document.id}.json"
        twice = sorted({record.id for record in _identified(records) if ids[record.id] > 1})
        yield from ((place, f"the id {identifier} stands twice") for identifier in twice)
        yield from ((place, detail) for detail in _dangling(records))
    types = {each.id: each.type for records in documents for each in records.statements}
    iris = Counter(concept.iri for concept in concepts)
    for concept in concepts:
        if iris[concept.iri] > 1:
            yield "concepts.json", f"the concept {concept.iri} stands twice"
        for member in concept.members:
            if types.get(member) != concept.type:
                yield "concepts.json", f"{concept.iri}: '{member}' is no {concept.type} of any document"
        if concept.merges and tuple(merge.statement for merge in concept.merges) != concept.members:
            yield "concepts.json", f"{concept.iri}: its merges are not those of its members"
        for other in concept.related:
            if other not in iris or other == concept.iri:
                yield "concepts.json", f"{concept.iri}: '{other}' cannot be related to it"


def _within(start: int, end: int, source: str) -> bool:
    return 0 <= start < end <= len(source)


def _is_view(sentence: Sentence, source: str) -> bool:
    """Whether a readable text can be one of its span.

    Letters may be repaired (hyphens, ligatures, look-alikes of other scripts) and interruptions left out, but no figure
    may appear that the source does not have there, in that order.
    """
    digits = iter(_digits(source[sentence.start : sentence.end]))
    return bool(sentence.text.strip()) and all(digit in digits for digit in _digits(sentence.text))


def _digits(text: str) -> str:
    return "".join(character for character in unicodedata.normalize("NFKC", text) if character.isdecimal())


def _identified(records: DocumentRecords) -> tuple[_Record, ...]:
    return (
        records.document,
        *records.sections,
        *records.passages,
        *records.sentences,
        *records.mentions,
        *records.statements,
        *records.statistics,
        *records.relations,
        *records.references,
    )


def _dangling(records: DocumentRecords) -> Iterator[str]:
    """References of one document that do not lead to a record of the right kind in it."""
    sections, sentences, statements = (
        {record.id for record in group} for group in (records.sections, records.sentences, records.statements)
    )
    targets = {
        "document": {records.document.id},
        "section": sections,
        "parent": sections,
        "passage": {record.id for record in records.passages},
        "sentence": sentences,
        "duplicate_of": sentences | statements,
        "subject": statements,
        "object": statements,
    }
    for record in (*_identified(records), *records.labellings):
        holder = getattr(record, "id", "a labelling")
        for name, known in targets.items():
            target = getattr(record, name, None)
            if target is not None and target not in known:
                yield f"{holder}: there is no {name} '{target}' in this document"
