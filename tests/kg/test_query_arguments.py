"""What people write for a query's parameter becomes the right term, or an error that says what would do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import MisuseError
from kg.graph import build, queries
from kg.graph.queries.arguments import Select, bind
from kg.graph.terms import PREFIXES, PW, year
from kg.identifiers import VOCABULARY
from kg.records import Concept, DocumentRecords
from kg.settings import Settings

NORLAND = NamedNode(f"{VOCABULARY}region/x-norland")
COUNTY = NamedNode(f"{VOCABULARY}region-type/county")


@pytest.fixture(scope="module")
def select(
    two_documents: list[DocumentRecords], make_concepts: Callable[[Sequence[DocumentRecords]], list[Concept]]
) -> Select:
    store = Store()
    store.extend(Quad(*triple) for triple in build.triples(two_documents, make_concepts(two_documents), Settings()))

    def run(query: str) -> list[list[str]]:
        found = store.query(query, prefixes=dict(PREFIXES))
        return [[row[variable].value for variable in found.variables] for row in found]

    return run


@pytest.mark.parametrize(
    ("query", "parameter", "value", "term"),
    [
        ("measures-in-regions", "region", "norland", NORLAND),
        ("measures-in-regions", "region", "region:x-norland", NORLAND),
        ("measures-in-regions", "region", NORLAND.value, NORLAND),
        ("measures-in-regions", "region", f"<{NORLAND.value}>", NORLAND),
        ("measures-in-regions", "region", "中国", NamedNode(f"{VOCABULARY}region/CN")),
        ("measures-by-region-type", "regionType", "county", COUNTY),
        ("measures-by-status", "status", "Proposed", PW("proposed")),
        ("themes-of-answers", "basis", "section", PW("sectionBasis")),
        ("challenges-by-theme", "theme", "agriculture-rural", NamedNode(f"{VOCABULARY}theme/agriculture-rural")),
        ("challenges-by-theme", "theme", "food security", NamedNode(f"{VOCABULARY}theme/agriculture-rural")),
        ("measures-by-year", "inYear", "2021", year(2021)),
        ("evidence-of-claims", "predicate", "pw:addresses", PW("addresses")),
    ],
)
def test_values(select: Select, query: str, parameter: str, value: str, term: object) -> None:
    assert bind(queries.describe(query), {parameter: [value]}, select) == {parameter: [term]}


def test_papers_by_title_or_file(select: Select, two_documents: list[DocumentRecords]) -> None:
    wanted = NamedNode(f"{Settings().base_iri}document/{two_documents[1].document.id}")
    described = queries.describe("measures-of-papers")
    assert bind(described, {"paper": ["WÄLDER", "forest.txt"]}, select) == {"paper": [wanted, wanted]}


def test_a_name_cannot_break_out_of_its_quotes(select: Select) -> None:
    with pytest.raises(MisuseError, match="know no region"):
        bind(queries.describe("measures-in-regions"), {"region": ['x") } UNION { ?thing ?p ?o } #\\']}, select)


@pytest.mark.parametrize(
    ("query", "parameter", "value", "message"),
    [
        ("measures-in-regions", "region", "Norlund", "Did you mean Norland"),
        ("measures-in-regions", "colour", "red", "no parameter colour: it takes region"),
        ("measures-by-year", "inYear", "last year", "four digits"),
        ("measures-in-regions", "region", "http://a b", "not an IRI"),
        ("evidence-of-claims", "predicate", "addresses", "is no IRI"),
    ],
)
def test_what_cannot_be_is_explained(select: Select, query: str, parameter: str, value: str, message: str) -> None:
    with pytest.raises(MisuseError, match=message):
        bind(queries.describe(query), {parameter: [value]}, select)
