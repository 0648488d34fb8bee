"""Reports on a graph, by the examples that pass and those that do not, and the command that prints them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, RdfFormat, Store

from kg.graph.report import Report, Violation
from kg.graph.shapes import validate
from kg.resources import ontology_folder
from kg.settings import Settings

EXAMPLES = ontology_folder() / "examples"
INVALID = sorted(EXAMPLES.glob("invalid/*.ttl"))
SH = "PREFIX sh: <http://www.w3.org/ns/shacl#> "


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_each_violation_stands_in_every_format(path: Path) -> None:
    report = validate(path)
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# Fails: ")
    assert not report.conforms
    assert expected in report.formatted("text")
    parts = json.loads(report.formatted("json"))
    assert parts["conforms"] is False
    assert any(expected in result["message"] for result in parts["results"])
    store = Store()
    store.load(report.formatted("ttl").encode(), format=RdfFormat.TURTLE)
    rows = store.query(SH + "SELECT ?m { ?r sh:conforms false ; sh:result [ sh:resultMessage ?m ; sh:focusNode ?f ] }")
    assert isinstance(rows, QuerySolutions)
    assert sorted(row["m"].value for row in rows) == sorted(result["message"] for result in parts["results"])


def test_the_same_graph_gives_the_same_report() -> None:
    for syntax in ("text", "json", "ttl"):
        assert validate(INVALID[0]).formatted(syntax) == validate(INVALID[0]).formatted(syntax)


def test_nothing_wrong_conforms() -> None:
    report = validate(next(EXAMPLES.glob("valid/*.ttl")))
    assert report.conforms
    assert json.loads(report.formatted("json")) == {"conforms": True, "results": []}
    assert "sh:conforms true" in report.formatted("ttl")


def test_a_value_keeps_its_language_and_type() -> None:
    place, values = (
        "https://example.org/a",
        (Literal("x", language="de"), Literal(7), NamedNode("https://example.org/b")),
    )
    report = Report(tuple(Violation(place, "wrong", place, place, place, value) for value in values))
    assert {triple.object for triple in report.triples() if triple.predicate.value.endswith("#value")} == set(values)


def test_the_command_says_whether_the_graph_conforms(corpus_settings: Settings) -> None:
    done = _validate(corpus_settings.data, "json")
    assert (done.returncode, json.loads(done.stdout)["conforms"]) == (0, True)
    assert _validate(corpus_settings.data, "novel").returncode == 2


def _validate(data: Path, syntax: str) -> subprocess.CompletedProcess[str]:
    start = "from kg.cli import main; main()"
    command = [sys.executable, "-c", start, "--data", str(data), "validate", "--format", syntax]
    return subprocess.run(command, capture_output=True, text=True, check=False)
