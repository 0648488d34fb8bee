"""The shapes: valid examples pass, invalid ones fail for the reason in their first line, built facts pass."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pyoxigraph import Triple

from kg.errors import ShapesError
from kg.graph import build
from kg.graph.shapes import check
from kg.graph.terms import PW
from kg.records import Concept, DocumentRecords
from kg.resources import ontology_folder
from kg.settings import Settings

EXAMPLES = ontology_folder() / "examples"
VALID = sorted(EXAMPLES.glob("valid/*.ttl"))
INVALID = sorted(EXAMPLES.glob("invalid/*.ttl"))


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_examples_pass(path: Path) -> None:
    check(path)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_examples_fail_as_their_first_line_says(path: Path) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# Fails: ")
    with pytest.raises(ShapesError) as caught:
        check(path)
    assert expected in str(caught.value)


def test_there_are_examples_of_both_kinds() -> None:
    assert len(VALID) >= 2
    assert len(INVALID) >= 8


def test_what_is_built_from_records_passes(
    two_documents: list[DocumentRecords], make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]]
) -> None:
    check(build.triples(two_documents, make_concepts(two_documents), Settings()))


def test_a_statement_without_a_concept_fails(two_documents: list[DocumentRecords]) -> None:
    with pytest.raises(ShapesError, match="must state exactly one measure"):
        check(build.triples(two_documents, [], Settings()))


def test_missing_evidence_is_found_and_the_list_is_short(
    two_documents: list[DocumentRecords], make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]]
) -> None:
    triples = build.triples(two_documents, make_concepts(two_documents), Settings())
    with pytest.raises(ShapesError, match="nothing was published") as caught:
        check(_without(triples, PW("evidence")))
    assert "cannot be quoted" in str(caught.value)
    assert len(str(caught.value).splitlines()) <= 12


def test_the_module_loads_without_rdflib() -> None:
    code = "import sys, kg.graph.shapes, kg.graph.build; sys.exit(bool({'rdflib', 'pyshacl'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def _without(triples: Sequence[Triple], predicate: object) -> list[Triple]:
    return [triple for triple in triples if triple.predicate != predicate]
