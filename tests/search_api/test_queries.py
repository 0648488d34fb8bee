"""Named queries over HTTP: listed, run with labels, given as text, and refused with a reason."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient

from kg.graph.queries import describe, names


def test_all_are_listed_with_their_parameters(client: TestClient) -> None:
    listed = client.get("/queries").json()
    assert [query["name"] for query in listed] == list(names())
    assert len(listed) >= 20
    region = next(query for query in listed if query["name"] == "measures-in-regions")["parameters"]
    assert region == [{"name": "region", "kind": "region", "description": "where; places in it count"}]


def test_people_get_a_form_for_each(client: TestClient) -> None:
    page = client.get("/queries", headers={"accept": "text/html"}).text
    for name in names():
        assert f'action="/queries/{name}"' in page
    assert page.count("<label") == sum(len(describe(name).parameters) for name in names())


@pytest.mark.parametrize("name", names())
def test_each_runs_as_a_spreadsheet_would_ask(client: TestClient, name: str) -> None:
    response = client.get(f"/queries/{name}", params={"format": "csv"})
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/csv")
    header, *rows = csv.reader(io.StringIO(response.text))
    assert header
    assert all(len(row) == len(header) for row in rows)


def test_labels_narrow_and_empty_fields_do_not(client: TestClient) -> None:
    def rows(**parameters: str | list[str]) -> list[str]:
        return client.get("/queries/measures-in-regions", params={"format": "csv", **parameters}).text.splitlines()[1:]

    everywhere, peru = rows(region=""), rows(region="peru")
    assert 0 < len(peru) < len(everywhere)
    assert sorted({*peru, *rows(region="Finland")}) == sorted(rows(region=["Peru", "Finland"]))


def test_the_text_is_the_query_that_runs(client: TestClient) -> None:
    text = client.get("/queries/measures-in-regions.rq", params={"region": "Peru"})
    assert text.headers["content-type"] == "application/sparql-query"
    asked = client.get("/sparql", params={"query": text.text, "format": "csv"}).text
    assert asked == client.get("/queries/measures-in-regions", params={"region": "Peru", "format": "csv"}).text


def test_the_accept_header_counts(client: TestClient) -> None:
    response = client.get("/queries/papers", headers={"accept": "application/sparql-results+xml"})
    assert response.headers["content-type"] == "application/sparql-results+xml"
    assert client.head("/queries/papers").status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/queries/everything", 404, "/queries lists all"),
        ("/queries/measures-in-regions?region=Peruu", 400, "Did you mean Peru"),
        ("/queries/measures-in-regions?colour=red", 400, "no parameter colour"),
        ("/queries/papers?format=pdf", 406, "cannot be given"),
    ],
)
def test_misuse_is_explained(client: TestClient, path: str, status: int, said: str) -> None:
    response = client.get(path)
    assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")
    assert said in response.json()["detail"]
