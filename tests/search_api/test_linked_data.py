"""Every IRI of the graph leads to a page and to triples; vocabularies come whole, with their versions."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from pyoxigraph import NamedNode, RdfFormat, Store, parse
from rdflib import Graph
from rdflib.compare import isomorphic

from kg.graph.store import open_read_only
from kg.graph.terms import DCTERMS, LABEL, PW, TYPE
from kg.identifiers import VOCABULARY
from search_api.linked.syntaxes import DATA
from search_api.linked.vocabularies import published
from search_api.service import Service

PERU = "region/PE"


@pytest.fixture(scope="module")
def store(service: Service) -> Store:
    return open_read_only(service.world().snapshot.graph_path)


@pytest.fixture
def plain(client: TestClient) -> Iterator[TestClient]:
    client.follow_redirects = False
    yield client
    client.follow_redirects = True


def test_every_name_in_the_graph_leads_somewhere(plain: TestClient, store: Store, service: Service) -> None:
    bases = (VOCABULARY, service.settings.base_iri)
    names = {quad.subject.value for quad in store if isinstance(quad.subject, NamedNode)}
    paths = {name.removeprefix(base).partition("#")[0] for name in names for base in bases if name.startswith(base)}
    assert len(paths) > 100
    for path in sorted(paths)[:: max(1, len(paths) // 60)]:
        response = plain.get(f"/id/{path}", headers={"accept": "text/turtle"})
        assert (response.status_code, response.headers["location"]) == (303, f"/data/{path}.ttl"), path


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html,application/xhtml+xml,*/*;q=0.8", f"/page/{PERU}"),
        ("text/turtle", f"/data/{PERU}.ttl"),
        ("application/ld+json", f"/data/{PERU}.jsonld"),
        ("application/n-triples;q=0.9, text/html;q=0.1", f"/data/{PERU}.nt"),
        ("application/rdf+xml", f"/data/{PERU}.rdf"),
    ],
)
def test_the_accept_header_decides(plain: TestClient, accept: str, target: str) -> None:
    response = plain.get(f"/id/{PERU}", headers={"accept": accept})
    assert (response.status_code, response.headers["location"], response.headers["vary"]) == (303, target, "Accept")
    assert plain.head(f"/id/{PERU}", headers={"accept": accept}).headers["location"] == target


def test_what_cannot_be_given_is_said(plain: TestClient) -> None:
    refused = plain.get(f"/id/{PERU}", headers={"accept": "image/png"})
    assert refused.status_code == 406
    assert "text/turtle" in refused.json()["detail"]
    assert plain.get("/id/region/nowhere").status_code == 404
    assert plain.get(f"/data/{PERU}.pdf").status_code == 404
    assert plain.get("/id", params={"iri": "http://example.org/x"}).status_code == 404


def test_a_whole_iri_leads_to_its_name(plain: TestClient) -> None:
    response = plain.get("/id", params={"iri": VOCABULARY + PERU})
    assert (response.status_code, response.headers["location"]) == (303, f"/id/{PERU}")
    term = plain.get("/id", params={"iri": PW("addresses").value})
    assert term.headers["location"] == "/id/ontology"


@pytest.mark.parametrize("syntax", [name for name in DATA if name not in {"jsonld", "rdf"}])
def test_data_says_what_the_graph_says(client: TestClient, store: Store, syntax: str) -> None:
    response = client.get(f"/data/{PERU}.{syntax}")
    assert response.headers["content-type"].partition(";")[0] == DATA[syntax].media_type.partition(";")[0]
    formats = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG}
    given = {quad.triple for quad in parse(response.content, format=formats[syntax])}
    node = NamedNode(VOCABULARY + PERU)
    own = {quad.triple for quad in store.quads_for_pattern(node, None, None)}
    leading = {quad.triple for quad in store.quads_for_pattern(None, None, node)}
    assert own | leading <= given
    assert {triple.predicate for triple in given - own - leading} <= {LABEL, DCTERMS("title")}


def test_json_ld_means_the_same_as_turtle(client: TestClient) -> None:
    document = client.get(f"/data/{PERU}.jsonld").json()
    assert document["@context"].endswith("/context.jsonld")
    inlined = document | client.get("/context.jsonld").json()
    turtle = Graph().parse(data=client.get(f"/data/{PERU}.ttl").text, format="turtle")
    assert isomorphic(Graph().parse(data=json.dumps(inlined), format="json-ld"), turtle)


def test_evidence_comes_with_its_document(client: TestClient, store: Store) -> None:
    paper = next(quad.subject for quad in store.quads_for_pattern(None, TYPE, PW("Paper")))
    path = paper.value.removeprefix(VOCABULARY)
    given = {quad.triple for quad in parse(client.get(f"/data/{path}.nt").content, format=RdfFormat.N_TRIPLES)}
    evidence = {quad.subject for quad in store.quads_for_pattern(None, None, paper) if "#char=" in quad.subject.value}
    assert evidence
    for node in evidence:
        assert {quad.triple for quad in store.quads_for_pattern(node, None, None)} <= given


def test_pages_show_labels_and_lead_on(client: TestClient) -> None:
    page = client.get(f"/page/{PERU}").text
    assert "<h1>Peru</h1>" in page
    assert f'href="/data/{PERU}.ttl"' in page
    assert 'href="/page/region/' in page
    assert "<script>" not in page


def test_a_region_that_no_document_names_is_described_all_the_same(client: TestClient, store: Store) -> None:
    node = NamedNode(VOCABULARY + "region/330521")
    assert next(store.quads_for_pattern(node, None, None), None) is None
    given = [quad.triple for quad in parse(client.get("/data/region/330521.nt").content, format=RdfFormat.N_TRIPLES)]
    assert any(triple.subject == node and "Deqing" in str(triple.object) for triple in given)


@pytest.mark.parametrize("name", sorted(published()))
def test_vocabularies_come_whole_with_a_reference(plain: TestClient, name: str) -> None:
    vocabulary = published()[name]
    turtle = plain.get(f"/data/{name}.ttl").content
    assert turtle == vocabulary.path.read_bytes()
    assert plain.get(f"/id/{name}", headers={"accept": "text/turtle"}).headers["location"] == f"/data/{name}.ttl"
    versioned = plain.get(f"/id/{name}/{vocabulary.version}", headers={"accept": "text/turtle"})
    assert versioned.headers["location"] == f"/data/{name}.ttl"
    page = plain.get(f"/page/{name}").text
    assert vocabulary.title in page
    assert vocabulary.version in page


def test_the_reference_documents_each_term(client: TestClient) -> None:
    page = client.get("/page/ontology").text
    assert 'id="pw-addresses"' in page
    assert "pw:Measure" in page
    assert "The measure answers the challenge." in page


def test_the_dataset_counts_what_there_is(client: TestClient, store: Store) -> None:
    response = client.get("/.well-known/void")
    assert response.headers["content-type"].startswith("text/turtle")
    given = Store()
    given.load(response.content, format=RdfFormat.TURTLE)
    void = "PREFIX void: <http://rdfs.org/ns/void#> "
    triples = [
        int(row["n"].value) for row in given.query(void + "SELECT ?n { ?d void:sparqlEndpoint ?e ; void:triples ?n }")
    ]
    assert triples == [len(store)]
    measures = void + f"SELECT ?n {{ ?p void:class {PW('Measure')} ; void:entities ?n }}"
    counted = {row["n"].value for row in given.query(measures)}
    assert counted == {str(len(list(store.quads_for_pattern(None, TYPE, PW("Measure")))))}
