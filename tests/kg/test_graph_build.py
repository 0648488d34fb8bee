"""Records become triples: complete, deterministic, each once, in terms that the ontology documents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.graph import build
from kg.graph.terms import PREFIXES, PW, TYPE, decimal
from kg.identifiers import VOCABULARY
from kg.records import Concept, DocumentRecords, EntityRef, Relation
from kg.resources import ontology_folder
from kg.settings import Settings

MakeConcepts = Callable[[Sequence[DocumentRecords]], list[Concept]]
SETTINGS = Settings(base_iri="https://example.org/")


@pytest.fixture(scope="module")
def concepts(two_documents: list[DocumentRecords], make_concepts: MakeConcepts) -> list[Concept]:
    return make_concepts(two_documents)


@pytest.fixture(scope="module")
def triples(two_documents: list[DocumentRecords], concepts: list[Concept]) -> list[Triple]:
    return list(build.triples(two_documents, concepts, SETTINGS))


@pytest.fixture(scope="module")
def store(triples: list[Triple]) -> Store:
    return _store(triples)


def _store(triples: Sequence[Triple]) -> Store:
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    return store


def _rows(store: Store, query: str) -> list[list[str]]:
    return [[term.value for term in row] for row in store.query(query, prefixes=dict(PREFIXES))]


def test_each_triple_comes_out_once_and_no_node_is_blank(triples: list[Triple]) -> None:
    assert len(triples) == len(set(triples))
    assert not any(isinstance(term, BlankNode) for triple in triples for term in triple)


def test_the_order_of_the_input_does_not_matter(
    triples: list[Triple], two_documents: list[DocumentRecords], concepts: list[Concept]
) -> None:
    assert list(build.triples(two_documents[::-1], concepts[::-1], SETTINGS)) == triples


def test_every_term_of_our_own_is_documented(triples: list[Triple]) -> None:
    path = ontology_folder() / "policy.ttl"
    documented = {quad.subject for quad in parse(path=str(path), format=RdfFormat.TURTLE)}
    base = PREFIXES["pw"]
    used = {
        term for triple in triples for term in triple if isinstance(term, NamedNode) and term.value.startswith(base)
    }
    assert used <= documented


def test_quotes_are_the_characters_of_the_source(store: Store, two_documents: list[DocumentRecords]) -> None:
    texts = {f"https://example.org/document/{records.document.id}": records.text for records in two_documents}
    rows = _rows(
        store,
        """SELECT ?paper ?start ?end ?quote {
             ?e oa:hasSource ?paper ; oa:hasSelector ?p , ?q .
             ?p oa:start ?start ; oa:end ?end . ?q oa:exact ?quote }""",
    )
    assert rows
    for paper, start, end, quote in rows:
        assert texts[paper][int(start) : int(end)] == quote


def test_an_edge_is_plain_and_is_a_claim_with_evidence(store: Store) -> None:
    rows = _rows(
        store,
        """SELECT ?label ?challenge ?basis ?confidence (COUNT(DISTINCT ?e) AS ?evidence) {
             ?m pw:addresses ?c ; rdfs:label ?label . ?c rdfs:label ?challenge .
             ?claim rdf:subject ?m ; rdf:predicate pw:addresses ; rdf:object ?c ; pw:evidence ?e ;
                    pw:basis/skos:prefLabel ?basis ; pw:confidence ?confidence ; prov:wasGeneratedBy/prov:used ?paper .
           } GROUP BY ?label ?challenge ?basis ?confidence ORDER BY ?label""",
    )
    assert ["found a pilots' school", "Norland lack trained pilots", "section", "0.6", "2"] in rows
    assert len(rows) == 3


def test_the_surest_basis_of_several_relations_wins(
    two_documents: list[DocumentRecords], concepts: list[Concept]
) -> None:
    records = two_documents[0]
    first = records.relations[0]
    surer = Relation("r0", "addresses", first.document, first.subject, first.object, "stated", 0.4)
    changed = replace(records, relations=(*records.relations, surer))
    store = _store(list(build.facts([changed], concepts, SETTINGS)))
    rows = _rows(
        store,
        f"""SELECT ?basis ?confidence {{ <https://example.org/statement/{first.subject}> pw:states ?m .
              ?claim rdf:subject ?m ; rdf:predicate pw:addresses ; pw:basis ?basis ; pw:confidence ?confidence }}""",
    )
    assert rows == [[PW("statedBasis").value, "0.4"]]


def test_a_region_of_no_vocabulary_gets_a_label_and_lies_within_itself(store: Store) -> None:
    rows = _rows(
        store, "SELECT DISTINCT ?r ?label { ?m pw:appliesIn ?r . ?r rdfs:label ?label ; pw:within ?r ; a pw:Region }"
    )
    assert rows == [[f"{VOCABULARY}region/x-norland", "Norland"]]


def test_a_region_lies_within_all_that_is_above_it_and_its_groups(
    two_documents: list[DocumentRecords], concepts: list[Concept]
) -> None:
    sichuan = EntityRef(f"{VOCABULARY}region/CN-SC", "Sichuan Province")
    records = two_documents[0]
    statements = tuple(replace(statement, regions=(sichuan,)) for statement in records.statements)
    store = _store(list(build.triples([replace(records, statements=statements)], concepts, SETTINGS)))
    rows = _rows(store, "SELECT DISTINCT ?above { ?m pw:appliesIn/pw:within ?above }")
    found = {row[0].rpartition("/")[2] for row in rows}
    assert {"CN-SC", "CN", "CN-R-WEST"} <= found
    assert "FR" not in found


def test_figures_are_kept_as_number_and_as_written(store: Store) -> None:
    rows = _rows(
        store,
        """SELECT ?label ?value ?text ?unit ?qudt ?year ?region { ?o a pw:Observation ; pw:value ?value ;
             pw:valueText ?text ; pw:unitText ?unit ; pw:unit ?qudt ; pw:year ?year ; pw:ofRegion/rdfs:label ?region ;
             pw:indicator/rdfs:label ?label } ORDER BY ?value""",
    )
    assert ["decline", "12.5", "12.5", "%", PREFIXES["unit"] + "PERCENT", "2019", "Norland"] in rows


def test_vocabulary_concepts_have_one_display_label_and_a_class(store: Store) -> None:
    doubled = "SELECT ?c { ?c skos:inScheme ?s ; rdfs:label ?l } GROUP BY ?c HAVING (COUNT(DISTINCT ?l) > 1)"
    assert _rows(store, doubled) == []
    assert _rows(store, "SELECT ?label { theme:talent rdfs:label ?label }")
    assert bool(store.query("ASK { region:CN a pw:Region ; pw:within region:ASIA }", prefixes=dict(PREFIXES)))


def test_a_concept_that_a_vocabulary_labels_keeps_that_label(
    two_documents: list[DocumentRecords], concepts: list[Concept]
) -> None:
    node = concepts[0].iri
    store = _store(list(build.facts(two_documents, concepts, SETTINGS, {node: "official name"})))
    assert _rows(store, f"SELECT ?l {{ <{node}> rdfs:label ?l }}") == [["official name"]]
    assert _rows(store, f"SELECT ?l {{ <{node}> skos:prefLabel ?l }}") == []
    assert [concepts[0].label] in _rows(store, f"SELECT ?l {{ <{node}> skos:altLabel ?l }}")


def test_no_documents_give_the_vocabularies_only() -> None:
    triples = list(build.triples([], [], SETTINGS))
    assert not any(triple.predicate == TYPE and triple.object == PW("Claim") for triple in triples)
    assert any(triple.subject == NamedNode(f"{VOCABULARY}region/CN") for triple in triples)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_is_no_decimal(value: float) -> None:
    with pytest.raises(ValueError, match="decimal"):
        decimal(value)


def test_ontology_files_hold_no_blank_nodes() -> None:
    for path in sorted(Path(ontology_folder()).glob("*.ttl")):
        if path.name != "shapes.ttl":
            quads = parse(path=str(path), format=RdfFormat.TURTLE)
            assert not any(isinstance(term, BlankNode) for quad in quads for term in (quad.subject, quad.object)), path
