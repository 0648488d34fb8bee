"""Verification finds and names whatever is not as it was published."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import manifest as manifests
from kg.errors import SnapshotError
from kg.records import DocumentRecords
from kg.snapshot import read_manifest
from kg.staging import hash_file
from kg.verification import Problem, verify


def _flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def test_a_flipped_byte_in_any_file_is_named(data: Path, folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)
    assert len(files) > 30
    for number, path in enumerate(files):
        place = (number * 7919) % path.stat().st_size
        _flip(path, place)
        assert path.relative_to(folder).as_posix() in {problem.path for problem in verify(data)}
        _flip(path, place)
    assert verify(data) == []


def test_bytes_of_the_manifest_count(folder: Path) -> None:
    path = folder / manifests.NAME
    whole = path.read_bytes()
    for place in range(0, len(whole), 13):
        damaged = bytearray(whole)
        damaged[place] ^= 1
        with pytest.raises(SnapshotError):
            manifests.parse(bytes(damaged), "manifest.json")


def test_flips_outside_the_snapshot_are_named(data: Path, folder: Path) -> None:
    _flip(data / "current", 0)
    assert [problem.path for problem in verify(data)] == ["current"]
    _flip(data / "current", 0)
    (model,) = [path for path in (data / "models").iterdir() if path.is_dir()]
    copy = data / "own"
    copy.mkdir()
    for path in model.iterdir():
        (copy / path.name).write_bytes(path.read_bytes())
    (data / "models").unlink()
    (data / "models").mkdir()
    copy = copy.rename(data / "models" / model.name)
    assert verify(data) == []
    _flip(copy / "tokenizer.json", 100)
    assert [problem.path for problem in verify(data)] == [f"models/{model.name}/tokenizer.json"]


def test_missing_and_unexpected_files_are_named(data: Path, folder: Path) -> None:
    (folder / "vectors" / "passages.ids").unlink()
    (folder / "graph" / "more").write_text("")
    found = {(problem.path, problem.what) for problem in verify(data)}
    assert found == {("vectors/passages.ids", "missing"), ("graph/more", "unexpected")}


def test_nothing_published_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="policyweave ingest"):
        verify(tmp_path)


def _rewrite(data: Path, folder: Path, name: str, change: Callable[[Any], None]) -> list[Problem]:
    """Change a JSON file and give the snapshot a manifest that agrees: all hashes are right, the records are not."""
    path = folder / name
    content = json.loads(path.read_bytes())
    change(content)
    path.write_bytes(json.dumps(content).encode())
    manifest = read_manifest(folder)
    files = {**manifest.files, name: hash_file(path)}
    identifier = manifests.snapshot_id(manifest.basis, files)
    (folder / manifests.NAME).write_bytes(replace(manifest, id=identifier, files=files).to_bytes())
    folder.rename(folder.with_name(identifier))
    (data / "current").write_text(identifier + "\n")
    return verify(data)


@pytest.mark.parametrize(
    ("kind", "field", "value", "what"),
    [
        ("passages", "start", 1, "quote differs"),
        ("mentions", "text", "Nor1and", "quote differs"),
        ("statements", "end", 10**6, "quote differs"),
        ("statistics", "text", "99 percent", "quote differs"),
        ("sentences", "text", "In 1999 nothing was counted.", "quote differs"),
        ("sentences", "end", 10**6, "quote differs"),
        ("sections", "end", 10**6, "quote differs"),
        ("sentences", "passage", "p0", "broken reference"),
        ("mentions", "sentence", "n0", "broken reference"),
        ("labellings", "sentence", "n0", "broken reference"),
        ("relations", "object", "t0", "broken reference"),
        ("statements", "duplicate_of", "t0", "broken reference"),
        ("passages", "theme", "none", "unreadable"),
    ],
)
def test_records_that_prove_nothing_are_named(
    data: Path,
    folder: Path,
    two_documents: list[DocumentRecords],
    kind: str,
    field: str,
    value: object,
    what: str,
) -> None:
    name = f"documents/{two_documents[0].document.id}.json"
    problems = _rewrite(data, folder, name, lambda content: content[kind][0].update({field: value}))
    assert (name, what) in {(problem.path, problem.what) for problem in problems}


def test_a_source_of_another_hash_is_named(data: Path, folder: Path, two_documents: list[DocumentRecords]) -> None:
    identifier = two_documents[0].document.id
    change = {"sha256": "0" * 64, "length": 1}
    problems = _rewrite(
        data, folder, f"documents/{identifier}.json", lambda content: content["document"].update(change)
    )
    assert {(problem.path, problem.what) for problem in problems} == {
        (f"texts/{identifier}.txt", "is not the source"),
        (f"documents/{identifier}.json", "length differs"),
    }


def test_concepts_and_indexes_must_agree_with_the_records(data: Path, folder: Path) -> None:
    problems = _rewrite(data, folder, "concepts.json", lambda content: content.pop())
    assert {problem.path for problem in problems} == {"vectors/concepts.ids", "words/concept"}


def test_a_concept_of_unknown_statements_is_named(data: Path, folder: Path) -> None:
    problems = _rewrite(data, folder, "concepts.json", lambda content: content[0].update(members=["t0"], merges=[]))
    assert [problem.what for problem in problems] == ["broken reference"]
