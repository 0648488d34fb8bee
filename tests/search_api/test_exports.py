"""Answers and documents in the formats of spreadsheets and reference managers, over HTTP and on the command line."""

from __future__ import annotations

import csv
import io
import json

import bibtexparser
import pytest
import rispy
from fastapi.testclient import TestClient

from search_api.answer_exports import COLUMNS

QUESTION = {"question": "How can skilled fishermen be kept in the villages?", "k": 3}
BIBTEX = "application/x-bibtex"
RIS = "application/x-research-info-systems"
CSL = "application/vnd.citationstyles.csl+json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_an_answer_as_a_table_has_its_citations(client: TestClient) -> None:
    answer = client.post("/ask", json=QUESTION).json()
    response = client.post("/ask", json=QUESTION, headers={"accept": "text/csv"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="answer.csv"'
    found = _rows(response.text)
    assert tuple(found[0]) == COLUMNS
    expected = [(i["iri"], c["quote"], c["url"]) for i in answer["items"] for c in i["citations"]]
    assert [(row["iri"], row["quote"], row["url"]) for row in found] == expected != []


def test_an_answer_as_a_workbook_says_the_same(client: TestClient) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    response = client.post("/ask", json=QUESTION, params={"format": "xlsx"})
    assert response.headers["content-type"] == XLSX
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    lines = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    table = _rows(client.post("/ask", json=QUESTION, params={"format": "csv"}).text)
    assert lines[0] == list(COLUMNS)
    quote = COLUMNS.index("quote")
    assert [line[quote] for line in lines[1:]] == [row["quote"] for row in table]


def test_the_papers_behind_an_answer(client: TestClient) -> None:
    answer = client.post("/ask", json=QUESTION).json()
    titles = {c["title"] for i in answer["items"] for c in i["citations"]}
    ris = client.post("/ask", json=QUESTION, headers={"accept": RIS})
    assert {entry["title"] for entry in rispy.loads(ris.text)} == titles
    csl = client.post("/ask", json=QUESTION, headers={"accept": CSL})
    assert {entry["title"] for entry in json.loads(csl.text)} == titles


def test_nearest_passages_are_no_papers_behind_an_answer(client: TestClient) -> None:
    body = {"question": "subsidies for vineyards in Portugal"}
    assert client.post("/ask", json=body).json()["status"] == "no_answer"
    assert client.post("/ask", json=body, params={"format": "csl-json"}).json() == []
    assert _rows(client.post("/ask", json=body, params={"format": "csv"}).text) == []


def test_documents_as_bibliographies(client: TestClient) -> None:
    documents = client.get("/documents").json()
    response = client.get("/documents", headers={"accept": BIBTEX})
    assert response.headers["content-type"] == BIBTEX
    library = bibtexparser.parse_string(response.text)
    assert library.failed_blocks == []
    assert len(library.entries) == len(documents) > 1
    chosen = documents[0]["id"]
    (one,) = rispy.loads(client.get("/documents", params={"id": chosen, "format": "ris"}).text)
    assert one["title"] == documents[0]["title"]
    assert [found["id"] for found in client.get("/documents", params={"id": chosen}).json()] == [chosen]


def test_one_document_by_negotiation(client: TestClient) -> None:
    document = client.get("/documents").json()[0]
    address = f"/documents/{document['id']}"
    assert client.get(address).json()["title"] == document["title"]
    assert client.get(address, headers={"accept": "*/*"}).headers["content-type"] == "application/json"
    for media_type in (BIBTEX, RIS, CSL):
        response = client.get(address, headers={"accept": f"{media_type}, application/json;q=0.5"})
        assert response.headers["content-type"] == media_type
        assert response.headers["vary"] == "Accept"
        assert document["title"].split()[0] in response.text
    (item,) = client.get(address, params={"format": "csl-json"}).json()
    assert item["title"] == document["title"]


@pytest.mark.parametrize("address", ["/documents/none?format=ris", "/documents?id=none&format=bibtex"])
def test_a_document_that_is_not_there_is_told(client: TestClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_lists_come_as_workbooks(client: TestClient) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    response = client.get("/measures", headers={"accept": XLSX})
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert len(rows) - 1 == len(client.get("/measures").json()["items"])
    assert "quote" in rows[0]
