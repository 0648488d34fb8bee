"""Open WebUI: a bare list for its web search, and a description of tools that all work."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from kg.settings import Settings
from search_api.access.keys import KeyFile
from search_api.app import create_app


def test_the_search_is_a_bare_list(client: TestClient) -> None:
    found = client.post("/open-webui/search", json={"query": "drying kilns", "count": 2}).json()
    assert isinstance(found, list)
    assert 1 <= len(found) <= 2
    assert set(found[0]) == {"link", "title", "snippet"}
    assert all(found[0].values())
    assert "kilns" in found[0]["snippet"]


def test_its_key_is_a_bearer(served: Settings, tmp_path: Path) -> None:
    _, secret = KeyFile(tmp_path / "keys.json").add("webui", ["chat"], 0)
    with TestClient(create_app(served.model_copy(update={"keys": tmp_path / "keys.json"}))) as client:
        asked = {"query": "kilns", "count": 1}
        assert client.post("/open-webui/search", json=asked).status_code == 401
        bearer = {"Authorization": f"Bearer {secret}"}
        assert client.post("/open-webui/search", json=asked, headers=bearer).status_code == 200


def test_a_bad_search_is_told(client: TestClient) -> None:
    for body in ({}, {"query": ""}, {"query": "?!"}, {"query": "kilns", "count": 0}):
        refused = client.post("/open-webui/search", json=body)
        assert refused.status_code == 422
        assert refused.json()["error"]["message"]


def test_tools_have_names_and_descriptions_and_exist(client: TestClient, served: Settings) -> None:
    described = client.get("/open-webui/openapi.json").json()
    assert described["servers"] == [{"url": served.public_url}]
    operations = [operation for path in described["paths"].values() for operation in path.values()]
    assert {operation["operationId"] for operation in operations} >= {"ask", "search", "list_measures"}
    assert all(operation["summary"] for operation in operations)
    assert client.get("/openapi.json").json()["paths"]["/ask"]["post"]["operationId"] != "ask"
    assert client.get("/measures").status_code == client.get("/search", params={"q": "kilns"}).status_code == 200
