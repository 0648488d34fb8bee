"""The application over HTTP: routes, pages, refusals, a swapped snapshot, and what serving must not import."""

from __future__ import annotations

import subprocess
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from kg.index.embedder import Embedder
from kg.publishing import publish
from kg.records import Concept, DocumentRecords
from kg.settings import Settings
from search_api.app import create_app
from search_api.schemas import Answer
from search_api.searching.schemas import SearchFilters, SearchResults

QUESTION = {"question": "How can skilled fishermen be kept in the villages?", "k": 3}
HTML = {"accept": "text/html"}


def test_ask_gives_the_fixed_object(client: TestClient) -> None:
    response = client.post("/ask", json=QUESTION)
    assert response.status_code == 200
    answer = Answer.model_validate(response.json())
    assert list(response.json()) == list(Answer.model_fields)
    assert answer.items[0].citations[0].quote_status == "verbatim"


def test_a_client_corrects_what_is_wanted(client: TestClient) -> None:
    body = {"question": "skilled fishermen in the villages", "wants": "challenge", "filters": {"region": "Peru"}}
    interpretation = client.post("/ask", json=body).json()["interpretation"]
    assert (interpretation["wants"], interpretation["filters"]["region"]) == ("challenge", "Peru")
    assert client.post("/ask", json={**body, "wants": "recipes"}).status_code == 422


def test_the_answers_query_runs(client: TestClient) -> None:
    answer = client.post("/ask", json=QUESTION).json()
    response = client.get(
        "/sparql", params={"query": answer["sparql"]}, headers={"accept": "application/sparql-results+json"}
    )
    found = {row["item"]["value"] for row in response.json()["results"]["bindings"]}
    assert found == {item["iri"] for item in answer["items"]}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": "?!"},
        {"question": "x" * 2001},
        {"question": "towns", "k": 0},
        {"question": "towns", "k": 101},
        {"question": "towns", "filters": {"colour": "red"}},
        {"question": "towns", "filters": {"region": "Atlantis"}},
        {"question": "towns", "depth": 3},
    ],
)
def test_bad_requests_are_problems(client: TestClient, body: dict[str, Any]) -> None:
    response = client.post("/ask", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


def test_search(client: TestClient) -> None:
    response = client.get("/search", params={"q": "drying kilns", "k": 1, "region": ["Finland", "Peru"]})
    found = SearchResults.model_validate(response.json())
    assert "kilns" in found.hits[0].citation.quote
    assert {value.label for value in found.facets["region"] if value.selected} == {"Finland", "Peru"}
    more = client.get("/search", params={"q": "drying kilns", "region": ["Peru", "Finland"], "cursor": found.next})
    assert more.status_code == 200
    assert found.hits[0].id not in {hit["id"] for hit in more.json()["hits"]}
    year = client.get("/search", params={"q": "kilns", "year": ["2021", "2020"], "type": "statement", "sort": "-year"})
    assert {hit["citation"]["year"] for hit in year.json()["hits"]} == {2021}


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"q": "?"},
        {"q": "kilns", "colour": "red"},
        {"q": "kilns", "cursor": "x"},
        {"q": "kilns", "year": "soon"},
        {"q": "kilns", "role": "villain"},
        {"q": "kilns", "type": "novel"},
        {"q": "kilns", "sort": "colour"},
        {"q": "kilns", "k": "0"},
    ],
)
def test_bad_searches_are_problems(client: TestClient, params: dict[str, str]) -> None:
    response = client.get("/search", params=params)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["detail"]


def test_search_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    parameters = {p["name"]: p for p in described["paths"]["/search"]["get"]["parameters"]}
    assert set(parameters) == {"q", "k", "type", "sort", "cursor", "format", *SearchFilters.model_fields}
    assert all(parameter["description"] for parameter in parameters.values())
    assert parameters["year"]["schema"]["items"] == {"type": "integer"}
    assert described["components"]["schemas"]["SearchResults"]["examples"]


