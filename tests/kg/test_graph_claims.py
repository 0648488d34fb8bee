"""Every kind of edge of the graph: plain, and as a claim with basis, confidence and the characters that prove it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from pyoxigraph import Quad, Store

from kg.graph import build
from kg.graph.terms import PREFIXES
from kg.identifiers import entity_iri
from kg.records import Concept, DocumentRecords, EntityRef, Relation
from kg.settings import Settings

MakeConcepts = Callable[[Sequence[DocumentRecords]], list[Concept]]
SETTINGS = Settings(base_iri="https://example.org/")
PORTS = EntityRef(entity_iri("industry", "harbours"), "harbours")
PILOTS = EntityRef(entity_iri("actor", "pilots' guild"), "pilots' guild")
NORLAND = EntityRef(entity_iri("region", "Norland"), "Norland")


@pytest.fixture(scope="module")
def store(two_documents: list[DocumentRecords], make_concepts: MakeConcepts) -> Store:
    """Two papers whose first measure and challenge name an industry, an actor and a region, and cause each other."""
    changed = []
    for records in two_documents:
        statements = [
            replace(s, industries=(PORTS,), actors=(PILOTS,), regions=(NORLAND,), scope="section")
            for s in records.statements
        ]
        challenge = next(s for s in statements if s.type == "challenge")
        other = replace(challenge, id=challenge.id[::-1], label="boats rot", start=challenge.start + 5)
        cause = Relation("r1", "causes", records.document.id, challenge.id, other.id, "stated", 0.8)
        changed.append(replace(records, statements=(*statements, other), relations=(*records.relations, cause)))
    store = Store()
    store.extend(Quad(*triple) for triple in build.triples(changed, make_concepts(changed), SETTINGS))
    return store


@pytest.mark.parametrize(
    ("predicate", "value", "basis"),
    [
        ("targetsIndustry", PORTS.iri, "stated"),
        ("affectsIndustry", PORTS.iri, "stated"),
        ("carriedOutBy", PILOTS.iri, "stated"),
        ("concernsActor", PILOTS.iri, "stated"),
        ("appliesIn", NORLAND.iri, "section"),
        ("addresses", None, "section"),
        ("causes", None, "stated"),
    ],
)
def test_each_edge_has_a_claim_with_evidence(store: Store, predicate: str, value: str | None, basis: str) -> None:
    target = f"FILTER(?o = <{value}>)" if value else ""
    query = f"""SELECT ?s ?o ?basis ?sure (COUNT(DISTINCT ?quote) AS ?quotes) {{
          ?s a skos:Concept ; pw:{predicate} ?o . {target}
          ?claim a pw:Claim ; rdf:subject ?s ; rdf:predicate pw:{predicate} ; rdf:object ?o ;
                 pw:basis/skos:prefLabel ?basis ; pw:confidence ?sure ; pw:evidence/oa:hasSelector/oa:exact ?quote ;
                 prov:wasDerivedFrom/pw:states ?s .
        }} GROUP BY ?s ?o ?basis ?sure"""
    rows = [[term.value for term in row] for row in store.query(query, prefixes=dict(PREFIXES))]
    edges = list(
        store.query(
            f"SELECT DISTINCT ?s ?o {{ ?s a skos:Concept ; pw:{predicate} ?o . {target} }}", prefixes=dict(PREFIXES)
        )
    )
    assert len(rows) == len(edges) > 0
    assert {row[2] for row in rows} == {basis}
    assert all(0 < float(row[3]) <= 1 and int(row[4]) >= 1 for row in rows)
