"""Browsing over HTTP: JSON or CSV as the client prefers, links to further pages, problems, and the description."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search_api.browse.asked import FILTERS
from search_api.browse.ids import PLURALS

CSV = {"accept": "text/csv"}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REGIONS = "/compare?regions=Peru,Finland"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("plural", PLURALS.values())
def test_a_list_and_each_of_its_things(corpus_client: TestClient, plural: str) -> None:
    found = corpus_client.get(f"/{plural}", params={"k": 5}).json()
    assert len(found["items"]) == 5
    for item in found["items"]:
        assert item["citation"]["quote_status"] == "verbatim"
        for name in (item["id"], item["iri"]):
            assert corpus_client.get(f"/{plural}/{quote(name, safe='')}").json()["label"] == item["label"]


def test_pages_follow_the_link(corpus_client: TestClient) -> None:
    address, seen = "/challenges?k=50&theme=finance&theme=talent&sort=label", []
    while address:
        response = corpus_client.get(address)
        seen += [item["iri"] for item in response.json()["items"]]
        address = response.links.get("next", {}).get("url", "")
    assert len(seen) == len(set(seen)) == int(response.headers["x-total-count"])


@pytest.mark.parametrize("address", ["/measures", "/regions", "/statistics", "/matrix", REGIONS])
def test_csv_by_header_and_by_name(client: TestClient, address: str) -> None:
    by_header = client.get(address, headers=CSV)
    by_name = client.get(f"{address}{'&' if '?' in address else '?'}format=csv")
    assert by_header.text == by_name.text
    assert by_header.headers["content-type"] == "text/csv; charset=utf-8"
    assert by_header.headers["vary"] == "Accept"
    assert rows(by_header.text)
    assert client.get(address, params=None, headers={"accept": "text/html, */*"}).headers["content-type"] == (
        "application/json"
    )


def test_the_table_of_a_list_has_its_values_and_its_proof(client: TestClient) -> None:
    items = client.get("/measures").json()["items"]
    table = rows(client.get("/measures", headers=CSV).text)
    assert [row["iri"] for row in table] == [item["iri"] for item in items]
    for row, item in zip(table, items, strict=True):
        assert row["quote"] == item["citation"]["quote"]
        assert row["regions"] == "; ".join(region["label"] for region in item["regions"])
        assert row["statements"] == str(item["statements"])


def test_the_table_of_the_matrix_ends_in_totals(client: TestClient) -> None:
    table = rows(client.get("/matrix?rows=challenge&columns=status&k=1", headers=CSV).text)
    assert [row["challenge"] for row in table[1:]] == ["2 more", "all"]
    assert table[-1]["measures"] == "3"


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/measures?colour=red", 422, "unknown filter 'colour'"),
        ("/measures?region=Atlantis", 422, "unknown region 'Atlantis'"),
        ("/measures?cursor=x", 422, "not a cursor"),
        ("/measures?k=0", 422, "greater than or equal to 1"),
        ("/measures?format=xls", 422, "'json', 'csv' or 'xlsx'"),
        ("/measures/none", 404, "no measure 'none'"),
        ("/regions/a/b", 404, "no region 'a/b'"),
        ("/regions/PE?cursor=x", 422, "not a cursor"),
        ("/matrix?rows=size", 422, "unknown rows 'size'"),
        ("/matrix?min_confidence=2", 422, "less than or equal to 1"),
        ("/matrix?theme=talent", 422, "unknown filter 'theme'"),
        ("/matrix/cell?row=magic&column=other", 404, "no row 'magic'"),
        ("/matrix/cell?row=other", 422, "column"),
        ("/compare", 422, "regions, papers, industries"),
        ("/compare?regions=Peru", 422, "1 given"),
        ("/compare?regions=Peru,Finland&papers=fishing.txt", 422, "by one of"),
    ],
)
def test_what_cannot_be_is_a_problem(client: TestClient, address: str, status: int, told: str) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert told in response.json()["detail"]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_text_breaks_a_route(client: TestClient, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(sorted(PLURALS)))
    names = [*FILTERS[kind], "sort", "cursor", "k", "format"]
    given_ = data.draw(st.dictionaries(st.sampled_from(names), st.text(), max_size=2))
    path = data.draw(st.sampled_from([f"/{PLURALS[kind]}", "/matrix", "/compare"]))
    response = client.get(path, params=given_ | {"regions": data.draw(st.text())} if path == "/compare" else given_)
    assert response.status_code in (200, 422), response.text
    # Clients take dots for steps in the path before anything is sent.
    drawn = data.draw(st.text(min_size=1).filter(lambda text: text not in (".", "..")))
    named = client.get(f"/{PLURALS[kind]}/{quote(drawn, safe='')}")
    assert named.status_code in (404, 422), named.text


def test_sides_can_be_repeated_where_names_have_commas(client: TestClient) -> None:
    by_comma = client.get(REGIONS).json()
    assert client.get("/compare", params={"regions": ["Peru", "Finland"]}).json() == by_comma


def test_a_cell_leads_to_its_evidence(corpus_client: TestClient) -> None:
    matrix = corpus_client.get("/matrix?evidence=true").json()
    cell = next(cell for row in matrix["rows"] for cell in row["cells"].values())
    found = corpus_client.get(cell["url"].partition("8000")[2]).json()
    assert found["links"][: len(cell["links"])] == cell["links"] != []


def test_the_description_names_every_filter_and_failure(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    for plural in PLURALS.values():
        listing, one = paths[f"/{plural}"]["get"], paths[f"/{plural}/{{identifier}}"]["get"]
        assert {"cursor", "format", "k", "q", "sort"} <= {parameter["name"] for parameter in listing["parameters"]}
        assert {"200", "422", "503"} <= listing["responses"].keys()
        assert {"application/json", "text/csv", XLSX} == listing["responses"]["200"]["content"].keys()
        assert "404" in one["responses"]
        assert one["responses"]["404"]["content"]["application/problem+json"]["example"]["status"] == 404
    for path in ("/matrix", "/matrix/cell", "/compare"):
        names = [parameter["name"] for parameter in paths[path]["get"]["parameters"]]
        assert len(names) == len(set(names))