def test_the_description_names_each_operation_once(served: Settings) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        paths = create_app(served).openapi()["paths"]
    names = [operation["operationId"] for path in paths.values() for operation in path.values()]
    assert len(names) == len(set(names))
    assert "head" not in paths["/dataset"] | paths["/queries/{name}"]


@pytest.mark.parametrize("path", ["/dataset", "/queries/measures-by-status", "/data/ontology.ttl"])
def test_what_is_read_has_headers_too(client: TestClient, path: str) -> None:
    whole, headers = client.get(path), client.head(path)
    assert (whole.status_code, headers.status_code, headers.content) == (200, 200, b"")
    assert headers.headers["content-type"] == whole.headers["content-type"]
    assert set(client.put(path).headers["allow"].split(", ")) == {"GET", "HEAD"}


def test_records(client: TestClient) -> None:
    listed = client.get("/documents").json()
    assert [document["source"] for document in listed] == ["fishing.txt", "timber.txt"]
    document = client.get(f"/documents/{listed[0]['id']}").json()
    passage = client.get(f"/passages/{document['sections'][0]['passages'][0]}").json()
    assert passage["source"] == "fishing.txt"
    for missing in ("/documents/none", "/passages/none", "/nothing"):
        response = client.get(missing)
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


def test_pages(client: TestClient) -> None:
    assert "<form" in client.get("/", headers=HTML).text
    asked = client.get("/", params={"q": QUESTION["question"]}, headers=HTML).text
    assert "<mark>The ministry should found a school" in asked
    refused = client.get("/", params={"q": "<script>x</script> kidney stones in Iceland?"}).text
    assert "never mention" in refused
    assert "<script>" not in refused
    cited = client.post("/ask", json=QUESTION).json()["passages"][0]
    assert cited["title"] in client.get(f"/passages/{cited['passage_id']}", headers=HTML).text


def test_service_routes(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json()["documents"] == 2
    described = client.get("/openapi.json").json()
    assert described["components"]["schemas"]["AskRequest"]["examples"]
    assert "POST /ask" in client.get("/docs").text


def test_a_new_snapshot_is_followed(
    tmp_path: Path,
    exported_models: Path,
    embedder: Embedder,
    documents: list[DocumentRecords],
    concepts_of: Callable[[Sequence[DocumentRecords]], list[Concept]],
) -> None:
    (tmp_path / "models").symlink_to(exported_models)
    settings = Settings(data=tmp_path)
    with TestClient(create_app(settings)) as client:
        assert client.get("/readyz").status_code == 503
        assert client.get("/", params={"q": "timber"}).status_code == 200
        publish(settings, documents[:1], concepts_of(documents[:1]), embedder, {})
        before = client.get("/readyz").json()
        publish(settings, documents, concepts_of(documents), embedder, {})
        after = client.get("/readyz").json()
    assert (before["documents"], after["documents"]) == (1, 2)
    assert before["snapshot"] != after["snapshot"]


def test_answering_needs_no_training_library(served: Settings) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.settings import Settings\n"
        "from search_api.service import Service\n"
        f"Service(Settings(data=Path({str(served.data)!r}))).ask('timber in Finland')\n"
        "heavy = {'torch', 'spacy', 'sentence_transformers', 'transformers', 'rdflib', 'fastapi'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or None)"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("setting", "origin", "allowed"),
    [
        ("", "https://a.example", None),
        ("*", "https://a.example", "*"),
        ("https://a.example https://b.example", "https://b.example", "https://b.example"),
        ("https://a.example", "https://b.example", None),
    ],
)
def test_other_pages_may_read_answers_where_the_setting_says_so(
    served: Settings, setting: str, origin: str, allowed: str | None
) -> None:
    app = create_app(served.model_copy(update={"cors_origins": setting}))
    with TestClient(app) as client:
        answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": origin})
        asking = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        preflight = client.options("/sparql", headers=asking)
    assert answer.status_code == 200
    assert answer.headers.get("access-control-allow-origin") == allowed
    assert (preflight.status_code == 200) is (allowed is not None)
    if allowed:
        assert "Policyweave-Search" in answer.headers["access-control-expose-headers"]
