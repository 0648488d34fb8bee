"""What a request meets before a route does: keys, scopes, rates, sizes, and the log."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import anyio
import httpx
import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from mcp import Client
from mcp.client.streamable_http import streamable_http_client

from kg.errors import MisuseError
from kg.settings import Settings
from search_api.access.keys import KeyFile
from search_api.app import create_app

QUESTION = {"question": "How can skilled fishermen be kept in the villages?", "k": 1}
Opened = Callable[..., TestClient]


@pytest.fixture
def file(tmp_path: Path) -> KeyFile:
    return KeyFile(tmp_path / "keys.json")


@pytest.fixture
def opened(served: Settings, file: KeyFile) -> Iterator[Opened]:
    """Function of settings to a client of an application that reads keys from ``file``."""
    clients: list[TestClient] = []

    def make(**settings: Any) -> TestClient:
        clients.append(TestClient(create_app(served.model_copy(update={"keys": file.path, **settings}))))
        return clients[-1].__enter__()

    yield make
    for client in clients:
        client.__exit__(None, None, None)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def test_without_a_key_file_all_is_open(opened: Opened) -> None:
    assert opened().post("/ask", json=QUESTION).status_code == 200


def test_with_the_first_key_nobody_is_answered_without(opened: Opened, file: KeyFile) -> None:
    client = opened()
    _, secret = file.add("desk", [], 0)
    refused = client.post("/ask", json=QUESTION)
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["www-authenticate"].startswith("Bearer")
    assert "Authorization: Bearer" in refused.json()["detail"]
    basic = base64.b64encode(f"anyone:{secret}".encode()).decode()
    for good in (bearer(secret), {"X-API-Key": secret}, {"Authorization": f"Basic {basic}"}):
        assert client.post("/ask", json=QUESTION, headers=good).status_code == 200
    for bad in (bearer("pw_x"), bearer(""), {"X-API-Key": "\xff"}, {"Authorization": "Basic §"}):
        headers = {name.encode(): value.encode("latin-1") for name, value in bad.items()}
        assert client.post("/ask", json=QUESTION, headers=headers).status_code == 401
    assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
    file.revoke("desk")
    assert client.post("/ask", json=QUESTION, headers=bearer(secret)).status_code == 401


def test_a_browser_is_asked_for_the_key(opened: Opened, file: KeyFile) -> None:
    file.add("desk", [], 0)
    assert "Basic" in opened().get("/", headers={"Accept": "text/html"}).headers["www-authenticate"]


def test_a_damaged_key_file_refuses(opened: Opened, file: KeyFile) -> None:
    file.path.write_text("{")
    assert opened().post("/ask", json=QUESTION).status_code == 503


@pytest.mark.parametrize(
    ("scope", "path", "status"),
    [
        ("read", "/search?q=kilns", 200),
        ("read", "/measures", 200),
        ("read", "/queries/papers", 200),
        ("read", "/sparql?query=ASK%7B%7D", 403),
        ("sparql", "/sparql?query=ASK%7B%7D", 200),
        ("sparql", "/rdf-graph-store?default", 200),
        ("sparql", "/search?q=kilns", 403),
        ("mcp", "/search?q=kilns", 403),
    ],
)
def test_a_key_opens_what_its_scopes_say(opened: Opened, file: KeyFile, scope: str, path: str, status: int) -> None:
    _, secret = file.add("desk", [scope], 0)
    answer = opened().get(path, headers=bearer(secret))
    assert answer.status_code == status
    if status == 403:
        assert scope in answer.json()["detail"]


def test_sparql_over_mcp_needs_the_scope_of_sparql(
    served: Settings, file: KeyFile, running: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    secrets = [file.add(name, ["mcp", *more], 0)[1] for name, more in (("some", []), ("more", ["sparql"]))]

    async def call(url: str, secret: str, mode: str) -> tuple[bool, bool]:
        http = httpx2.AsyncClient(headers=bearer(secret))
        async with http, Client(streamable_http_client(url, http_client=http), mode=mode) as client:
            query = await client.call_tool("run_sparql", {"query": "ASK {}"})
            return query.is_error, (await client.call_tool("search", {"query": "kilns"})).is_error

    with running(create_app(served.model_copy(update={"keys": file.path}))) as base:
        for mode in ("auto", "legacy"):
            found = [anyio.run(call, f"{base}/mcp", secret, mode) for secret in secrets]
            assert found == [(True, False), (False, False)]


def test_a_rate_is_kept_and_told(opened: Opened, file: KeyFile) -> None:
    _, secret = file.add("desk", [], 3)
    _, other = file.add("other", [], 0)
    client = opened()
    states = [client.get("/documents", headers=bearer(secret)).status_code for _ in range(4)]
    assert states == [200, 200, 200, 429]
    refused = client.get("/documents", headers=bearer(secret))
    assert 1 <= int(refused.headers["retry-after"]) <= 21
    assert "requests a minute" in refused.json()["detail"]
    assert client.get("/documents", headers=bearer(other)).status_code == 200


def test_callers_without_keys_are_limited_by_address(opened: Opened) -> None:
    client = opened(rate_limit=2)
    assert [client.get("/documents").status_code for _ in range(3)] == [200, 200, 429]
    assert client.get("/healthz").status_code == 200


def test_a_refusal_can_be_read_by_the_pages_that_may(opened: Opened, file: KeyFile) -> None:
    file.add("desk", [], 0)
    client = opened(cors_origins="https://a.example")
    origin = {"Origin": "https://a.example"}
    refused = client.post("/ask", json=QUESTION, headers=origin)
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, "https://a.example")
    asking = {**origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    assert client.options("/ask", headers=asking).status_code == 200


def test_a_long_body_is_refused_whether_announced_or_not(
    served: Settings, running: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    with running(create_app(served.model_copy(update={"max_request_bytes": 2_000}))) as base:
        pieces = [json.dumps(QUESTION).encode(), b" " * 3_000]
        typed = {"Content-Type": "application/json"}
        announced = httpx.post(f"{base}/ask", content=b"".join(pieces), headers=typed)
        streamed = httpx.post(f"{base}/ask", content=iter(pieces), headers=typed)
        short = httpx.post(f"{base}/ask", content=iter([pieces[0], b" " * 100]), headers=typed)
        query = httpx.post(f"{base}/sparql", data={"query": f"ASK {{}} #{'x' * 3_000}"})
    assert announced.status_code == streamed.status_code == 413
    assert "2,000 bytes" in announced.json()["detail"]
    assert (short.status_code, query.status_code) == (200, 200)


@pytest.mark.parametrize("with_questions", [False, True])
def test_the_log_says_who_asked_and_not_what(
    opened: Opened, file: KeyFile, tmp_path: Path, with_questions: bool
) -> None:
    key, secret = file.add("desk", [], 0)
    log = tmp_path / "audit.jsonl"
    client = opened(audit_log=log, audit_questions=with_questions)
    client.post("/ask", json=QUESTION, headers=bearer(secret))
    client.get("/search", params={"q": "drying kilns"}, headers=bearer(secret))
    client.get("/search", params={"q": "drying kilns"})
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    assert [(e["caller"], e["method"], e["path"], e["status"]) for e in entries] == [
        (key.id, "POST", "/ask", 200),
        (key.id, "GET", "/search", 200),
        ("-", "GET", "/search", 401),
    ]
    assert all(entry["ms"] >= 0 and entry["time"] for entry in entries)
    told = log.read_text()
    assert secret not in told
    assert (QUESTION["question"] in told, "drying" in told) == (with_questions, with_questions)


def test_the_log_names_the_tool_of_mcp(
    served: Settings, tmp_path: Path, running: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    async def search(url: str) -> None:
        async with Client(url) as client:
            await client.call_tool("search", {"query": "drying kilns"})

    log = tmp_path / "audit.jsonl"
    with running(create_app(served.model_copy(update={"audit_log": log}))) as base:
        anyio.run(search, f"{base}/mcp")
    assert "search" in [json.loads(line).get("tool") for line in log.read_text().splitlines()]
    assert "kilns" not in log.read_text()


def test_a_log_that_cannot_be_written_is_told_at_the_start(served: Settings, tmp_path: Path) -> None:
    with pytest.raises(MisuseError, match="name another"):
        create_app(served.model_copy(update={"audit_log": tmp_path / "none" / "audit.jsonl"}))


def test_keys_on_the_command_line(tmp_path: Path) -> None:
    def keys(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(Path(sys.executable).parent / "policyweave"), "--data", str(tmp_path), "keys", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert "open to all" in keys("list").stderr
    made = keys("add", "desk", "--scope", "read", "--rate", "60")
    assert made.returncode == 0
    assert made.stdout.startswith("pw_")
    assert "each request needs a key" in made.stderr
    (listed,) = json.loads(keys("list", "--json").stdout)
    assert (listed["name"], listed["scopes"], listed["rate"], listed["revoked"]) == ("desk", ["read"], 60, None)
    assert "hash" not in listed
    assert keys("add", "desk").returncode == 2
    assert keys("add", "x", "--scope", "all").returncode == 2
    assert "nobody is answered" in keys("revoke", listed["id"]).stderr
    assert keys("revoke", "desk").returncode == 1
    assert "revoked" in keys("list").stdout
