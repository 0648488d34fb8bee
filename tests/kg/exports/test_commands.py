"""The subcommands of ``export`` over a published knowledge base."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import Result
from pyoxigraph import RdfFormat, parse
from typer.testing import CliRunner

from kg.cli import build
from kg.errors import MisuseError


@pytest.fixture
def exported(folder: Path, data: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.setenv("POLICYWEAVE_PUBLIC_URL", "http://localhost:9")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(build(), ["--data", str(data), "export", *arguments])

    return run


def test_evidence_goes_to_stdout_and_to_a_file(exported, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    shown = exported("evidence", "-o", "-")
    rows = list(csv.DictReader(io.StringIO(shown.stdout)))
    assert {row["type"] for row in rows} == {"measure", "challenge"}
    assert rows[0]["url"].startswith("http://localhost:9/passages/")
    assert exported("evidence", "-o", str(tmp_path / "table.csv")).exit_code == 0
    assert (tmp_path / "table.csv").read_bytes() == shown.stdout_bytes


def test_the_ending_chooses_the_format(exported, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for command, name, begins in (
        ("evidence", "table.xlsx", b"PK"),
        ("bibliography", "papers.ris", b"TY  - "),
        ("bibliography", "papers.bib", b"@misc{"),
        ("bibliography", "papers.json", b"["),
    ):
        assert exported(command, "-o", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_bytes().startswith(begins)
    assert exported("bibliography", "--format", "csl-json").stdout == (tmp_path / "papers.json").read_text()


def test_graph_in_json_ld_and_n_triples_is_the_same(exported, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    found = []
    for form, syntax in (("jsonld", RdfFormat.JSON_LD), ("nt", RdfFormat.N_TRIPLES)):
        assert exported("graph", "--format", form, "-o", str(tmp_path / form)).exit_code == 0
        found.append({quad.triple for quad in parse(path=str(tmp_path / form), format=syntax)})
    assert found[0] == found[1] != set()


def test_records_as_parquet_need_a_folder(exported, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    pytest.importorskip("pyarrow")
    assert isinstance(exported("records", "--format", "parquet").exception, MisuseError)
    assert exported("records", "--format", "parquet", "-o", str(tmp_path / "out")).exit_code == 0
    assert (tmp_path / "out" / "statements.parquet").is_file()
    lines = [json.loads(line) for line in exported("records").stdout.splitlines()]
    assert {"document", "reference", "concept"} <= {line["kind"] for line in lines}


@pytest.mark.parametrize("arguments", [("evidence", "--format", "ods"), ("bibliography", "--format", "word")])
def test_unknown_formats_are_told(exported, arguments: tuple[str, ...]) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MisuseError, match="use one of"):
        raise exported(*arguments).exception
