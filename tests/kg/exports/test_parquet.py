"""Parquet holds every record with its types, and a folder appears whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kg.errors import MisuseError
from kg.exports.parquet import write_folder
from kg.records import Concept, DocumentRecords
from kg.serialization import document_to_json

pq = pytest.importorskip("pyarrow.parquet")
MakeConcepts = Callable[[Sequence[DocumentRecords]], list[Concept]]


def test_every_record_is_there(
    two_documents: list[DocumentRecords], make_concepts: MakeConcepts, tmp_path: Path
) -> None:
    concepts = make_concepts(two_documents)
    names = write_folder(tmp_path / "out", lambda: two_documents, concepts)
    read = {name.removesuffix(".parquet"): pq.read_table(tmp_path / "out" / name).to_pylist() for name in names}
    encoded = [document_to_json(records) for records in two_documents]
    for kind, rows in read.items():
        if kind in encoded[0]:
            assert len(rows) == sum(len(each[kind]) for each in encoded), kind
    assert [row["text"] for row in read["documents"]] == [records.text for records in two_documents]
    texts = {row["id"]: row["text"] for row in read["documents"]}
    assert all(texts[row["document"]][row["start"] : row["end"]] == row["text"] for row in read["statements"])
    assert {row["concept"] for row in read["statements"]} == {concept.iri for concept in concepts}
    assert read["statements"][0]["regions"][0]["label"] == "Norland"
    assert len(read["merges"]) == sum(len(concept.merges) for concept in concepts)
    assert {row["document"] for row in read["pages"]} == set(texts)


def test_types_are_those_of_the_records(two_documents: list[DocumentRecords], tmp_path: Path) -> None:
    write_folder(tmp_path / "out", lambda: two_documents, [])
    statistics = pq.read_schema(tmp_path / "out" / "statistics.parquet")
    assert str(statistics.field("value").type) == "double"
    assert (statistics.field("year").nullable, statistics.field("start").nullable) == (True, False)
    assert str(pq.read_schema(tmp_path / "out" / "concepts.parquet").field("members").type).startswith("list<")


def test_the_same_records_give_the_same_bytes(two_documents: list[DocumentRecords], tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_folder(tmp_path / name, lambda: two_documents, [])
    files = sorted((tmp_path / "one").iterdir())
    assert files
    assert all(file.read_bytes() == (tmp_path / "two" / file.name).read_bytes() for file in files)


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(MisuseError, match="name a new folder"):
        write_folder(tmp_path, list, [])
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_failure_leaves_no_folder(two_documents: list[DocumentRecords], tmp_path: Path) -> None:
    def broken() -> Sequence[DocumentRecords]:
        raise MisuseError("the second document is damaged")

    with pytest.raises(MisuseError, match="damaged"):
        write_folder(tmp_path / "out", broken, [])
    assert list(tmp_path.iterdir()) == []


def test_without_pyarrow_the_way_out_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    with pytest.raises(MisuseError, match="pip install"):
        write_folder(tmp_path / "out", list, [])
