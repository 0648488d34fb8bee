"""The command as a user types it: what it prints where, and its exit status."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PAPER = """# Ferries of the lake region

## 1 Problems

The ferries of Lake Victoria are old, and villages on the islands lack safe landing places. Many islands
suffer from a brain drain.

## 2 Measures

The transport ministry should build twelve landing places. In 2022 Kenya introduced free life vests for passengers.
"""


def policyweave(data: Path, *arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("POLICYWEAVE_")}
    command = [str(Path(sys.executable).parent / "policyweave"), "--data", str(data), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, input=given, env=environment, timeout=240, check=False
    )


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory, exported_models: Path) -> Path:
    folder = tmp_path_factory.mktemp("lake")
    (folder / "paper.md").write_text(PAPER, encoding="utf-8")
    data = folder / "data"
    data.mkdir()
    (data / "models").symlink_to(exported_models)
    done = policyweave(data, "ingest", str(folder / "paper.md"))
    assert done.returncode == 0, done.stderr
    return data


def test_answer_for_people(lake: Path) -> None:
    done = policyweave(lake, "ask", "what should be done for safe landing places?")
    assert done.returncode == 0
    assert "The transport ministry should build twelve landing places." in done.stdout
    assert "paper.md" in done.stdout
    assert done.stderr == ""


def test_answer_for_machines_quotes_the_file(lake: Path) -> None:
    answer = json.loads(policyweave(lake, "ask", "what should be done for safe landing places?", "--json").stdout)
    assert answer["status"] == "answered"
    for citation in (citation for item in answer["items"] for citation in item["citations"]):
        assert PAPER[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["url"]


def test_the_caller_says_what_it_wants(lake: Path) -> None:
    asked = ("ask", "safe landing places", "--json", "--wants")
    answer = json.loads(policyweave(lake, *asked, "passage").stdout)
    assert (answer["interpretation"]["wants"], answer["items"]) == ("passage", [])
    assert policyweave(lake, *asked, "recipes").returncode == 2


def test_a_question_beyond_the_documents_is_not_answered(lake: Path) -> None:
    answer = json.loads(policyweave(lake, "ask", "subsidies for vineyards in Portugal", "--json").stdout)
    assert answer["status"] == "no_answer"
    assert "Portugal" in answer["reason"]
    assert answer["items"] == []


def test_search_finds_by_meaning(lake: Path) -> None:
    results = json.loads(policyweave(lake, "search", "boats and harbours", "-k", "2", "--json").stdout)
    assert 1 <= len(results["hits"]) <= 2


def test_search_filters_sorts_and_goes_on(lake: Path) -> None:
    options = ("--type", "sentence", "-f", "role=measure", "-f", "role=challenge", "--sort", "document", "-k", "1")
    first = json.loads(policyweave(lake, "search", "safe landing places", *options, "--json").stdout)
    assert {"measure", "challenge"} & set(first["hits"][0]["roles"])
    assert first["total"] > 1
    cursor = ("--cursor", first["next"])
    shown = policyweave(lake, "search", "safe landing places", *options, *cursor).stdout
    assert shown.startswith(f"{first['total']} found")
    assert " ".join(first["hits"][0]["citation"]["quote"].split())[:40] not in " ".join(shown.split())
    for wrong in (("--type", "novel"), ("--sort", "size"), ("-f", "role=villain"), ("--cursor", "x")):
        refused = policyweave(lake, "search", "boats", *wrong)
        assert refused.returncode == 2
        assert wrong[1].removeprefix("role=") in refused.stderr


def test_sparql_from_argument_and_stdin(lake: Path) -> None:
    query = "SELECT ?label { ?m a pw:Measure ; rdfs:label ?label } ORDER BY ?label"
    by_argument = policyweave(lake, "sparql", query)
    by_stdin = policyweave(lake, "sparql", "-", given=query)
    assert by_argument.returncode == by_stdin.returncode == 0
    assert by_argument.stdout == by_stdin.stdout
    assert "landing places" in by_argument.stdout
    turtle = policyweave(lake, "sparql", "CONSTRUCT { ?m a pw:Measure } { ?m a pw:Measure }")
    assert "a pw:Measure" in turtle.stdout


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT * WHERE { ?s ?p }", "line 1, column"),
        ("DELETE WHERE { ?s ?p ?o }", "read-only"),
        ("", "the query is empty"),
        ("SELECT * { ?s sko:prefLabel ?o }", "did you mean 'skos:'?"),
    ],
)
def test_a_wrong_query_is_explained(lake: Path, query: str, told: str) -> None:
    done = policyweave(lake, "sparql", "-", given=query)
    assert done.returncode == 1
    assert told in done.stderr
    assert done.stdout == ""


def test_exports_are_the_same_bytes_twice(lake: Path, tmp_path: Path) -> None:
    for what in ("records", "graph"):
        first, second = tmp_path / f"{what}-1", tmp_path / f"{what}-2"
        assert policyweave(lake, "export", what, "-o", str(first)).returncode == 0
        assert policyweave(lake, "export", what, "-o", str(second)).returncode == 0
        assert first.read_bytes() == second.read_bytes() != b""


def test_an_answer_is_exported(lake: Path, tmp_path: Path) -> None:
    asked = ("ask", "what should be done for safe landing places?", "--export")
    table = tmp_path / "answer.csv"
    assert policyweave(lake, *asked, "csv", "-o", str(table)).returncode == 0
    row = next(csv.DictReader(table.open(encoding="utf-8", newline="")))
    assert PAPER[int(row["start"]) : int(row["end"])] == row["quote"]
    assert "Ferries of the lake region" in policyweave(lake, *asked, "bibtex").stdout
    assert policyweave(lake, *asked, "ris", "-o", "-").stdout.startswith("TY  - ")
    for wrong in ((*asked, "word"), (*asked, "ris", "--json"), ("ask", "x", "-o", str(table))):
        assert policyweave(lake, *wrong).returncode == 2
    nothing = policyweave(lake, "ask", "subsidies for vineyards in Portugal", "--export", "ris", "-o", str(table))
    assert nothing.returncode == 1
    assert "no document answers" in nothing.stderr
    assert table.read_text(encoding="utf-8").startswith("type,label")


def test_verify_and_status(lake: Path) -> None:
    assert policyweave(lake, "verify").returncode == 0
    status = json.loads(policyweave(lake, "status", "--json").stdout)
    assert status["counts"]["documents"] == 1


def test_merges_say_why_and_how_to_undo_them(lake: Path) -> None:
    everything = json.loads(policyweave(lake, "merges", "--json").stdout)
    assert everything
    for concept in everything:
        for merge in concept["merges"]:
            name = concept["iri"].removeprefix("https://w3id.org/policyweave/")
            assert merge["undo"] == f'split: "{merge["label"]}" from {name}'
            assert PAPER[merge["start"] : merge["end"]]
    label = everything[0]["label"]
    done = policyweave(lake, "merges", label)
    assert done.returncode == 0
    assert everything[0]["merges"][0]["reason"] in done.stdout
    assert "split: " in done.stdout.splitlines()[-1]
    missing = policyweave(lake, "merges", "no such thing")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert "no measure or challenge is called 'no such thing'" in missing.stderr


@pytest.mark.parametrize(
    "arguments", [("ask", "x"), ("search", "x"), ("merges",), ("verify",), ("status",), ("sparql", "ASK {}")]
)
def test_without_a_knowledge_base_the_way_out_is_told(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    done = policyweave(tmp_path / "none", *arguments)
    assert done.returncode == 1
    assert "policyweave ingest" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("arguments", [("ask", ""), ("ask",), ("nosuch",), ("ask", "x", "-f", "colour=red")])
def test_misuse_has_its_own_exit_status(lake: Path, arguments: tuple[str, ...]) -> None:
    assert policyweave(lake, *arguments).returncode == 2


def test_a_reader_that_stops_early_is_no_error(lake: Path) -> None:
    program = Path(sys.executable).parent / "policyweave"
    with subprocess.Popen(
        [program, "--data", lake, "export", "graph"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_version(tmp_path: Path) -> None:
    done = policyweave(tmp_path, "--version")
    assert done.returncode == 0
    assert done.stdout.startswith("policyweave ")


@pytest.mark.parametrize("command", ["ask", "search", "sparql"])
def test_arguments_that_are_not_unicode_are_misuse(lake: Path, command: str) -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "policyweave"), "--data", str(lake), command, b"a\xff"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_a_full_disk_under_an_export_is_told(lake: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    done = policyweave(lake, "export", "graph", "-o", "/dev/full")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "cannot be written" in done.stderr


def test_answers_are_utf_8_whatever_the_locale(lake: Path) -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [Path(sys.executable).parent / "policyweave", "--data", lake, "ask", "safe landing places"]
    done = subprocess.run(command, capture_output=True, env=environment, check=True)
    assert "“" in done.stdout.decode("utf-8")


def test_named_queries_run_with_labels(lake: Path) -> None:
    listed = policyweave(lake, "query")
    assert "measures-in-regions: Measures in regions" in listed.stdout
    done = policyweave(lake, "query", "measures-in-regions", "region=Kenya")
    header, *rows = done.stdout.splitlines()
    assert header == "measure,label,place,placeLabel"
    assert any("life vests" in row and row.endswith(",Kenya") for row in rows)
    shown = policyweave(lake, "query", "measures-in-regions", "region=Kenya", "--show").stdout
    assert policyweave(lake, "sparql", given=shown).stdout == done.stdout


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["everything"], "no such query"),
        (["measures-in-regions", "region=Kenia"], "Did you mean Kenya"),
        (["measures-in-regions", "Kenya"], "not name=value"),
    ],
)
def test_named_queries_explain_misuse(lake: Path, given: list[str], message: str) -> None:
    done = policyweave(lake, "query", *given)
    assert (done.returncode, done.stdout) == (2, "")
    assert message in done.stderr
