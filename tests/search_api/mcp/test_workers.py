"""Two processes behind one port: MCP in both generations and HTTP at once, any process answering any call."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client

from kg.settings import Settings

CALLS = 10
TOOLS: list[tuple[str, dict[str, Any]]] = [
    ("search", {"query": "kilns"}),
    ("ask", {"question": "How can fishermen be kept in the villages?"}),
    ("run_sparql", {"query": "SELECT ?m { ?m a pw:Measure }"}),
]


@pytest.fixture(scope="module")
def audit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("workers") / "audit.jsonl"


@pytest.fixture(scope="module")
def url(served: Settings, audit: Path) -> Iterator[str]:
    program = str(Path(sys.executable).parent / "policyweave")
    command = [program, "--data", str(served.data), "serve", "--port", "0", "--workers", "2"]
    environment = {**os.environ, "POLICYWEAVE_AUDIT_LOG": str(audit)}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stderr is not None
        yield process.stderr.readline().split(" at ")[1].split(" ")[0]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGTERM)


async def _started(url: str) -> None:
    async with httpx.AsyncClient(base_url=url, timeout=60) as client:
        for _ in range(300):
            try:
                if (await client.get("/readyz")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)


async def _tools(url: str, mode: str) -> list[bool]:
    found = []
    async with Client(f"{url}/mcp", mode=mode) as client:
        for number in range(CALLS):
            result = await client.call_tool(*TOOLS[number % len(TOOLS)])
            found.append(not result.is_error and bool(result.structured_content))
    return found


async def _requests(url: str) -> list[bool]:
    found = []
    for number in range(CALLS):
        # A connection each, so that the system may hand it to either process.
        async with httpx.AsyncClient(base_url=url, timeout=60) as client:
            path, params = (("/search", {"q": "kilns"}), ("/measures", {}), ("/documents", {}))[number % 3]
            found.append((await client.get(path, params=params)).status_code == 200)
    return found


async def _mixed(url: str) -> list[bool]:
    await _started(url)
    clients = [_tools(url, mode) for mode in ("auto", "legacy", "auto", "legacy")] + [_requests(url), _requests(url)]
    return [done for found in await asyncio.gather(*clients) for done in found]


def test_every_call_succeeds_whichever_process_answers(url: str, audit: Path) -> None:
    done = asyncio.run(_mixed(url))
    assert len(done) == 6 * CALLS
    assert all(done)
    processes = {json.loads(line)["process"] for line in audit.read_text(encoding="utf-8").splitlines()}
    assert len(processes) == 2


def test_what_is_wrong_is_told_before_processes_start(served: Settings, tmp_path: Path) -> None:
    program = str(Path(sys.executable).parent / "policyweave")
    environment = {**os.environ, "POLICYWEAVE_AUDIT_LOG": str(tmp_path / "none" / "audit.jsonl")}
    command = [program, "--data", str(served.data), "serve", "--port", "0", "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=60, check=False)
    assert done.returncode == 2
    assert "name another" in done.stderr
