"""What the endpoint says of itself, and whole graphs over the reading half of the Graph Store Protocol."""

from __future__ import annotations

import json
from collections.abc import Callable

import httpx
import pytest
from pyoxigraph import RdfFormat, Store, parse

DATA = "https://example.org/data"

Send = Callable[[httpx.Client], httpx.Response]


@pytest.fixture
def client(endpoint: httpx.Client) -> httpx.Client:
    return endpoint


def test_the_endpoint_describes_itself(client: httpx.Client) -> None:
    answer = client.get("/sparql", headers={"Accept": "application/n-triples"})
    assert answer.headers["content-type"] == "application/n-triples"
    store = Store()
    store.load(answer.content, RdfFormat.N_TRIPLES)
    query = """PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?endpoint ?triples ?subjects ?measures (COUNT(?format) AS ?formats) {
            ?service a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ;
                sd:resultFormat ?format ; sd:languageExtension <https://w3id.org/policyweave/ontology#search> ;
                sd:defaultDataset/sd:defaultGraph ?graph .
            ?graph void:triples ?triples ; void:distinctSubjects ?subjects ;
                void:classPartition [ void:class <https://w3id.org/policyweave/ontology#Measure> ;
                                      void:entities ?measures ] }
        GROUP BY ?endpoint ?triples ?subjects ?measures"""
    (row,) = store.query(query)  # type: ignore[union-attr]
    assert [term.value for term in row] == ["https://pw.example.org/sparql", "2003", "1000", "1000", "10"]
    assert client.get("/sparql").headers["content-type"].startswith("text/turtle")


@pytest.mark.parametrize("name", ["ttl", "nt", "nquads", "trig", "jsonld", "rdfxml"])
def test_the_graph_store_gives_whole_graphs(client: httpx.Client, name: str) -> None:
    formats = {"nquads": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD, "rdfxml": RdfFormat.RDF_XML}
    format_ = formats.get(name, RdfFormat.TRIG)
    whole = client.get(f"/rdf-graph-store?default&format={name}")
    assert len(list(parse(whole.content, format=format_))) == 2000
    one = client.get("/rdf-graph-store", params={"graph": f"{DATA}2", "format": name})
    assert [quad.object.value for quad in parse(one.content, format=format_)] == ["2"]


@pytest.mark.parametrize(
    ("send", "status"),
    [
        (lambda c: c.get("/rdf-graph-store"), 400),
        (lambda c: c.get("/rdf-graph-store?default&graph=x:x"), 400),
        (lambda c: c.get("/rdf-graph-store?graph="), 400),
        (lambda c: c.get(f"/rdf-graph-store?graph={DATA}9"), 404),
        (lambda c: c.get("/rdf-graph-store?default", headers={"Accept": "text/csv"}), 406),
        (lambda c: c.put("/rdf-graph-store?default", content="<a:a> <a:b> 1 ."), 405),
        (lambda c: c.post("/rdf-graph-store?default", content="<a:a> <a:b> 1 ."), 405),
        (lambda c: c.delete("/rdf-graph-store?default"), 405),
    ],
)
def test_the_graph_store_only_reads(client: httpx.Client, send: Send, status: int) -> None:
    answer = send(client)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert "allow" not in answer.headers or "POST" not in answer.headers["allow"]


def test_the_openapi_description_has_each_route_once(client: httpx.Client) -> None:
    paths = json.loads(client.get("/openapi.json").text)["paths"]
    assert set(paths["/sparql"]) == {"get", "post"} == set(paths["/sparql/search"])
    assert set(paths["/rdf-graph-store"]) == {"get"}
