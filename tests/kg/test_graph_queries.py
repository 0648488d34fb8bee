"""Every named query runs, says what it is for, and gives what it promises on a small graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import get_args

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import MisuseError
from kg.graph import build, queries
from kg.graph.terms import PREFIXES, PW, year
from kg.identifiers import VOCABULARY
from kg.records import Concept, DocumentRecords
from kg.resources import ontology_folder
from kg.settings import Settings

NORLAND = NamedNode(f"{VOCABULARY}region/x-norland")


@pytest.fixture(scope="module")
def store(
    two_documents: list[DocumentRecords], make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]]
) -> Store:
    store = Store()
    store.extend(Quad(*triple) for triple in build.triples(two_documents, make_concepts(two_documents), Settings()))
    return store


def _rows(store: Store, text: str) -> list[dict[str, str]]:
    found = store.query(text)
    names = [variable.value for variable in found.variables]
    return [{name: row[name].value for name in names if row[name] is not None} for row in found]


@pytest.mark.parametrize("name", queries.names())
def test_each_runs_without_parameters_and_in_one_order(store: Store, name: str) -> None:
    text = queries.load(name)
    assert _rows(store, text) == _rows(store, text)
    assert "ORDER BY" in text
    described = queries.describe(name)
    assert described.title
    assert len(described.description) > 20
    assert {f"VALUES ?{p.name} {{ UNDEF }}" for p in described.parameters} == set(re.findall(r"VALUES.*UNDEF }", text))
    assert {p.kind for p in described.parameters} <= set(get_args(queries.Kind))


def test_measures_for_challenges(store: Store) -> None:
    challenge = next(row["c"] for row in _rows(store, f"SELECT ?c {{ ?m <{PW('addresses').value}> ?c }} ORDER BY ?c"))
    everything = _rows(store, queries.load("measures-for-challenges"))
    some = _rows(store, queries.load("measures-for-challenges", challenge=[NamedNode(challenge)]))
    assert some
    assert len(some) < len(everything)
    assert {row["challenge"] for row in some} == {challenge}
    assert {row["basis"] for row in some} == {"section"}


@pytest.mark.parametrize(
    ("name", "parameters", "count"),
    [
        ("measures-in-regions", {"region": [NORLAND]}, 3),
        ("measures-in-regions", {"region": [NamedNode(f"{VOCABULARY}region/CN")]}, 0),
        ("measures-by-region-type", {"regionType": [NamedNode(f"{VOCABULARY}region-type/county")]}, 3),
        ("measures-by-status", {"status": [PW("proposed")]}, 3),
        ("measures-by-status", {"status": [PW("implemented")]}, 0),
        ("actors-of-measures", {"actor": [NamedNode(f"{VOCABULARY}actor/x-ministry")]}, 1),
        ("challenges-in-regions", {"region": [NORLAND]}, 2),
        ("challenges-by-theme", {"theme": [NamedNode(f"{VOCABULARY}theme/education")]}, 2),
        ("challenges-without-measure", {}, 0),
        ("statistics-by-indicator", {"indicator": [NamedNode(f"{VOCABULARY}indicator/x-decline")]}, 2),
        ("statistics-by-indicator", {"inYear": [year(1999)]}, 0),
        ("statistics-of-regions", {"region": [NORLAND], "inYear": [year(2019)]}, 2),
        ("statements-of-concepts", {}, 5),
        ("merges-of-concepts", {}, 5),
        ("measures-for-challenges-in-places", {"regionType": [NamedNode(f"{VOCABULARY}region-type/county")]}, 3),
        ("measures-for-challenges-in-places", {"regionType": [NamedNode(f"{VOCABULARY}region-type/urban")]}, 0),
        ("measures-in-several-papers", {}, 0),
        ("measures-of-papers", {"status": [PW("proposed")]}, 3),
        ("measures-for-one-industry", {}, 0),
        ("measures-together", {}, 2),
        ("measures-by-year", {"inYear": [year(2021)]}, 3),
        ("measures-by-year", {"inYear": [year(1999)]}, 0),
        ("regions-of-measures", {"status": [PW("proposed")]}, 3),
        ("compare-regions", {"region": [NORLAND]}, 5),
        ("figures-in-conflict", {}, 2),
        ("themes-of-answers", {"basis": [PW("sectionBasis")]}, 1),
        ("themes-of-answers", {"basis": [PW("statedBasis")]}, 0),
        ("papers", {}, 2),
        ("papers-citing-papers", {}, 0),
        ("works-cited", {}, 1),
    ],
)
def test_parameters_narrow(store: Store, name: str, parameters: dict[str, list[NamedNode]], count: int) -> None:
    assert len(_rows(store, queries.load(name, **parameters))) == count


def test_evidence_of_a_claim_quotes_both_ends(store: Store) -> None:
    rows = _rows(store, queries.load("evidence-of-claims", predicate=[PW("addresses")]))
    assert any("pilots' school" in row["quote"] for row in rows)
    assert any("lack trained pilots" in row["quote"] for row in rows)


def test_papers_count_what_they_report(store: Store) -> None:
    harbours = next(row for row in _rows(store, queries.load("papers")) if row["file"] == "harbour.txt")
    assert (harbours["measures"], harbours["challenges"], harbours["figures"], harbours["year"]) == (
        "2",
        "1",
        "1",
        "2021",
    )


def test_a_measure_of_two_papers_is_shared(
    two_documents: list[DocumentRecords], make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]]
) -> None:
    concepts = make_concepts(two_documents)
    first, second, *_ = (c for c in concepts if c.type == "measure")
    members = tuple(sorted({*first.members, *second.members}))
    rest = [c for c in concepts if c not in (first, second)]
    merged = sorted([*rest, replace(first, members=members)], key=lambda c: c.iri)
    store = Store()
    store.extend(Quad(*triple) for triple in build.triples(two_documents, merged, Settings()))
    rows = _rows(store, queries.load("measures-in-several-papers"))
    papers = {statement.document for d in two_documents for statement in d.statements if statement.id in members}
    assert len(rows) == (2 if len(papers) == 2 else 0)
    assert all(row["papers"] == "2" for row in rows)


def test_unknown_names_are_misuse() -> None:
    with pytest.raises(MisuseError, match="no such query"):
        queries.load("everything")
    with pytest.raises(MisuseError, match="no parameter colour"):
        queries.load("measures-by-status", colour=[PW("proposed")])


def test_the_query_in_the_readme_runs(store: Store) -> None:
    blocks = re.findall(
        r"```sparql\n(.*?)```", (ontology_folder() / "README.md").read_text(encoding="utf-8"), re.DOTALL
    )
    assert blocks
    for block in blocks:
        assert list(store.query(block, prefixes=dict(PREFIXES))) == []
