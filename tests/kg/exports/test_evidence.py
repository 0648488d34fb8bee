"""The evidence table: a row a place, its quote verbatim and its link to the place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from kg.exports.evidence import COLUMNS, rows
from kg.records import Concept, DocumentRecords
from kg.settings import Settings

MakeConcepts = Callable[[Sequence[DocumentRecords]], list[Concept]]
SETTINGS = Settings.model_construct(base_iri="https://example.org/", public_url="http://localhost:8000", data=Path())


def test_each_place_has_its_row(two_documents: list[DocumentRecords], make_concepts: MakeConcepts) -> None:
    found = list(rows(two_documents, make_concepts(two_documents), SETTINGS))
    texts = {records.document.source: records.text for records in two_documents}
    assert len(found) == sum(len(records.statements) for records in two_documents)
    assert all(tuple(row) == COLUMNS for row in found)
    for row in found:
        assert texts[row["source"]][row["start"] : row["end"]] == row["quote"]
        assert row["url"].startswith("http://localhost:8000/passages/p")
        assert row["url"].endswith(f"#char={row['start']},{row['end']}")
        assert (row["regions"], row["region_types"], row["page"]) == ("Norland", "county", 1)
    assert [row["source"] for row in found] == sorted(row["source"] for row in found)


def test_a_measure_names_what_it_addresses(two_documents: list[DocumentRecords], make_concepts: MakeConcepts) -> None:
    concepts = make_concepts(two_documents)
    labels = {concept.label for concept in concepts if concept.type == "challenge"}
    measures = [row for row in rows(two_documents, concepts, SETTINGS) if row["type"] == "measure"]
    assert {row["addresses"] for row in measures} == labels
    without = [row for row in rows(two_documents, [], SETTINGS) if row["type"] == "measure"]
    assert all(row["addresses"] and row["concept"] is None for row in without)


def test_a_statement_outside_passages_links_to_its_document(two_documents: list[DocumentRecords]) -> None:
    records = two_documents[0]
    bare = replace(records, sentences=tuple(replace(each, passage=None) for each in records.sentences))
    row = next(rows([bare], [], SETTINGS))
    assert row["url"] == f"https://example.org/document/{records.document.id}#char={row['start']},{row['end']}"
