"""The export has the fixed form, in a stable order, with every quote verbatim."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from kg.exports.records import export_records, write_records
from kg.records import Concept, DocumentRecords

FIXED = {
    "document": {"id", "source", "sha256", "title", "authors", "year", "doi"},
    "sentence": {"document", "start", "end", "roles"},
    "mention": {"type", "document", "start", "end", "text", "entity", "label"},
    "statement": {
        *("type", "id", "document", "start", "end", "text", "label", "concept", "theme", "status"),
        *("actors", "industries", "regions", "region_types", "confidence"),
    },
    "statistic": {"document", "start", "end", "text", "indicator", "value", "unit", "year", "region"},
    "relation": {"type", "measure", "challenge", "basis", "confidence"},
}


@pytest.fixture
def concepts(
    two_documents: list[DocumentRecords], make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]]
) -> list[Concept]:
    return make_concepts(two_documents)


def _lines(documents: Sequence[DocumentRecords], concepts: Sequence[Concept]) -> list[dict[str, Any]]:
    stream = io.StringIO()
    write_records(stream, documents, concepts)
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_every_kind_has_its_fields(two_documents: list[DocumentRecords], concepts: list[Concept]) -> None:
    lines = _lines(two_documents, concepts)
    assert {line["kind"] for line in lines} >= FIXED.keys()
    for line in lines:
        assert FIXED.get(line["kind"], set()) <= line.keys()


def test_quotes_are_characters_of_their_documents(
    two_documents: list[DocumentRecords], concepts: list[Concept]
) -> None:
    texts = {records.document.id: records.text for records in two_documents}
    quoted = [line for line in _lines(two_documents, concepts) if "text" in line]
    assert quoted
    assert all(texts[line["document"]][line["start"] : line["end"]] == line["text"] for line in quoted)


def test_statements_name_concept_and_labels(two_documents: list[DocumentRecords], concepts: list[Concept]) -> None:
    statements = [line for line in _lines(two_documents, concepts) if line["kind"] == "statement"]
    assert {line["concept"] for line in statements} == {concept.iri for concept in concepts}
    assert all(line["regions"] == ["Norland"] for line in statements)


def test_roles_tell_headings_apart(two_documents: list[DocumentRecords]) -> None:
    sentences = [line for line in export_records(two_documents, []) if line["kind"] == "sentence"]
    roles = {line["start"]: line["roles"] for line in sentences if line["document"] == two_documents[0].document.id}
    first, second = two_documents[0].sentences[:2]
    assert roles[first.start] == ["heading"]
    assert roles[second.start] == ["challenge"]


def test_a_cause_is_no_measure(two_documents: list[DocumentRecords]) -> None:
    records = replace(two_documents[0], relations=(replace(two_documents[0].relations[0], type="causes"),))
    (line,) = [line for line in export_records([records], []) if line["kind"] == "relation"]
    assert line["type"] == "causes"
    assert {"cause", "effect", "document"} <= line.keys()


def test_order_of_input_does_not_matter(two_documents: list[DocumentRecords], concepts: list[Concept]) -> None:
    backwards = [
        replace(records, mentions=records.mentions[::-1], statements=records.statements[::-1])
        for records in two_documents[::-1]
    ]
    assert _lines(backwards, concepts[::-1]) == _lines(two_documents, concepts)
    sources = [line["source"] for line in _lines(two_documents, concepts) if line["kind"] == "document"]
    assert sources == sorted(sources)
