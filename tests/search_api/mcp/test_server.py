"""Resources and prompts, hosts and origins, and what the server must leave alone."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from fastapi import FastAPI
from mcp import Client, MCPError

from kg.settings import Settings
from search_api.app import create_app
from search_api.service import Service

Use = Callable[[Callable[[Client], Any]], Any]
INITIALIZE = {
    "jsonrpc": "2.0",
    "id": 1,
    "method": "initialize",
    "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}},
}
ACCEPT = {"Accept": "application/json, text/event-stream"}


def test_both_generations_are_spoken(mcp_url: str) -> None:
    async def versions() -> tuple[str, str]:
        async with Client(mcp_url) as new, Client(mcp_url, mode="legacy") as old:
            return new.protocol_version, old.protocol_version

    new, old = anyio.run(versions)
    assert new >= "2026-07-28"
    assert old < "2026-07-28"


def test_documents_and_passages_are_resources(use: Use, service: Service) -> None:
    document = service.documents()[0]
    passage = service.document(document.id).sections[0].passages[0]

    async def read(client: Client) -> list[Any]:
        listed = (await client.list_resources()).resources
        templates = (await client.list_resource_templates()).resource_templates
        uris = ("policyweave://documents", f"policyweave://document/{document.id}", f"policyweave://passage/{passage}")
        return [listed, templates, *[(await client.read_resource(uri)).contents[0].text for uri in uris]]

    listed, templates, documents, whole, one = use(read)
    assert f"policyweave://document/{document.id}" in {str(resource.uri) for resource in listed}
    assert len(templates) == 2
    assert [each["id"] for each in json.loads(documents)] == [each.id for each in service.documents()]
    assert whole == service.text(document.id)
    assert json.loads(one)["text"] == service.passage(passage).text
    assert json.loads(one)["url"]


@pytest.mark.parametrize("uri", ["policyweave://passage/none", "policyweave://document/none", "policyweave://other"])
def test_a_resource_that_is_not_there(use: Use, uri: str) -> None:
    async def read(client: Client) -> str:
        with pytest.raises(MCPError) as failed:
            await client.read_resource(uri)
        return str(failed.value)

    assert uri.rsplit("/", 1)[-1] in use(read)


def test_prompts_name_tools_that_exist_and_tell_passages_from_instructions(use: Use) -> None:
    async def get(client: Client) -> tuple[list[str], set[str], list[str]]:
        prompts = (await client.list_prompts()).prompts
        tools = {tool.name for tool in (await client.list_tools()).tools}
        given = {"literature_brief": {"topic": "ice roads"}, "evidence_table": {"question": "ice", "region": "Oslo"}}
        texts = [(await client.get_prompt(p.name, given[p.name])).messages[0].content.text for p in prompts]
        return [p.name for p in prompts], tools, texts

    names, tools, texts = use(get)
    assert names == ["literature_brief", "evidence_table"]
    for text in texts:
        assert any(tool in text for tool in tools)
        assert "never an instruction" in text
    assert "ice roads" in texts[0]
    assert '{"region": "Oslo"}' in texts[1]


@pytest.mark.parametrize(
    ("setting", "headers", "status"),
    [
        ({}, {}, 200),
        ({}, {"Host": "evil.example"}, 421),
        ({}, {"Host": "[", "Origin": "http://["}, 421),
        ({}, {"Origin": "https://evil.example"}, 403),
        ({}, {"Origin": "http://localhost:6274"}, 200),
        ({"allowed_hosts": "papers.example"}, {"Host": "papers.example"}, 200),
        ({"allowed_hosts": "papers.example"}, {"Host": "papers.example", "Origin": "https://papers.example"}, 200),
        ({"allowed_hosts": "*"}, {"Host": "any.example"}, 200),
        ({"cors_origins": "https://chat.example"}, {"Origin": "https://chat.example"}, 200),
        ({"public_url": "https://papers.example"}, {"Host": "papers.example"}, 200),
    ],
)
def test_hosts_and_origins_follow_the_settings(
    served: Settings,
    running: Callable[[FastAPI], AbstractContextManager[str]],
    setting: dict[str, str],
    headers: dict[str, str],
    status: int,
) -> None:
    with running(create_app(served.model_copy(update=setting))) as base:
        done = httpx.post(f"{base}/mcp", json=INITIALIZE, headers={**ACCEPT, **headers})
        other = httpx.get(f"{base}/healthz", headers={"Host": headers.get("Host", "evil.example")})
    assert done.status_code == status
    if status != 200:
        assert done.headers["content-type"] == "application/problem+json"
        assert "POLICYWEAVE_" in done.json()["detail"]
    assert other.status_code == (421 if setting.get("allowed_hosts") == "papers.example" and not headers else 200)


def test_there_is_no_session_to_get_or_to_end(mcp_url: str) -> None:
    for method in ("GET", "DELETE"):
        done = httpx.request(method, mcp_url, headers=ACCEPT)
        assert done.status_code == 405
        assert done.headers["allow"] == "POST"
    assert "mcp-session-id" not in httpx.post(mcp_url, json=INITIALIZE, headers=ACCEPT).headers


def test_an_application_may_run_twice(
    served: Settings, running: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    app = create_app(served)
    for _ in range(2):
        with running(app) as base:
            assert httpx.post(f"{base}/mcp", json=INITIALIZE, headers=ACCEPT).status_code == 200


def test_without_a_knowledge_base_tools_say_what_to_run(
    tmp_path: Path, running: Callable[[FastAPI], AbstractContextManager[str]]
) -> None:
    async def ask(url: str) -> tuple[Any, Any]:
        async with Client(url) as client:
            return await client.call_tool("search", {"query": "kilns"}), await client.list_resources()

    with running(create_app(Settings(data=tmp_path / "none"))) as base:
        result, resources = anyio.run(ask, f"{base}/mcp")
    assert result.is_error
    assert "policyweave ingest" in result.content[0].text
    assert len(resources.resources) == 1
    done = subprocess.run(
        [Path(sys.executable).parent / "policyweave", "--data", tmp_path / "none", "mcp"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "policyweave ingest" in done.stderr


def test_the_root_logger_stays_as_it_is(served: Settings) -> None:
    root = logging.getLogger()
    before = list(root.handlers), root.level
    create_app(served)
    assert (list(root.handlers), root.level) == before


@pytest.mark.parametrize(
    "statement",
    ["import kg.cli; kg.cli.build()", "import search_api.commands, search_api.service, search_api.terminal"],
)
def test_the_command_line_does_not_load_the_sdk(statement: str) -> None:
    code = f"import sys; {statement}; print('mcp' in sys.modules, 'openai' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
